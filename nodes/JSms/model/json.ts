/**
 * Reads a JSON text without losing digits: integers of 16 digits and more become strings, because a JavaScript
 * number holds only 2^53 exactly and message IDs must survive unchanged.
 *
 * @throws SyntaxError when the text is not JSON.
 */
export function parseJson(text: string): unknown {
	return JSON.parse(/\d{16}/.test(text) ? quoteLongIntegers(text) : text);
}

/** True for a JSON object, the only shape of which fields can be read. */
export function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Files of Windows programs begin with this invisible character, which then is part of their first column's name. */
const BYTE_ORDER_MARK = '\uFEFF';

/** The key under which a record keeps a name, with or without a byte order mark; undefined where it has none. */
export function nameIn(record: object, name: string): string | undefined {
	if (Object.hasOwn(record, name)) return name;
	return Object.hasOwn(record, BYTE_ORDER_MARK + name) ? BYTE_ORDER_MARK + name : undefined;
}

/**
 * True for values that n8n can keep: it copies and writes items level by level, and dies of a response with thousands of levels.
 */
export function isShallow(value: unknown, levels = 20): boolean {
	if (typeof value !== 'object' || value === null) return true;
	return levels > 0 && Object.values(value).every((one) => isShallow(one, levels - 1));
}

/** IDs and messages come as text or number; anything else, and blanks alone, count as absent. */
export function toText(value: unknown): string | undefined {
	if (typeof value === 'string' && value.trim() !== '') return value;
	return typeof value === 'number' ? String(value) : undefined;
}

/**
 * Return codes, states and counts come as number or text; undefined for what is no whole number in digits. `Number` alone would
 * read "5e4" and "0xc350" as 50000, which means that nothing went wrong.
 */
export function toInteger(value: unknown): number | undefined {
	const number = typeof value === 'string' && /^\s*-?\d+\s*$/.test(value) ? Number(value) : value;
	return typeof number === 'number' && Number.isSafeInteger(number) ? number : undefined;
}

/** A loop instead of one regular expression over the text: strings of many megabytes overflow the matcher's stack. */
function quoteLongIntegers(text: string): string {
	const parts: string[] = [];
	const number = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
	let copied = 0;
	let at = 0;
	while (at < text.length) {
		const char = text.charCodeAt(at);
		if (char === 0x22) {
			at = endOfString(text, at);
		} else if (char === 0x2d || (char >= 0x30 && char <= 0x39)) {
			number.lastIndex = at;
			const digits = number.exec(text)?.[0] ?? text[at];
			if (/^-?\d{16,}$/.test(digits)) {
				parts.push(text.slice(copied, at), '"', digits, '"');
				copied = at + digits.length;
			}
			at += digits.length;
		} else {
			at += 1;
		}
	}
	return parts.join('') + text.slice(copied);
}

/** Index behind the string literal that opens at `start`. */
function endOfString(text: string, start: number): number {
	let end = text.indexOf('"', start + 1);
	while (end !== -1 && isEscaped(text, end)) end = text.indexOf('"', end + 1);
	return end === -1 ? text.length : end + 1;
}

function isEscaped(text: string, quote: number): boolean {
	let backslashes = 0;
	while (text[quote - 1 - backslashes] === '\\') backslashes += 1;
	return backslashes % 2 === 1;
}
