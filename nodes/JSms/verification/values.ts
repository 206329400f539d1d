import { isEmpty } from '../model/inputProblem';
import { toMobile, withoutInvisible, toHalfWidth } from '../fields/mobile';
import type { MoreField } from '../fields/verificationSettings';
import type { Problem } from './problems';

/** What visitors and callers enter, checked before anything is sent. */

const MAX_VALUE = 500;

/** Longer than any number that people write with spaces and country code. */
const MAX_NUMBER = 64;

/**
 * Reads the mobile number: eleven digits of mainland China, however they are written.
 * @param value what was entered; a number of JSON as well
 */
export function readVisitorMobile(value: unknown): string | Problem {
	if (isEmpty(value)) return { error: 'missing_mobile' };
	if (typeof value !== 'string' && typeof value !== 'number') return { error: 'bad_request', field: 'mobile' };
	if (String(value).length > MAX_NUMBER) return { error: 'invalid_mobile' };
	try {
		const mobile = toMobile(value, "'mobile'");
		return /^1[3-9]\d{9}$/.test(mobile) ? mobile : { error: 'invalid_mobile' };
	} catch {
		return { error: 'invalid_mobile' };
	}
}

/**
 * Reads the code. Only texts: a number of JSON has lost the zeros in front.
 * @returns undefined for what cannot be a code, so that nobody needs to be asked ("Sending Voice Verification Code": 4 to 8 digits)
 */
export function readVisitorCode(value: unknown): { code: string | undefined } | Problem {
	if (isEmpty(value)) return { error: 'missing_code' };
	if (typeof value !== 'string') return { error: 'bad_request', field: 'code' };
	const code = withoutInvisible(toHalfWidth(value.slice(0, MAX_NUMBER))).replace(/[\s\-\u2010-\u2015\u2212]/g, '');
	return { code: value.length <= MAX_NUMBER && /^\d{4,8}$/.test(code) ? code : undefined };
}

/**
 * Reads the further fields.
 * @param read gives what came under the name of a field
 */
export function readValues(
	fields: readonly MoreField[],
	read: (field: MoreField) => unknown,
): { values: Record<string, string> } | Problem {
	const values: Array<[string, string]> = [];
	for (const field of fields) {
		const given = read(field);
		if (!isEmpty(given) && typeof given !== 'string') return { error: 'bad_request', field: field.name };
		const value = isEmpty(given) ? '' : given.trim();
		if (value === '' && field.required) return { error: 'missing_field', field: field.name };
		if (value.length > MAX_VALUE) return { error: 'bad_request', field: field.name, reason: 'tooLong' };
		if (value !== '' && field.type === 'email' && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value)) {
			return { error: 'bad_request', field: field.name, reason: 'noEmail' };
		}
		values.push([field.name, value]);
	}
	return { values: Object.fromEntries(values) };
}
