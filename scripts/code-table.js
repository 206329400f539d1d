'use strict';

const fs = require('node:fs');
const path = require('node:path');

const ROOT = path.resolve(__dirname, '..');
const README = path.join(ROOT, 'README.md');
const START = '<!-- codes: written by `npm run docs`, from nodes/JSms/api/errorCodes.ts -->';
const END = '<!-- /codes -->';

/** The return codes as a Markdown table, from the one file that errors and rows use too. Needs a build. */
function codeTable() {
	const { ERROR_CODES } = require('../dist/nodes/JSms/api/errorCodes.js');
	const rows = ERROR_CODES.map(
		({ code, message, meaning, hint, safeToRetry }) =>
			`| ${code} | ${message} | ${meaning} | ${hint} | ${safeToRetry ? 'yes' : 'no'} |`,
	);
	return [
		'| Code | Message of JSMS | What it means | What to do | Safe to retry later |',
		'| --- | --- | --- | --- | --- |',
		...rows,
	].join('\n');
}

/** The README with its table of codes as it should be. */
function readmeWithTable() {
	const text = fs.readFileSync(README, 'utf8');
	const start = text.indexOf(START);
	const end = text.indexOf(END);
	if (start === -1 || end === -1)
		throw new Error(`README.md has lost the marks around its code table: ${START} and ${END}`);
	return `${text.slice(0, start + START.length)}\n\n${codeTable()}\n\n${text.slice(end)}`;
}

module.exports = { README, readmeWithTable };

if (require.main === module) fs.writeFileSync(README, readmeWithTable());
