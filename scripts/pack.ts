/** What `npm publish` would send, seen without publishing: as a list, or packed and unpacked into a folder. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { cleanNpmEnv, npmCli } from './n8n/npm';

/** A list from most versions of npm, an object by name from the newest. */
type PackOutput = Record<
	string,
	{ filename: string; files: PackedFile[]; size: number; unpackedSize: number; entryCount: number }
>;

/** @param root folder with the package.json */
export const npmPack = (root: string, args: string[]) => {
	const output = execFileSync(process.execPath, [npmCli(), 'pack', '--json', '--ignore-scripts', ...args], {
		cwd: root,
		env: cleanNpmEnv(),
		encoding: 'utf8',
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	return Object.values(JSON.parse(output) as PackOutput)[0];
};

/**
 * Makes the tarball that would be published.
 * @param root folder with the package.json
 * @param folder where it goes
 * @returns its path
 */
export const packTarball = (root: string, folder: string) =>
	join(folder, npmPack(root, ['--pack-destination', folder]).filename);

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
	execFileSync('tar', ['-xzf', filename, '-C', 'package', '--strip-components=1'], { cwd: folder });
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
