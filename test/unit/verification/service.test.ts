import type { HttpContext } from '../../../nodes/JSms/api/request';
import { serviceOf } from '../../../nodes/JSms/verification/service';
import { readValues, readVisitorCode, readVisitorMobile } from '../../../nodes/JSms/verification/values';

/** What the responses of JSMS mean for a visitor, and what visitors may enter. */
type Response = { statusCode: number; body: string } | Error;

const refusal = (code: number): Response => ({
	statusCode: 403,
	body: JSON.stringify({ error: { code, message: 'no' } }),
});
const lost = Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' });
const noConnection = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
const valid: Response = { statusCode: 200, body: '{"is_valid":true}' };

/** A service that gives these responses, the last one again and again. */
function service(...responses: Response[]) {
	const left = [...responses];
	const asked: string[] = [];
	const context = {
		helpers: {
			httpRequestWithAuthentication: async (_: string, { url }: { url: string }) => {
				asked.push(url);
				const next = left.length > 1 ? (left.shift() ?? left[0]) : left[0];
				if (next instanceof Error) throw next;
				return await Promise.resolve({ headers: {}, ...next });
			},
		},
	} as unknown as HttpContext;
	const client = { credential: 'jSmsApi', baseUrl: 'https://jsms.example.com/v1', timeout: 1000 };
	return { asked, ...serviceOf(context, client, { templateId: 1 }) };
}

describe('a code', () => {
	it.each([
		['was sent', { statusCode: 200, body: '{"msg_id":700100200300}' }, { result: 'sent', msgId: '700100200300' }],
		['may have been sent: no ID', { statusCode: 200, body: '{}' }, { result: 'maybeSent' }],
		['may have been sent: no response', lost, { result: 'maybeSent' }],
		['may have been sent: a fault', { statusCode: 500, body: '' }, { result: 'maybeSent' }],
		[
			'was refused',
			refusal(50014),
			{ result: 'notSent', code: 50014, reason: 'The SMS balance is used up (50014 no)' },
		],
	] as Array<[string, Response, object]>)('%s', async (_, response, result) => {
		const one = service(response);
		expect(await one.send('13800000001')).toMatchObject(result);
		expect(one.asked).toEqual(['https://jsms.example.com/v1/codes']);
	});
});

describe('a check', () => {
	it.each([
		['valid', [valid], false, 1],
		['wrong', [{ statusCode: 200, body: '{"is_valid":false}' }], false, 1],
		['wrong', [refusal(50010)], false, 1],
		['expired', [refusal(50011)], false, 1],
		['expired', [refusal(50026)], false, 1],
		['used', [refusal(50012)], false, 1],
		['valid', [refusal(50012)], true, 1],
		['valid', [lost, refusal(50012)], false, 2],
		['wrong', [lost, refusal(50010)], false, 2],
		['unknown', [lost], false, 3],
		['unknown', [{ statusCode: 200, body: '{}' }], false, 3],
		['notAttempted', [refusal(50002)], false, 1],
		['notAttempted', [noConnection], false, 3],
		['unknown', [lost, noConnection], false, 4],
		['unknown', [noConnection], true, 3],
	] as Array<[string, Response[], boolean, number]>)(
		'is %s after %j (an earlier one was lost: %s), %i requests',
		async (verdict, responses, earlier, requests) => {
			const one = service(...responses);
			expect(await one.check('a/b', '123456', earlier)).toMatchObject({ verdict });
			expect(one.asked).toEqual(new Array(requests).fill('https://jsms.example.com/v1/codes/a%2Fb/valid'));
		},
	);
});

describe('what is entered', () => {
	it.each([
		['13800000001', '13800000001'],
		[13800000001, '13800000001'],
		[' +86 138-0000-0001 ', '13800000001'],
		['', { error: 'missing_mobile' }],
		[undefined, { error: 'missing_mobile' }],
		[true, { error: 'bad_request', field: 'mobile' }],
		['12800000001', { error: 'invalid_mobile' }],
		['13800000001'.padEnd(70), { error: 'invalid_mobile' }],
	])('as number: %j gives %j', (value, result) => {
		expect(readVisitorMobile(value)).toEqual(result);
	});

	it.each([
		['123456', { code: '123456' }],
		[' 12\u200b34-56 ', { code: '123456' }],
		['123', { code: undefined }],
		['123456789', { code: undefined }],
		['123456'.padEnd(100), { code: undefined }],
		['', { error: 'missing_code' }],
		[123456, { error: 'bad_request', field: 'code' }],
	])('as code: %j gives %j', (value, result) => {
		expect(readVisitorCode(value)).toEqual(result);
	});

	it('as further fields: exactly 500 characters are not too many', () => {
		const field = { name: 'a', label: 'A', type: 'text' as const, required: true };
		const read = (value: unknown) => readValues([field], () => value);
		expect(read('x'.repeat(500))).toEqual({ values: { a: 'x'.repeat(500) } });
		expect(read('x'.repeat(501))).toEqual({ error: 'bad_request', field: 'a', reason: 'tooLong' });
		expect([read(' '), read(5)]).toEqual([
			{ error: 'missing_field', field: 'a' },
			{ error: 'bad_request', field: 'a' },
		]);
	});
});
