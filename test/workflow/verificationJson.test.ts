import { call, enterNumber } from '../support/visitor';
import { NOBODY, useService } from './service';
import { logLines, startedBy, useVerification } from './verificationHost';

jest.mock('../../nodes/JSms/verification/formPace', () => ({ SHORTEST_VISIT_MS: 0 }));

/** The JSON protocol of the verification trigger, with each of its errors. */
const service = useService({ frequencyRules: 'off' });
const verification = useVerification(service);
const MOBILE = '13800000001';
const host: typeof verification.host = async (parameters = {}, options, baseUrl) =>
	await verification.host(
		{ ...parameters, options: { jsonApi: true, ...(parameters.options as object) } },
		options,
		baseUrl,
	);

/** Asks for a code and returns the token. */
async function tokenOf(url: string, mobile = MOBILE): Promise<string> {
	const { body } = await call(url, { mobile });
	return String(body.token);
}

describe('an app', () => {
	it('sends a number, gets a token, and verifies the number with it', async () => {
		const trigger = await host();
		const start = await call(trigger.url, { mobile: '+86 138 0000 0001' });
		expect([start.status, start.body]).toEqual([200, { token: expect.any(String) as string, retry_after: 60 }]);
		expect(start.headers.get('content-type')).toBe('application/json; charset=utf-8');
		const done = await call(trigger.url, { token: start.body.token, code: verification.lastCode() });
		expect([done.status, done.body]).toEqual([200, { verified: true }]);
		const [{ msg_id: msgId }] = service.sandbox.ledger;
		expect(startedBy(trigger)).toEqual([{ mobile: MOBILE, msg_id: msgId, verified_at: expect.any(String) as string }]);
	});

	it('may send the number as a JSON number', async () => {
		const { url } = await host();
		expect((await call(url, { mobile: 13800000001 })).status).toBe(200);
		expect(service.reached).toEqual([MOBILE]);
	});

	it('gets another code for its token after a minute, and one however often it asks', async () => {
		const trigger = await host();
		const token = await tokenOf(trigger.url);
		verification.pass(60);
		const again = await Promise.all([1, 2].map(async () => await call(trigger.url, { token })));
		expect(again.map(({ status, body }) => [status, body.retry_after])).toEqual(new Array(2).fill([200, 60]));
		expect(service.reached).toEqual([MOBILE, MOBILE]);
		await call(trigger.url, { token: again[1].body.token, code: verification.lastCode() });
		expect(trigger.executions).toHaveLength(1);
	});

	it('gets the item of the last node where the trigger waits for it', async () => {
		const trigger = await host(
			{ respond: 'lastNode' },
			{ finish: async ([[{ json }]]) => await Promise.resolve({ session: `for ${String(json.mobile)}` }) },
		);
		const token = await tokenOf(trigger.url);
		const done = await call(trigger.url, { token, code: verification.lastCode() });
		expect([done.status, done.body]).toEqual([200, { session: `for ${MOBILE}` }]);
	});

	it('is told when the workflow fails while it waits, and the code is used', async () => {
		const trigger = await host(
			{ respond: 'lastNode' },
			{ finish: async () => await Promise.reject(new Error('failed')) },
		);
		const token = await tokenOf(trigger.url);
		const code = verification.lastCode();
		expect((await call(trigger.url, { token, code })).status).toBe(500);
		expect((await call(trigger.url, { token, code })).body.error).toBe('used_code');
		expect(trigger.executions).toHaveLength(1);
	});

	it('gets messages in its own language', async () => {
		const { url } = await host();
		const { body } = await call(url, {}, { 'Accept-Language': 'zh-CN' });
		expect(body).toEqual({ error: 'missing_mobile', message: '请输入手机号。' });
	});

	it('gives further fields, of which only those of the trigger count', async () => {
		const moreFields = {
			field: [
				{ name: 'name', label: 'Your name', type: 'text', required: true },
				{ name: 'ref', label: '', type: 'fromUrl', required: false },
			],
		};
		const trigger = await host({ moreFields });
		expect((await call(trigger.url, { mobile: MOBILE })).body).toEqual({
			error: 'missing_field',
			message: 'Fill in "Your name".',
			field: 'name',
		});
		const { body } = await call(trigger.url, { mobile: MOBILE, fields: { name: 'Li', ref: '7', mobile: '1' } });
		await call(trigger.url, { token: body.token, code: verification.lastCode() });
		expect(startedBy(trigger)).toEqual([expect.objectContaining({ mobile: MOBILE, name: 'Li', ref: '7' })]);
	});
});

