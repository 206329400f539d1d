import { single } from './operation';

const refusal = (message: string, hint: string) => ({ name: 'InputProblem', message, hint });
const mobile = '13812345678';

describe('sendText', () => {
	const { operation, requestOf, itemsOf } = single('verificationCode', 'sendText');

	it('sends a number and a template, with the signature where one is chosen', async () => {
		expect(await requestOf({ mobile, templateId: 1 })).toStrictEqual({
			method: 'POST',
			path: '/codes',
			body: { mobile, temp_id: 1 },
		});
		expect((await requestOf({ mobile, templateId: 1 }, { signatureId: 5 })).body).toEqual({
			mobile,
			temp_id: 1,
			sign_id: 5,
		});
		expect([operation.effect, operation.sends, operation.usesTemplate]).toEqual(['once', true, undefined]);
	});

	it('gives the ID by which the code is checked, as text', () => {
		expect(itemsOf({ msg_id: 5 }, { body: { mobile, temp_id: 1 } })).toEqual([{ msg_id: '5', mobile, temp_id: 1 }]);
		expect(itemsOf({ msg_id: 5 })).toEqual([{ msg_id: '5', mobile: undefined, temp_id: undefined }]);
		expect([itemsOf({}), itemsOf([]), itemsOf(null)]).toEqual(new Array(3).fill(undefined));
	});
});

describe('sendVoice', () => {
	const { operation, requestOf, itemsOf } = single('verificationCode', 'sendVoice');
	const bodyOf = async (options: Record<string, unknown>) => (await requestOf({ mobile }, options)).body;

	it('sends a number, and what was chosen', async () => {
		expect(await requestOf({ mobile })).toStrictEqual({ method: 'POST', path: '/voice_codes', body: { mobile } });
		expect(await bodyOf({ code: '', language: '', ttl: null })).toStrictEqual({ mobile });
		expect(await bodyOf({ code: ' 039482 ', language: 2, ttl: '86400' })).toStrictEqual({
			mobile,
			code: '039482',
			voice_lang: 2,
			ttl: 86400,
		});
		expect(await bodyOf({ code: 1234, language: 0, ttl: 1 })).toStrictEqual({
			mobile,
			code: '1234',
			voice_lang: 0,
			ttl: 1,
		});
		expect(await bodyOf({ code: '12345678' })).toMatchObject({ code: '12345678' });
		expect([operation.effect, operation.sends]).toEqual(['once', true]);
	});

	it.each([
		['123', "the text '123'"],
		['123456789', "the text '123456789'"],
		['12 3', "the text '12 3'"],
		['12a4', "the text '12a4'"],
		[true, 'the boolean true'],
		[['1234'], 'a list'],
	])('refuses the code %j', async (code, kind) => {
		await expect(requestOf({ mobile }, { code })).rejects.toMatchObject(
			refusal(
				`'Code' must be a code of 4 to 8 digits, not ${kind}`,
				"Use 4 to 8 digits in 'Code', or remove the option to let JSMS generate a code.",
			),
		);
	});

	it.each([
		[
			{ language: -1 },
			"'Language' must be a whole number from 0 to 2, not the number -1",
			"Choose one of the languages in 'Language'.",
		],
		[
			{ language: 3 },
			"'Language' must be a whole number from 0 to 2, not the number 3",
			"Choose one of the languages in 'Language'.",
		],
		[
			{ ttl: 0 },
			"'Validity Period' must be a whole number from 1 to 86400, not the number 0",
			"Set 'Validity Period' to 1 to 86400 seconds.",
		],
		[
			{ ttl: 86401 },
			"'Validity Period' must be a whole number from 1 to 86400, not the number 86401",
			"Set 'Validity Period' to 1 to 86400 seconds.",
		],
	])('refuses %j', async (options, message, hint) => {
		await expect(requestOf({ mobile }, options)).rejects.toMatchObject(refusal(message, hint));
	});

	it('gives the ID by which the code is checked, as text', () => {
		expect(itemsOf({ msg_id: 5 }, { body: { mobile } })).toEqual([{ msg_id: '5', mobile }]);
		expect(itemsOf({ msg_id: 5 })).toEqual([{ msg_id: '5', mobile: undefined }]);
		expect([itemsOf({}), itemsOf([]), itemsOf(null)]).toEqual(new Array(3).fill(undefined));
	});
});

describe('verify', () => {
	const { operation, requestOf, itemsOf } = single('verificationCode', 'verify');
	const request = { path: '/codes/a%2Fb/valid' };

	it('asks whether a code belongs to a message, once', async () => {
		expect(await requestOf({ messageId: ' a/b ', code: ' 039482 ' })).toEqual({
			method: 'POST',
			path: '/codes/a%2Fb/valid',
			body: { code: '039482' },
		});
		expect(await requestOf({ messageId: 5, code: 6 })).toMatchObject({ path: '/codes/5/valid', body: { code: '6' } });
		expect(await requestOf({ messageId: 'a.', code: '.6' })).toMatchObject({
			path: '/codes/a./valid',
			body: { code: '.6' },
		});
		expect([operation.effect, operation.sends]).toEqual(['once', undefined]);
	});

	const idHint = 'Use the msg_id that sending the code returned.';
	const codeHint = 'Give the code that the person entered, as text so that leading zeros stay.';
	it.each([
		[{ messageId: '' }, "'Message ID' is empty", idHint],
		[{ messageId: ['5'] }, "'Message ID' holds a list instead of a text", idHint],
		[{ messageId: '..' }, "'Message ID' is the text '..'", idHint],
		[{ code: ' ' }, "'Code' is empty", codeHint],
		[{ code: true }, "'Code' holds the boolean true instead of a text", codeHint],
		[{ code: ' - ' }, "'Code' is empty", codeHint],
		[
			{ messageId: 'cut\ud83d' },
			"'Message ID' contains a broken character, probably because the text was cut off",
			idHint,
		],
	])('refuses %j', async (fields, message, hint) => {
		await expect(requestOf({ messageId: '5', code: '6', ...fields })).rejects.toMatchObject(refusal(message, hint));
	});

	it('gives what JSMS says about the code', () => {
		expect(itemsOf({ is_valid: true }, request)).toEqual([{ is_valid: true, msg_id: 'a/b' }]);
		expect(itemsOf({ is_valid: false }, request)).toEqual([{ is_valid: false, msg_id: 'a/b' }]);
		expect([itemsOf({ is_valid: 'true' }, request), itemsOf([], request), itemsOf(null, request)]).toEqual(
			new Array(3).fill(undefined),
		);
	});

	it.each([
		[50010, 'invalid'],
		[50011, 'expired'],
		[50012, 'alreadyVerified'],
		[50026, 'unknownMessage'],
	])('takes code %d for an answer, too: %s', (code, reason) => {
		const refused = { code, message: 'no', hint: '', scope: 'item' as never, safeToRetry: false, splittable: false };
		expect(operation.refusalToItems?.(refused, { method: 'POST', ...request })).toEqual([
			{ is_valid: false, msg_id: 'a/b', error_code: code, error_message: 'no', reason },
		]);
	});

	it.each([50002, undefined])('takes code %j for a real refusal', (code) => {
		const refused = { code, message: 'no', hint: '', scope: 'item' as never, safeToRetry: false, splittable: false };
		expect(operation.refusalToItems?.(refused, { method: 'POST', ...request })).toBeUndefined();
	});
});
