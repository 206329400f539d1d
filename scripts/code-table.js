'use strict';

const fs = require('node:fs');
const path = require('node:path');

const ROOT = path.resolve(__dirname, '..');
const README = path.join(ROOT, 'README.md');
const PAGE = path.join(ROOT, 'docs', 'return-codes.md');
const START = '<!-- codes: written by `npm run docs`, from nodes/JSms/api/errorCodes.ts -->';
const END = '<!-- /codes -->';

/** What people meet in the first weeks: the README shows these, the page all of them. */
const COMMON = [50002, 50006, 50009, 50013, 50014, 50020, 50022, 50024, 50035, 50046];

/**
 * Return codes as a Markdown table, from the one file that errors and rows use too. Needs a build.
 * @param {(code: number) => boolean} [isWanted]
 */
function codeTable(isWanted = () => true) {
	const { ERROR_CODES } = require('../dist/nodes/JSms/api/errorCodes.js');
	const rows = ERROR_CODES.filter(({ code }) => isWanted(code)).map(
		({ code, message, meaning, hint, safeToRetry }) =>
			`| ${code} | ${message} | ${meaning} | ${hint} | ${safeToRetry ? 'yes' : 'no'} |`,
	);
	return [
		'| Code | Message of JSMS | What it means | What to do | Safe to retry later |',
		'| --- | --- | --- | --- | --- |',
		...rows,
	].join('\n');
}

/** A file with its table of codes as it should be. */
function withTable(file, table) {
	const text = fs.readFileSync(file, 'utf8');
	const start = text.indexOf(START);
	const end = text.indexOf(END);
	if (start === -1 || end === -1)
		throw new Error(`${path.relative(ROOT, file)} has lost the marks around its code table: ${START} and ${END}`);
	return `${text.slice(0, start + START.length)}\n\n${table}\n\n${text.slice(end)}`;
}

/** Every file with a table of codes, as it should be. @returns {Array<{ file: string, text: string }>} */
function filesWithTables() {
	return [
		{
			file: README,
			text: withTable(
				README,
				codeTable((code) => COMMON.includes(code)),
			),
		},
		{ file: PAGE, text: withTable(PAGE, codeTable()) },
	];
}

module.exports = { filesWithTables };

if (require.main === module) for (const { file, text } of filesWithTables()) fs.writeFileSync(file, text);
