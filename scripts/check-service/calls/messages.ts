import { PLAUSIBLE_NUMBER, UNKNOWN_ID, UNKNOWN_MESSAGE, type Call } from '../call';

/** Codes and single messages: numbers with a template that does not exist, and codes that nobody got. */

const NUMBERS: Array<[id: string, title: string, mobile: unknown]> = [
	['plain', '11 digits', PLAUSIBLE_NUMBER],
	['as-number', 'a JSON number', Number(PLAUSIBLE_NUMBER)],
	['plus-86', '+86 before it', `+86${PLAUSIBLE_NUMBER}`],
	['86', '86 before it', `86${PLAUSIBLE_NUMBER}`],
	['0086', '0086 before it', `0086${PLAUSIBLE_NUMBER}`],
	['spaces', 'with spaces', '138 0000 0000'],
	['hong-kong', 'a number of Hong Kong', '+85261234567'],
	['two', 'two numbers in one text', `${PLAUSIBLE_NUMBER},13900000000`],
	['letters', 'letters', 'abc'],
	['short', 'one digit', '1'],
	['empty-text', 'an empty text', ''],
	['null', 'null', null],
	['a-list', 'a list', [PLAUSIBLE_NUMBER]],
];

const message = (id: string, title: string, body: Record<string, unknown>, path = '/messages'): Call => ({
	id,
	title: `POST ${path}: ${title}`,
	method: 'POST',
	path,
	body,
});

const verify = (id: string, title: string, body: unknown): Call => ({
	id,
	title: `Verify an unknown msg_id: ${title}`,
	method: 'POST',
	path: `/codes/${UNKNOWN_MESSAGE}/valid`,
	body,
});

export const MESSAGES: readonly Call[] = [
	...NUMBERS.map(([id, title, mobile]) =>
		message(`number-${id}`, `unknown template, number: ${title}`, { mobile, temp_id: UNKNOWN_ID }),
	),
	message('no-template', 'no temp_id', { mobile: PLAUSIBLE_NUMBER }),
	message('no-template-code', 'no temp_id', { mobile: PLAUSIBLE_NUMBER }, '/codes'),
	message('no-number', 'no mobile', { temp_id: UNKNOWN_ID }),
	message('template-text', 'temp_id is a word', { mobile: PLAUSIBLE_NUMBER, temp_id: 'x' }),
	message('template-digits', 'unknown temp_id as text', { mobile: PLAUSIBLE_NUMBER, temp_id: String(UNKNOWN_ID) }),
	message('unknown-template-code', 'unknown template', { mobile: PLAUSIBLE_NUMBER, temp_id: UNKNOWN_ID }, '/codes'),
	message('empty-sign', 'unknown template, sign_id: ""', {
		mobile: PLAUSIBLE_NUMBER,
		temp_id: UNKNOWN_ID,
		sign_id: '',
	}),
	message('voice-short', 'number of one digit', { mobile: '1' }, '/voice_codes'),
	message('voice-empty-code', 'number of one digit, code: ""', { mobile: '1', code: '' }, '/voice_codes'),
	verify('verify', 'a code of six digits', { code: '000000' }),
	verify('verify-no-code', 'no code', {}),
	verify('verify-empty-code', 'code: ""', { code: '' }),
	verify('verify-empty', 'empty body', ''),
];
