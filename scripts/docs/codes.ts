import CHINESE from './codes.zh.json';
import { RETURN_CODES } from '../../nodes/JSms/model/returnCodes';
import { table } from './table';

/** Return codes as a Markdown table, from the one file that errors and rows use too.  */
export function codeTable() {
	return table(
		['Code', 'Message of JSMS', 'What it means', 'What to do', 'Safe to retry later'],
		RETURN_CODES.map(({ code, message, meaning, hint, safeToRetry }) => [
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
	const rows = RETURN_CODES.map(({ code, message, safeToRetry }) => {
		const [meaning, hint] = words.get(String(code)) ?? [];
		if (!meaning || !hint) throw new Error(`scripts/docs/codes.zh.json lacks ${code}: its meaning and what to do.`);
		words.delete(String(code));
		return [code, message, meaning, hint, safeToRetry ? '是' : '否'];
	});
	if (words.size > 0) throw new Error(`scripts/docs/codes.zh.json has unknown codes: ${[...words.keys()].join(', ')}.`);
	return table(['返回码', '极光原文', '含义', '处理办法', '可稍后重试'], rows);
}
