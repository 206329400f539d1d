'use strict';

const fs = require('node:fs');
const path = require('node:path');
const CHINESE = require('./docs/codes.zh.json');

const ROOT = path.resolve(__dirname, '..');
const README = path.join(ROOT, 'README.md');
const PAGE = path.join(ROOT, 'docs', 'return-codes.md');
const CHINESE_PAGE = path.join(ROOT, 'docs', 'zh', 'return-codes.md');
const START = '<!-- codes: written by `npm run docs`, from nodes/JSms/api/errorCodes.ts -->';
const END = '<!-- /codes -->';

/** What people meet in the first weeks: the README shows these, the page all of them. */
const COMMON = [50002, 50006, 50009, 50013, 50014, 50020, 50022, 50024, 50035, 50046];

/**
 * Return codes as a Markdown table, from the one file that errors and rows use too. Needs a build.
 * @param {(code: number) => boolean} [isWanted]
 */
function codeTable(isWanted = () => true) {
	return table(
		['Code', 'Message of JSMS', 'What it means', 'What to do', 'Safe to retry later'],
		errorCodes()
			.filter(({ code }) => isWanted(code))
			.map(({ code, message, meaning, hint, safeToRetry }) => [
				code,
				message,
				meaning,
				hint,
				safeToRetry ? 'yes' : 'no',
			]),
	);
}

/** The same in Chinese. The node itself speaks English, so these words belong to the page and not to the package. */
function chineseCodeTable() {
	const words = new Map(Object.entries(CHINESE));
	const rows = errorCodes().map(({ code, message, safeToRetry }) => {
		const [meaning, hint] = words.get(String(code)) ?? [];
		if (!meaning || !hint) throw new Error(`scripts/docs/codes.zh.json lacks ${code}: its meaning and what to do.`);
		words.delete(String(code));
		return [code, message, meaning, hint, safeToRetry ? '是' : '否'];
	});
	if (words.size > 0) throw new Error(`scripts/docs/codes.zh.json has unknown codes: ${[...words.keys()].join(', ')}.`);
	return table(['返回码', '极光原文', '含义', '处理办法', '可稍后重试'], rows);
}

function errorCodes() {
	return require('../dist/nodes/JSms/api/errorCodes.js').ERROR_CODES;
}

/** @param {string[]} head @param {Array<Array<string | number>>} rows */
function table(head, rows) {
	return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
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
		{ file: CHINESE_PAGE, text: withTable(CHINESE_PAGE, chineseCodeTable()) },
	];
}

module.exports = { filesWithTables };

if (require.main === module) for (const { file, text } of filesWithTables()) fs.writeFileSync(file, text);
