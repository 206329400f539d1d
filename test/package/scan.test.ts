/** The scanner has to be able to fail: each leg is given something that n8n would refuse. */
import { execFileSync, spawnSync } from 'node:child_process';
import { appendFileSync, cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { ROOT } from '../support/root';

let folder: string;

beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'scan-test-'));
	for (const name of ['package.json', 'README.md', 'LICENSE.md', 'index.js', 'nodes', 'credentials', 'icons', 'dist']) {
		cpSync(join(ROOT, name), join(folder, name), { recursive: true });
	}
	execFileSync('git', ['init', '--quiet'], { cwd: folder });
});

afterEach(() => rmSync(folder, { recursive: true }));

const scan = () => {
	const { status, stdout } = spawnSync(
		process.execPath,
		[join(ROOT, 'scripts', 'run.js'), join(ROOT, 'scripts', 'scan.ts'), folder],
		{
			encoding: 'utf8',
		},
	);
	return { status, lines: stdout.trimEnd().split('\n') };
};

it('passes as it is', () => {
	const { status, lines } = scan();
	expect(lines).toEqual(['source: no findings', 'tarball: no findings', 'scan: 2 passed, 0 failed']);
	expect(status).toBe(0);
});

it('refuses a forbidden import in the sources, whatever a comment says', () => {
	appendFileSync(
		join(folder, 'nodes', 'JSms', 'planted.ts'),
		"// eslint-disable-next-line\nimport { readFileSync } from 'fs';\nexport const read = readFileSync;\n",
	);
	const { status, lines } = scan();
	expect(lines[1]).toMatch(/^ {2}nodes\/JSms\/planted\.ts:2:1 error \S+\/no-restricted-imports: /);
	expect(lines.at(-1)).toBe('scan: 1 passed, 1 failed');
	expect(status).toBe(1);
});

it('refuses a forbidden import in the packed files', () => {
	appendFileSync(join(folder, 'dist', 'nodes', 'JSms', 'JSms.node.js'), "\nrequire('child_process');\n");
	const { status, lines } = scan();
	expect(lines[2]).toMatch(/^ {2}dist\/nodes\/JSms\/JSms\.node\.js:\d+:1 error \S+\/no-restricted-imports: /);
	expect(lines.at(-1)).toBe('scan: 1 passed, 1 failed');
	expect(status).toBe(1);
});