describe('an error', () => {
	const asked = async (body: unknown) => await call((await host()).url, body);

	it.each([
		['missing_mobile', 400, {}],
		['missing_mobile', 400, { mobile: '' }],
		['missing_mobile', 400, { mobile: null }],
		['invalid_mobile', 400, { mobile: '123' }],
		['invalid_mobile', 400, { mobile: '1'.repeat(100_000) }],
		['bad_request', 400, { mobile: ['13800000001'] }],
		['bad_request', 400, { mobile: { a: 1 } }],
		['bad_request', 400, { mobile: MOBILE, fields: [] }],
		['bad_request', 400, []],
		['bad_request', 400, 'null'],
		['bad_request', 400, '"text"'],
		['bad_request', 400, { token: 5 }],
		['bad_request', 400, { token: null, code: '123456' }],
		['start_again', 400, { token: '' }],
		['start_again', 400, { token: 'abc' }],
		['start_again', 400, { token: 'a'.repeat(200_000), code: '123456' }],
	])('is %s (%i) for %.60j', async (error, status, body) => {
		const response = await asked(body);
		expect([response.status, response.body.error]).toEqual([status, error]);
		expect(response.body.message).toMatch(/^[A-Z].+\.$/);
		expect(service.calls).toEqual([]);
	});

	it.each([
		['missing_code', 400, ''],
		['missing_code', 400, null],
		['bad_request', 400, 123456],
		['bad_request', 400, ['123456']],
	])('is %s (%i) for the code %j', async (error, status, code) => {
		const { url } = await host();
		const response = await call(url, { token: await tokenOf(url), code });
		expect([response.status, response.body.error]).toEqual([status, error]);
	});

	it('is not_found where the protocol is off', async () => {
		const { url } = await verification.host();
		const response = await call(url, { mobile: MOBILE });
		expect([response.status, response.body.error]).toEqual([404, 'not_found']);
	});

	it('is wrong_code with the tries that are left, then too_many_tries', async () => {
		const { url } = await host({ options: { triesPerCode: 2 } });
		const token = await tokenOf(url);
		const errors: unknown[] = [];
		for (const index of [1, 2, 3]) {
			const { status, body } = await call(url, { token, code: verification.wrongCode(index) });
			errors.push([status, body.error, body.tries_left, body.retry_after]);
		}
		expect(errors).toEqual([
			[422, 'wrong_code', 1, undefined],
			[422, 'wrong_code', 0, undefined],
			[429, 'too_many_tries', undefined, 60],
		]);
		expect(logLines()).toEqual([
			"warn: Verify: checks no more codes for the last message to 138****0001: the limit 'Tries per Code' is reached",
		]);
	});

	it('is used_code for a code that has passed', async () => {
		const trigger = await host();
		const token = await tokenOf(trigger.url);
		await call(trigger.url, { token, code: verification.lastCode() });
		const again = await call(trigger.url, { token, code: verification.lastCode() });
		expect([again.status, again.body.error]).toEqual([409, 'used_code']);
		expect(trigger.executions).toHaveLength(1);
	});

	it('is expired_code for a code that is too old', async () => {
		const { url } = await host();
		const token = await tokenOf(url);
		verification.pass(301);
		const late = await call(url, { token, code: verification.lastCode() });
		expect([late.status, late.body.error]).toEqual([410, 'expired_code']);
	});

	it('is too_soon with the seconds to wait, also in the header', async () => {
		const { url } = await host();
		await tokenOf(url);
		const early = await call(url, { mobile: MOBILE });
		expect([early.status, early.body.error, early.body.retry_after]).toEqual([429, 'too_soon', 60]);
		expect(early.headers.get('retry-after')).toBe('60');
	});

	it('is too_many_codes when a number has had its codes of the day', async () => {
		const { url } = await host({ options: { codesPerNumberAndDay: 2, resendAfter: 1 } });
		for (let count = 0; count < 2; count += 1) {
			await tokenOf(url);
			verification.pass(1);
		}
		const late = await call(url, { mobile: MOBILE });
		expect([late.status, late.body.error]).toEqual([429, 'too_many_codes']);
		expect(late.body.retry_after).toBe(86_398);
		expect(late.body.message).toBe('Too many codes were requested. Try again in 24 hours.');
	});

	it('is busy when all codes of the hour are used up', async () => {
		const { url } = await host({ options: { codesPerHour: 1 } });
		await tokenOf(url);
		const next = await call(url, { mobile: '13800000002' });
		expect([next.status, next.body.error, next.body.retry_after]).toEqual([429, 'busy', 3600]);
	});

	it('is not_sent when JSMS cannot be reached', async () => {
		const { url } = await host({}, {}, NOBODY);
		const response = await call(url, { mobile: MOBILE });
		expect([response.status, response.body.error]).toEqual([502, 'not_sent']);
	});

	it('is maybe_sent without a response of JSMS, with a token for another code', async () => {
		const { url } = await host();
		service.sandbox.fault({ kind: 'resetAfter', path: '/v1/codes' });
		const unknown = await call(url, { mobile: MOBILE });
		expect([unknown.status, unknown.body.error, unknown.body.retry_after]).toEqual([502, 'maybe_sent', 60]);
		const { token } = unknown.body;
		const check = await call(url, { token, code: verification.lastCode() });
		expect([check.status, check.body.error]).toEqual([502, 'maybe_sent']);
		verification.pass(60);
		expect((await call(url, { token })).status).toBe(200);
		expect(service.reached).toEqual([MOBILE, MOBILE]);
	});

	it('is not_checked when JSMS does not respond to the check', async () => {
		const { url } = await host();
		const token = await tokenOf(url);
		service.sandbox.fault(new Array(3).fill({ kind: 'answer', status: 500, code: 50019, path: '/v1/codes/*/valid' }));
		const response = await call(url, { token, code: verification.lastCode() });
		expect([response.status, response.body.error]).toEqual([502, 'not_checked']);
		expect((await call(url, { token, code: verification.lastCode() })).body).toEqual({ verified: true });
	});

	it('is start_again for the token of another step, and for one that is too old', async () => {
		const { url } = await host();
		const token = await tokenOf(url);
		const page = await enterNumber(url, '13800000002');
		expect(page.forms[0].visit).toBeDefined();
		verification.pass(3600);
		const late = await call(url, { token, code: '123456' });
		expect([late.status, late.body.error]).toEqual([400, 'start_again']);
	});
});

