import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

/** Folders whose pictures and output schemas go beside the compiled files, as the build does it. */
const SOURCES = ['nodes', 'credentials', 'icons'];
const isCopied = (file: string) => /\.(svg|png)$/.test(file) || /(^|[\\/])__schema__[\\/].*\.json$/.test(file);

/**
 * Lays out the package of a working tree where n8n looks for it, and keeps it up to date with every save until stopped.
 *
 * WHY not a link to the tree: n8n watches the whole folder of a package, so that it would reload whenever anything changes in
 * the repository, node_modules and .git included.
 * @param root Folder of the repository
 * @param target Folder of the package in n8n's user folder; what is there goes
 * @returns Resolves when the first build is there; the function ends it
 * @throws {Error} When the compiler ends
 */
export async function keepBuilt(root: string, target: string): Promise<() => Promise<void>> {
	fs.rmSync(target, { recursive: true, force: true });
	const dist = path.join(target, 'dist');
	fs.mkdirSync(dist, { recursive: true });
	fs.copyFileSync(path.join(root, 'package.json'), path.join(target, 'package.json'));
	const watchers = SOURCES.map((folder) => keepCopied(path.join(root, folder), path.join(dist, folder)));
	const compiler = spawn(
		process.execPath,
		[
			...['--require', path.join(root, 'scripts', 'n8n', 'parentWatch.js')],
			path.join(root, 'node_modules', 'typescript', 'bin', 'tsc'),
			...['--watch', '--preserveWatchOutput', '--outDir', dist],
		],
		{ cwd: root, stdio: ['ignore', 'pipe', 'inherit'] },
	);
	const ended = new Promise<void>((resolve) => compiler.once('exit', resolve));
	const stop = async () => {
		for (const watcher of watchers) watcher.close();
		compiler.kill('SIGTERM');
		await ended;
	};
	await new Promise<void>((resolve, reject) => {
		void ended.then((code) => reject(new Error(`The TypeScript compiler ended (${code}).`)));
		compiler.stdout.on('data', (text) => {
			process.stdout.write(text);
			if (/Watching for file changes/.test(String(text))) resolve();
		});
	});
	return stop;
}

function keepCopied(from: string, to: string) {
	const copy = (name: string) => {
		if (!isCopied(path.join(path.basename(from), name)) || !fs.existsSync(path.join(from, name))) return;
		fs.mkdirSync(path.dirname(path.join(to, name)), { recursive: true });
		fs.copyFileSync(path.join(from, name), path.join(to, name));
	};
	for (const name of fs.readdirSync(from, { recursive: true, encoding: 'utf8' })) copy(name);
	return fs.watch(from, { recursive: true }, (_event, name) => name && copy(name));
}
