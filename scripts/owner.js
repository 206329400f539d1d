'use strict';

/**
 * Who publishes the package, and where it lives. package.json says it; n8n's linter wants the same addresses written out in
 * other files, too. `node scripts/owner.js --name "..." --email ... --homepage https://github.com/OWNER/REPOSITORY` sets all of them.
 */
const { execFileSync } = require('node:child_process');
const { readFileSync, writeFileSync } = require('node:fs');
const path = require('node:path');
const { parseArgs } = require('node:util');

const ROOT = path.resolve(__dirname, '..');

/**
 * @typedef {object} Owner
 * @property {string} name
 * @property {string} email
 * @property {string} homepage the repository on GitHub, without an ending slash
 */

/**
 * @param {string} root
 * @returns {Owner} as package.json has it
 */
function owned(root) {
	const { author, homepage } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
	return { ...author, homepage };
}

/**
 * @param {string} root
 * @returns {string[]} every file known to git with a name or address of the owner, relative to the root
 */
function ownedFiles(root) {
	const patterns = Object.values(owned(root)).flatMap((value) => ['-e', value]);
	const list = execFileSync('git', ['grep', '--cached', '-lzIF', ...patterns], { cwd: root, encoding: 'utf8' });
	return list.split('\0').filter((file) => file !== '' && file !== 'package-lock.json');
}

/**
 * Writes a new owner over the present one, in all files.
 *
 * @param {string} root
 * @param {Partial<Owner>} wanted what is left out stays
 */
function setOwner(root, wanted) {
	const present = owned(root);
	for (const file of ownedFiles(root).map((name) => path.join(root, name))) {
		let text = readFileSync(file, 'utf8');
		for (const [key, value] of Object.entries(wanted)) text = text.replaceAll(present[key], value);
		writeFileSync(file, text);
	}
}

if (require.main === module) {
	const { values } = parseArgs({
		options: { name: { type: 'string' }, email: { type: 'string' }, homepage: { type: 'string' } },
	});
	setOwner(ROOT, { ...values });
	console.log(owned(ROOT));
}

module.exports = { owned, ownedFiles, setOwner };
