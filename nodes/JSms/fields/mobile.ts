import type { INodeProperties } from 'n8n-workflow';

import { InputProblem, isEmpty, kindOf, type Read } from '../model/inputProblem';

export { maskMobile } from '../model/mask';

export const mobileField: INodeProperties = {
	displayName: 'Mobile Number',
	name: 'mobile',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. 13812345678',
	description: 'The phone number to send to, one per item. Spaces, dashes and a leading +86 are removed.',
};

/** For a look at what would be sent: the number only goes along. */
export const recipientOption: INodeProperties = {
	displayName: 'Mobile Number',
	name: 'mobile',
	type: 'string',
	default: '',
	placeholder: 'e.g. {{ $json.mobile }}',
	description: 'The number that would get the text, shown next to it. Nothing is sent to it.',
};

/**
 * Reads the mobile number where one is given.
 * @throws InputProblem when it is not a single number
 */
export function readOptionalMobile(read: Read): string | undefined {
	return isEmpty(read('mobile')) ? undefined : readMobile(read);
}

/**
 * Reads the mobile number of an item.
 * @throws InputProblem when it is empty or not a single number
 */
export function readMobile(read: Read): string {
	return toMobile(read('mobile'), "'Mobile Number'");
}

/**
 * Brings a mobile number into the form of the service, whose samples are all 11-digit mainland numbers without prefix.
 * What does not look like one is passed on as it is: the service is the judge. But what cleaning could turn into somebody
 * else's number is refused.
 *
 * @param value string or JSON number
 * @param field how to name the field in a sentence
 * @throws InputProblem when it is empty, not a single number, or one of another country
 */
export function toMobile(value: unknown, field: string): string {
	// The usual number needs no cleaning, which a long list would pay for once per recipient.
	if (typeof value === 'string' && /^1\d{10}$/.test(value)) return value;
	if (isEmpty(value)) throw emptyNumber(field);
	if (typeof value !== 'string' && typeof value !== 'number') {
		throw new InputProblem(
			`${field} holds ${kindOf(value)} instead of one number`,
			Array.isArray(value) ? SPLIT_LIST : 'Pick the field that holds the number, for example {{ $json.mobile }}.',
		);
	}
	const text = withoutWrapping(toHalfWidth(String(value)));
	if (text === '') throw emptyNumber(field);
	if (!/\d/.test(text) || SPREADSHEET_ERROR.test(text)) throw noNumber(field);
	const whole = wholeNumber(text);
	if (whole !== undefined) return whole;
	const count = countNumbers(text);
	if (count > 1) throw new InputProblem(`${field} holds ${count} numbers`, SPLIT_TEXT);
	if (isForeign(text)) throw foreignNumber(field);
	const digits = text.replace(/[\s\-\u2010-\u2015\u2212()]/g, '');
	return mainland(digits) ?? (/^\+?\d+$/.test(digits) ? digits : text);
}

/** The eleven digits of a mainland number, without country code; undefined for anything else. */
function mainland(digits: string): string | undefined {
	return /^(?:\+86|0086|86)?(1\d{10})$/.exec(digits)?.[1];
}

const SPLIT_LIST = "Give one number per item, for example with a 'Split Out' node before this one.";
const SPLIT_TEXT =
	"Put one number into each row. Where one cell holds several, make a list of them with {{ $json.mobile.split(/[,;、\\s]+/) }} in an 'Edit Fields' node, then add a 'Split Out' node.";

/** What spreadsheets write into cells that they cannot work out; one of them holds a digit. */
const SPREADSHEET_ERROR = /^#[A-Z/0]+[!?]?$/i;

function emptyNumber(field: string): InputProblem {
	return new InputProblem(`${field} is empty`, 'Give one mobile number, or remove the item before this node.');
}

function noNumber(field: string): InputProblem {
	return new InputProblem(
		`${field} contains no phone number`,
		'Give one mobile number, or remove the item before this node.',
	);
}

function foreignNumber(field: string): InputProblem {
	return new InputProblem(
		`${field} is a number of another country`,
		'JSMS sends to mainland China: give a number such as 13812345678 or +86 138 1234 5678, or remove the item before this node.',
	);
}

/** A number as spreadsheets show it, with thousands separators or an exponent, as long as all its digits are there. */
function wholeNumber(text: string): string | undefined {
	if (/^\d{1,3}([,.'\u2019])\d{3}(?:\1\d{3})+$/.test(text)) return mainland(text.replace(/\D/g, ''));
	const [, first, rest, exponent] = /^(\d)\.(\d+)E\+?(\d+)$/i.exec(text) ?? [];
	return Number(exponent) === rest?.length ? mainland(first + rest) : undefined;
}

/** How many numbers stand in one field, one behind the other. */
function countNumbers(text: string): number {
	const parts = text.split(/[,;、|/\n\r\v\f\u0085\u2028\u2029]/).filter((part) => /\d/.test(part));
	if (parts.length !== 1) return parts.length;
	const words = text.split(/\s+/);
	return words.every((word) => mainland(word) !== undefined) ? words.length : 1;
}

const SEPARATORS = /[\s\-.()\u2010-\u2015\u2212]+/g;

/** Numbers that show the code of another country, and those that cleaning would turn into one of China. */
function isForeign(text: string): boolean {
	const [, code] = /^(?:\+|00)([1-9]\d{6,})/.exec(text.replace(SEPARATORS, '')) ?? [];
	if (code !== undefined) return !code.startsWith('86');
	// North America, whose code is 1, writes 1-303-555-0123.
	return /^ ?1 \d{3} \d{3} ?\d{4}$/.test(text.replace(SEPARATORS, ' '));
}

/** Zero-width and direction characters: chats and contact apps copy them along, nobody sees them, and the service refuses them. */
const INVISIBLE = /[\u200B-\u200F\u202A-\u202E\u2060-\u2064\u2066-\u2069\uFEFF]/g;

/** A text without the characters that nobody sees. */
export function withoutInvisible(text: string): string {
	return text.replace(INVISIBLE, '');
}

/** Takes off what programs put around a number: invisible characters, `tel:`, a spreadsheet's apostrophe in front and `.0` behind. */
function withoutWrapping(text: string): string {
	return withoutInvisible(text)
		.trim()
		.replace(/^'/, '')
		.replace(/^\s*tel:/i, '')
		.replace(/^([^.]*\d)\.0+$/, '$1')
		.trim();
}

/** Full-width digits, plus and dash, as Chinese keyboards type them. */
export function toHalfWidth(text: string): string {
	return text
		.replace(/[\uFF01-\uFF5E]/g, (char) => String.fromCharCode(char.charCodeAt(0) - 0xfee0))
		.replace(/\u3000/g, ' ');
}
