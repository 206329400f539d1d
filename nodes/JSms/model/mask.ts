/** A phone number as it may stand in sentences and logs: `138****5678`. */
export function maskMobile(mobile: string): string {
	return mobile.length < 8 ? mobile.replace(/.(?=.{2})/g, '*') : `${mobile.slice(0, 3)}****${mobile.slice(-4)}`;
}

/** A digit, as Chinese keyboards type it, too. */
const DIGIT = '[0-9\uFF10-\uFF19]';

/** What people and programs put between the digits of a number. Commas and colons stand between numbers and in times. */
const GAP =
	'[\\s\\-._()/*\u00B7\u2010-\u2015\u2212\uFF08\uFF09\uFF0D\uFF0E\uFF0F\u200B-\u200F\u202A-\u202E\u2060-\u2064\u2066-\u2069\uFEFF]{0,3}';

/** A mainland number with or without separators and country code; any other number behind a plus; 11 digits and more in a row, but no decimals. */
const NUMBERS = new RegExp(
	[
		`(?<!${DIGIT})(?:(?:(?:[+\uFF0B](?:[0\uFF10]{2})?|[0\uFF10]{2})${GAP})?[8\uFF18]${GAP}[6\uFF16]${GAP})?[0\uFF10]?[1\uFF11](?:${GAP}${DIGIT}){10}(?!${DIGIT})`,
		`[+\uFF0B](?:${GAP}${DIGIT}){8,}`,
		`(?<!${DIGIT}\\.${DIGIT}{0,20})${DIGIT}{11,}`,
	].join('|'),
	'g',
);

/** Most texts hold no eight digits in a row, which is told sooner. */
const MAY_HOLD_NUMBER = new RegExp(`${DIGIT}(?:${GAP}${DIGIT}){7}`);

/**
 * Masks whatever may be a phone number in a text for people: `138****5678`. Long enough digits that are none are masked as well,
 * because a number may be in any field, with a digit too many.
 */
export function maskNumbers(text: string): string {
	if (!MAY_HOLD_NUMBER.test(text)) return text;
	return text.replace(NUMBERS, (found) => {
		const digits = toAsciiDigits(found).replace(/\D/g, '');
		const [, prefix, mobile] = /^((?:00)?(?:86)?0?)(1\d{10})$/.exec(digits) ?? ['', '', digits];
		return `${found.startsWith('+') || found.startsWith('\uFF0B') ? '+' : ''}${prefix}${maskMobile(mobile)}`;
	});
}

function toAsciiDigits(text: string): string {
	return text.replace(/[\uFF10-\uFF19]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0));
}

/** One character of a key: plain, in base64, escaped as in an address, in JSON or in HTML. */
const KEY_CHARACTER = String.raw`(?:[A-Za-z0-9+/=_-]|%(?:25)*[0-9A-Fa-f]{2}|\\+u[0-9A-Fa-f]{4}|\\+x[0-9A-Fa-f]{2}|&#x?[0-9A-Fa-f]{1,6};)`;

/** Keys have 24 characters, and any form of them has more; bytes may be written with something between them. */
const KEYS = new RegExp(
	`(?:\\bBasic\\s+)?${KEY_CHARACTER}{20,}|(?<![0-9A-Fa-f])(?:(?:0x)?[0-9A-Fa-f]{2}[\\s:,;-]{1,2}){15,}(?:0x)?[0-9A-Fa-f]{2}`,
	'g',
);

/** Words of a language, and names of fields: long, but without a digit, in one case. */
const WORDS = /^(?:[a-z/_-]+|[A-Z/_-]+|[A-Z]?[a-z]+(?:[/_-][A-Z]?[a-z]+)*)$/;

/**
 * Masks whatever may be a key in the words of somebody else, or in a value that may be in the wrong field. IDs of schedules look
 * like keys, so this is not for sentences that have to name them.
 */
export function maskKeys(text: string): string {
	return text
		.replace(/\bBasic\s+[\w+/=%-]+/gi, 'Basic ***')
		.replace(KEYS, (found) => (WORDS.test(found) ? found : '***'));
}
