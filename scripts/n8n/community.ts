import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

/**
 * Where n8n looks for community packages below a user folder.
 * @param name npm name of the package
 */
export function packageFolder(userFolder: string, name: string) {
	return path.join(userFolder, '.n8n', 'nodes', 'node_modules', name);
}

/**
 * Puts a working tree in place of an installed community package, so that n8n loads what was built last.
 * n8n finds it at its next start.
 * @param packDir Folder of the package, built
 * @returns The link
 */
export function link(packDir: string, userFolder: string): string {
	const target = prepare(userFolder, nameOf(packDir));
	fs.symlinkSync(path.resolve(packDir), target, 'dir');
	return target;
}

/**
 * Lays out a packed package the way n8n's own installer does: the packed files alone, no dependencies beside them.
 * @param tarball Made by `npm pack`
 * @returns The folder
 */
export function unpack(tarball: string, userFolder: string): string {
	const nodes = path.join(userFolder, '.n8n', 'nodes');
	fs.mkdirSync(nodes, { recursive: true });
	const unpacked = fs.mkdtempSync(path.join(nodes, 'unpack-'));
	// WHY --strip-components: npm puts everything below a folder called "package".
	execFileSync('tar', ['-xzf', path.resolve(tarball), '-C', unpacked, '--strip-components=1']);
	const target = prepare(userFolder, nameOf(unpacked));
	fs.renameSync(unpacked, target);
	fs.chmodSync(target, 0o755);
	return target;
}

function nameOf(packDir: string) {
	return JSON.parse(fs.readFileSync(path.join(packDir, 'package.json'), 'utf8')).name;
}

function prepare(userFolder: string, name: string) {
	const target = packageFolder(userFolder, name);
	fs.rmSync(target, { recursive: true, force: true });
	fs.mkdirSync(path.dirname(target), { recursive: true });
	return target;
}
