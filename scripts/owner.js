'use strict';

/**
 * Who publishes the package, and where it lives. package.json says it; n8n's linter wants the same addresses written out in
 * other files, too. `node scripts/owner.js --name "..." --email ... --homepage https://github.com/OWNER/REPOSITORY` sets all of them.
 */
const { readFileSync, writeFileSync } = require('node:fs');
const path = require('node:path');
const { parseArgs } = require('node:util');

const ROOT = path.resolve(__dirname, '..');

/** Every file with a name or address of the owner. */
const FILES = [
	'package.json',
	'LICENSE.md',
	'SECURITY.md',
	'CODE_OF_CONDUCT.md',
	'.github/ISSUE_TEMPLATE/config.yml',
	'credentials/JSmsApi.credentials.ts',
	'credentials/JSmsDeveloperApi.credentials.ts',
	'nodes/JSms/JSms.node.json',
	'nodes/JSms/JSmsReceiptTrigger.node.json',
	'nodes/JSms/JSmsTrigger.node.json',
];

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
 * Writes a new owner over the present one, in all files.
 *
 * @param {string} root
 * @param {Partial<Owner>} wanted what is left out stays
 */
function setOwner(root, wanted) {
	const present = owned(root);
	for (const file of FILES.map((name) => path.join(root, name))) {
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

module.exports = { FILES, owned, setOwner };
