import CHINESE from './codes.zh.json';
import { ERROR_CODES } from '../../nodes/JSms/model/returnCodes';
import { table } from './table';

/** What people meet in the first weeks: the README shows these, the page all of them. */
export const COMMON = [50002, 50006, 50009, 50013, 50014, 50020, 50022, 50024, 50035, 50046];

/** Return codes as a Markdown table, from the one file that errors and rows use too.  */
export function codeTable(isWanted: (code: number) => boolean = () => true) {
	return table(
		['Code', 'Message of JSMS', 'What it means', 'What to do', 'Safe to retry later'],
		ERROR_CODES.filter(({ code }) => isWanted(code)).map(({ code, message, meaning, hint, safeToRetry }) => [
			code,
			message,
			meaning,
			hint,
			safeToRetry ? 'yes' : 'no',
		]),
	);
}

/** The same in Chinese. The node itself speaks English, so these words belong to the page and not to the package. */
export function chineseCodeTable() {
	const words = new Map(Object.entries(CHINESE));
	const rows = ERROR_CODES.map(({ code, message, safeToRetry }) => {
		const [meaning, hint] = words.get(String(code)) ?? [];
		if (!meaning || !hint) throw new Error(`scripts/docs/codes.zh.json lacks ${code}: its meaning and what to do.`);
		words.delete(String(code));
		return [code, message, meaning, hint, safeToRetry ? '是' : '否'];
	});
	if (words.size > 0) throw new Error(`scripts/docs/codes.zh.json has unknown codes: ${[...words.keys()].join(', ')}.`);
	return table(['返回码', '极光原文', '含义', '处理办法', '可稍后重试'], rows);
}