describe('a website', () => {
	const options = { allowedOrigins: 'https://www.example.com, http://localhost:5173' };

	it.each(['https://www.example.com', 'http://localhost:5173'])(
		'that is listed may read responses: %s',
		async (origin) => {
			const { url } = await host({ options });
			const response = await call(url, { mobile: MOBILE }, { Origin: origin });
			expect(response.status).toBe(200);
			expect(response.headers.get('access-control-allow-origin')).toBe(origin);
			expect(response.headers.get('vary')).toContain('Origin');
		},
	);

	it.each(['https://evil.example.com', 'https://www.example.com.evil.example', 'null', 'https://www.example.com:444'])(
		'that is not listed is refused, and cannot read why: %s',
		async (origin) => {
			const { url } = await host({ options });
			const response = await call(url, { mobile: MOBILE }, { Origin: origin });
			expect([response.status, response.body.error]).toEqual([403, 'forbidden']);
			expect(response.headers.get('access-control-allow-origin')).toBeNull();
			expect(service.calls).toEqual([]);
		},
	);

	it('on the origin of n8n itself needs no entry', async () => {
		const { url } = await host();
		expect((await call(url, { mobile: MOBILE }, { Origin: new URL(url).origin })).status).toBe(200);
	});

	it('that is listed may read the last response, too', async () => {
		const { url } = await host({ options });
		const headers = { Origin: 'https://www.example.com' };
		const { body } = await call(url, { mobile: MOBILE }, headers);
		const done = await call(url, { token: body.token, code: verification.lastCode() }, headers);
		expect(done.body).toEqual({ verified: true });
		expect(done.headers.get('access-control-allow-origin')).toBe('https://www.example.com');
	});
});
