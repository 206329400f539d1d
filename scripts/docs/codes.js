'use strict';

const CHINESE = require('./codes.zh.json');
const { table } = require('./table');

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
	return require('../../dist/nodes/JSms/model/returnCodes.js').ERROR_CODES;
}

module.exports = { COMMON, chineseCodeTable, codeTable };
