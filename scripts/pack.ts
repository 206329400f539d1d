/** What `npm publish` would send, seen without publishing: as a list, or packed and unpacked into a folder. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

const run = (command: string, args: string[], cwd: string) =>
	execFileSync(command, args, {
		cwd,
		encoding: 'utf8',
		stdio: ['ignore', 'pipe', 'pipe'],
		// npm is a .cmd file there, which only a shell can start.
		shell: process.platform === 'win32',
	});

/** A list from most versions of npm, an object by name from the newest. */
type PackAnswer = Record<
	string,
	{ filename: string; files: PackedFile[]; size: number; unpackedSize: number; entryCount: number }
>;

/** @param root folder with the package.json */
export const npmPack = (root: string, args: string[]) => {
	const answer = JSON.parse(run('npm', ['pack', '--json', '--ignore-scripts', ...args], root)) as PackAnswer;
	return Object.values(answer)[0];
};

/** path with forward slashes, from the package's root; size in bytes */
export type PackedFile = { path: string; size: number };

/**
 * The files npm would put into the package.
 * @param root folder with the package.json
 */
export function filesToPack(root: string): PackedFile[] {
	return npmPack(root, ['--dry-run']).files.map(({ path, size }) => ({ path, size }));
}

/**
 * Packs and unpacks the package, as an installation would receive it.
 * @param root folder with the package.json
 * @param folder an existing empty folder
 * @returns the unpacked package: `<folder>/package`
 */
export function packInto(root: string, folder: string): string {
	const { filename } = npmPack(root, ['--pack-destination', folder]);
	const unpacked = join(folder, 'package');
	mkdirSync(unpacked);
	// Called from inside the folder: with a drive letter in its path, some versions of tar expect a remote machine.
	run('tar', ['-xzf', filename, '-C', 'package', '--strip-components=1'], folder);
	return unpacked;
}

/** The files of a folder, however deep, without its node_modules. */
export function filesIn(folder: string): PackedFile[] {
	return readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map((entry) => join(entry.parentPath ?? entry.path, entry.name))
		.map((file) => ({ path: relative(folder, file).split(sep).join('/'), size: statSync(file).size }))
		.filter(({ path }) => !path.startsWith('node_modules/'));
}
