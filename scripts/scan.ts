/**
 * n8n's verification scanner without the network: `node scripts/run.js scripts/scan.ts [folder]`.
 *
 * The scanner itself takes only published packages. Its two legs are run here on what would be published: the source
 * tree with the files git knows, and the packed package, unpacked again. It ignores eslint-disable comments, unlike
 * `n8n-node lint`, and its rules are a little older: both must pass.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { packInto } from './pack';

/**
 * A copy of the files git tracks or would track, as they are now. The scanner fetches a commit; ignored files are not in it.
 */
function copySources(root: string, folder: string) {
	const list = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
		cwd: root,
		encoding: 'utf8',
	});
	for (const path of list.split('\0').filter(Boolean)) {
		// Deleted, but not yet committed.
		if (!existsSync(join(root, path))) continue;
		cpSync(join(root, path), join(folder, path));
	}
	return folder;
}

/** `file:line:column severity rule: message`, out of ESLint's default output; lines of another shape stay as they are. */
function readable(details: string, folder: string) {
	let file = '';
	const lines = [];
	for (const line of details.split('\n').filter((text) => text.trim() !== '')) {
		const [, position, severity, message, rule] =
			/^\s+(\d+:\d+)\s+(error|warning)\s+(.*?)\s+(\S+)\s*$/.exec(line) ?? [];
		if (position) lines.push(`${file}:${position} ${severity} ${rule}: ${message}`);
		else if (line.startsWith(folder)) file = line.slice(folder.length + 1);
		else lines.push(line.trim());
	}
	return lines;
}

interface Scanner {
	SOURCE_FILE_PATTERNS: string[];
	analyzePackage: (
		folder: string,
		patterns: string[],
	) => Promise<{ passed: boolean; message?: string; details?: string }>;
}

async function scan(root: string) {
	// With the value "test", as set by jest, n8n's lint rules expect the file names of their own tests.
	delete process.env.NODE_ENV;
	const scannerRequire = createRequire(require.resolve('@n8n/scan-community-package/package.json'));
	// The scanner creates a temporary folder as soon as it is loaded; this removes it at the end.
	scannerRequire('tmp').setGracefulCleanup();
	const { analyzePackage, SOURCE_FILE_PATTERNS } = scannerRequire('./scanner/scanner.mjs') as Scanner;

	const legs = [
		{ name: 'source', prepare: copySources, patterns: SOURCE_FILE_PATTERNS },
		{ name: 'tarball', prepare: packInto, patterns: ['**/*.js', 'package.json'] },
	];
	let failed = 0;
	for (const { name, prepare, patterns } of legs) {
		const folder = mkdtempSync(join(tmpdir(), `scan-${name}-`));
		try {
			const target = prepare(root, folder);
			const { passed, message, details = '' } = await analyzePackage(target, patterns);
			// The scanner is content with an empty folder.
			const ok = passed && message === undefined;
			if (!ok) failed++;
			console.log(`${name}: ${ok ? 'no findings' : message}`);
			for (const line of readable(details, target)) console.log(`  ${line}`);
		} finally {
			rmSync(folder, { recursive: true });
		}
	}
	console.log(`scan: ${legs.length - failed} passed, ${failed} failed`);
	return failed === 0;
}

void scan(resolve(process.argv[2] ?? join(__dirname, '..'))).then((ok) => {
	process.exitCode = ok ? 0 : 1;
});
