'use strict';

const { execFileSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');

/**
 * Where n8n looks for community packages below a user folder.
 *
 * @param {string} userFolder
 * @param {string} name npm name of the pack
 */
function packageFolder(userFolder, name) {
	return path.join(userFolder, '.n8n', 'nodes', 'node_modules', name);
}

/**
 * Puts a working tree in place of an installed community package, so that n8n loads what was built last.
 * n8n finds it at its next start.
 *
 * @param {string} packDir Folder of the pack, built
 * @param {string} userFolder
 * @returns {string} The link
 */
function link(packDir, userFolder) {
	const target = prepare(userFolder, nameOf(packDir));
	fs.symlinkSync(path.resolve(packDir), target, 'dir');
	return target;
}

/**
 * Lays out a packed pack the way n8n's own installer does: the packed files alone, no dependencies beside them.
 *
 * @param {string} tarball Made by `npm pack`
 * @param {string} userFolder
 * @returns {string} The folder
 */
function unpack(tarball, userFolder) {
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

function nameOf(packDir) {
	return JSON.parse(fs.readFileSync(path.join(packDir, 'package.json'), 'utf8')).name;
}

function prepare(userFolder, name) {
	const target = packageFolder(userFolder, name);
	fs.rmSync(target, { recursive: true, force: true });
	fs.mkdirSync(path.dirname(target), { recursive: true });
	return target;
}

module.exports = { link, packageFolder, unpack };
