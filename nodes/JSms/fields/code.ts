import type { ItemInput } from '../model/operation';
import { toHalfWidth, withoutInvisible } from './mobile';
import { readRequiredText } from './requiredText';
import { InputProblem, isEmpty, kindOf, type Read } from '../model/inputProblem';

/** Codes of JSMS have six digits; a code that n8n made a number of may have lost zeros in front. */
const USUAL_LENGTH = 6;

/**
 * Reads the code that a person entered: full-width digits, blanks and dashes are cleaned as they are in phone numbers.
 * @throws InputProblem when it is empty, or no text
 */
export function readVerificationCode({ read, note }: Pick<ItemInput, 'read' | 'note'>): string {
	const hint = 'Give the code that the person entered, as text so that leading zeros stay.';
	const code = cleanCode(readRequiredText(read, 'code', 'Code', hint));
	if (code === '') throw new InputProblem("'Code' is empty", hint);
	if (typeof read('code') === 'number' && code.length < USUAL_LENGTH) {
		note?.(
			'code',
			`'Code' arrived as a number and has only ${code.length} digit${code.length === 1 ? '' : 's'}: leading zeros may be lost. Pass the code on as text.`,
		);
	}
	return code;
}

/**
 * Reads the code to speak; undefined where JSMS is to make one ("Sending Voice Verification Code": 4-8 digits).
 * @throws InputProblem when it has other characters or another length
 */
export function readVoiceCode(option: Read): string | undefined {
	const value = option('code');
	if (isEmpty(value)) return undefined;
	// It stays text so that leading zeros survive.
	const code = typeof value === 'string' || typeof value === 'number' ? cleanCode(String(value)) : '';
	if (!/^\d{4,8}$/.test(code)) {
		throw new InputProblem(
			`'Code' must be a code of 4 to 8 digits, not ${kindOf(value)}`,
			"Use 4 to 8 digits in 'Code', or remove the option to let JSMS generate a code.",
		);
	}
	return code;
}

function cleanCode(text: string): string {
	return withoutInvisible(toHalfWidth(text)).replace(/[\s\-\u2010-\u2015\u2212]/g, '');
}
