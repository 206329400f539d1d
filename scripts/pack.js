'use strict';

/** What `npm publish` would send, seen without publishing: as a list, or packed and unpacked into a folder. */
const { execFileSync } = require('node:child_process');
const { mkdirSync, readdirSync, statSync } = require('node:fs');
const { join, relative, sep } = require('node:path');

const run = (command, args, cwd) =>
	execFileSync(command, args, {
		cwd,
		encoding: 'utf8',
		stdio: ['ignore', 'pipe', 'pipe'],
		// npm is a .cmd file there, which only a shell can start.
		shell: process.platform === 'win32',
	});

const npmPack = (root, args) => {
	const answer = JSON.parse(run('npm', ['pack', '--json', '--ignore-scripts', ...args], root));
	return Object.values(answer)[0];
};

/**
 * @typedef {{ path: string, size: number }} PackedFile path with forward slashes, from the package's root; size in bytes
 */

/**
 * The files npm would put into the package.
 *
 * @param {string} root folder with the package.json
 * @returns {PackedFile[]}
 */
function filesToPack(root) {
	return npmPack(root, ['--dry-run']).files.map(({ path, size }) => ({ path, size }));
}

/**
 * Packs and unpacks the package, as an installation would receive it.
 *
 * @param {string} root folder with the package.json
 * @param {string} folder an existing empty folder
 * @returns {string} the unpacked package: `<folder>/package`
 */
function packInto(root, folder) {
	const { filename } = npmPack(root, ['--pack-destination', folder]);
	const unpacked = join(folder, 'package');
	mkdirSync(unpacked);
	// Called from inside the folder: with a drive letter in its path, some versions of tar expect a remote machine.
	run('tar', ['-xzf', filename, '-C', 'package', '--strip-components=1'], folder);
	return unpacked;
}

/**
 * The files of a folder, however deep, without its node_modules.
 *
 * @param {string} folder
 * @returns {PackedFile[]}
 */
function filesIn(folder) {
	return readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map((entry) => join(entry.parentPath ?? entry.path, entry.name))
		.map((file) => ({ path: relative(folder, file).split(sep).join('/'), size: statSync(file).size }))
		.filter(({ path }) => !path.startsWith('node_modules/'));
}

module.exports = { filesIn, filesToPack, packInto };
