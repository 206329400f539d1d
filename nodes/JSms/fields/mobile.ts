import type { INodeProperties } from 'n8n-workflow';

import { InputProblem, isEmpty, kindOf, type Read } from './problem';

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
	description: 'The number that the text would go to, to be shown beside it. Nothing is sent to it.',
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
 * What does not look like one is passed on as it is: the service is the judge.
 *
 * @param value string or JSON number
 * @param field how to name the field in a sentence
 * @throws InputProblem when it is empty or not a single number
 */
export function toMobile(value: unknown, field: string): string {
	// The usual number needs no cleaning, which a long list would pay for once per recipient.
	if (typeof value === 'string' && /^1\d{10}$/.test(value)) return value;
	if (isEmpty(value)) throw emptyNumber(field);
	if (typeof value !== 'string' && typeof value !== 'number') {
		throw new InputProblem(
			`${field} holds ${kindOf(value)} instead of one number`,
			Array.isArray(value)
				? "Give one number per item, for example with a 'Split Out' node before this one."
				: 'Pick the field that holds the number, for example {{ $json.mobile }}.',
		);
	}
	const text = withoutWrapping(toHalfWidth(String(value)));
	if (text === '') throw emptyNumber(field);
	const parts = text.split(/[,;、|/\n]/).filter((part) => part.trim() !== '');
	if (parts.length > 1) {
		throw new InputProblem(
			`${field} holds ${parts.length} numbers`,
			"Give one number per item, for example with a 'Split Out' node before this one.",
		);
	}
	const digits = text.replace(/[\s\-\u2010-\u2015()]/g, '');
	return /^(?:\+86|0086|86)(1\d{10})$/.exec(digits)?.[1] ?? (/^\+?\d+$/.test(digits) ? digits : text);
}

function emptyNumber(field: string): InputProblem {
	return new InputProblem(`${field} is empty`, 'Give one mobile number, or remove the item before this node.');
}

/** Zero-width and direction characters: chats and contact apps copy them along, nobody sees them, and the service refuses them. */
const INVISIBLE = /[\u200B-\u200F\u202A-\u202E\u2060-\u2064\u2066-\u2069\uFEFF]/g;

/** Takes off what programs put around a number: invisible characters, `tel:`, a spreadsheet's apostrophe in front and `.0` behind. */
function withoutWrapping(text: string): string {
	const seen = text.replace(INVISIBLE, '').trim();
	return seen
		.replace(/^'/, '')
		.replace(/^\s*tel:/i, '')
		.replace(/^([^.]*\d)\.0+$/, '$1')
		.trim();
}

/** Full-width digits, plus and dash, as Chinese keyboards type them. */
function toHalfWidth(text: string): string {
	return text
		.replace(/[\uFF01-\uFF5E]/g, (char) => String.fromCharCode(char.charCodeAt(0) - 0xfee0))
		.replace(/\u3000/g, ' ');
}

/** A number as it may stand in hints and logs: `138****5678`. */
export function maskMobile(mobile: string): string {
	return mobile.length < 8 ? mobile.replace(/.(?=.{2})/g, '*') : `${mobile.slice(0, 3)}****${mobile.slice(-4)}`;
}
