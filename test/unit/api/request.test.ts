import nock from 'nock';
import { sleep } from 'n8n-workflow';

import { sendRequest, type HttpContext } from '../../../nodes/JSms/api/request';
import type { ApiRequest } from '../../../nodes/JSms/model/request';
import { BASE_URL, BASIC, call } from './caller';

const HOST = 'https://jsms.example.com';
const SEND: ApiRequest = {
	method: 'POST',
	path: '/messages',
	body: { mobile: '13812345678', temp_id: 1250, temp_para: { name: '王芳' } },
};
const READ: ApiRequest = { method: 'GET', path: '/templates/1250' };
const acting = { effect: 'once' as const };
const reading = { effect: 'idempotent' as const };

beforeAll(() => nock.disableNetConnect());
beforeEach(() => {
	// Pauses between tries are drawn at random; their length is not the matter here.
	jest.spyOn(Math, 'random').mockReturnValue(0);
});
afterEach(() => {
	jest.restoreAllMocks();
	nock.cleanAll();
	// Answers that are still to come, in tests that do not wait for them.
	nock.abortPendingRequests();
});
afterAll(() => {
	nock.enableNetConnect();
	nock.restore();
});

/** Answers every request of a kind in the same way and counts them. */
function answering(method: 'GET' | 'POST', path: string, reply: (interceptor: nock.Interceptor) => nock.Scope) {
	let count = 0;
	const scope = nock(HOST).persist();
	reply(scope.intercept(path, method));
	scope.on('request', () => (count += 1));
	return { count: () => count };
}

const failure = (message: string, code: string) => Object.assign(new Error(message), { code });

const refusal = { error: { code: 50002, message: 'auth failed' } };

describe('one request', () => {
	it('carries the keys, the JSON and its type, byte for byte', async () => {
		const seen: { headers?: Record<string, string>; body?: string } = {};
		nock(HOST)
			.filteringRequestBody((body) => {
				seen.body = body;
				return '*';
			})
			.post('/v1/messages', '*')
			.reply(200, function () {
				seen.headers = this.req.headers as unknown as Record<string, string>;
				return { msg_id: 700100200300 };
			});
		expect(await call(SEND)).toEqual({ class: 'accepted', body: { msg_id: 700100200300 } });
		expect(seen.body).toBe('{"mobile":"13812345678","temp_id":1250,"temp_para":{"name":"王芳"}}');
		expect(seen.headers).toMatchObject({
			authorization: BASIC,
			'content-type': 'application/json',
			accept: 'application/json',
		});
	});

	it('has no content type where it has no body', async () => {
		let headers: Record<string, unknown> = {};
		nock(HOST)
			.get('/v1/templates/1250')
			.reply(200, function () {
				headers = this.req.headers as unknown as Record<string, unknown>;
				return { temp_id: 1250 };
			});
		await call(READ, { policy: reading });
		expect(headers).toMatchObject({ authorization: BASIC });
		expect(headers).not.toHaveProperty('content-type');
	});

	it('is sent once although it is answered with 401', async () => {
		const { count } = answering('POST', '/v1/messages', (one) => one.reply(401, refusal));
		expect(await call(SEND)).toMatchObject({ class: 'refused', code: 50002, httpStatus: 401, scope: 'application' });
		expect(count()).toBe(1);
	});

	it.each([301, 302, 303, 307, 308])(
		'does not follow a redirect (%d), so that the keys reach no other host',
		async (status) => {
			const { count } = answering('POST', '/v1/messages', (one) =>
				one.reply(status, '', { Location: 'https://other.example.com/v1/messages' }),
			);
			const other = nock('https://other.example.com').post('/v1/messages').reply(200, { msg_id: 1 });
			const get = nock('https://other.example.com').get('/v1/messages').reply(200, { msg_id: 1 });
			expect(await call(SEND)).toMatchObject({ class: 'unknown', httpStatus: status });
			expect([count(), other.isDone(), get.isDone()]).toEqual([1, false, false]);
		},
	);

	it('keeps the digits of an id beyond 2^53', async () => {
		answering('POST', '/v1/messages', (one) => one.reply(200, '{"msg_id":9007199254740993123}'));
		expect(await call(SEND)).toEqual({ class: 'accepted', body: { msg_id: '9007199254740993123' } });
	});

	it('reads an answer that is packed', async () => {
		const packed = Buffer.from('H4sIAAAAAAACA6tWyi1Oj89MUbJSMleqBQAWz5JbDgAAAA==', 'base64');
		answering('POST', '/v1/messages', (one) =>
			one.reply(200, packed, { 'Content-Encoding': 'gzip', 'Content-Type': 'application/json' }),
		);
		expect(await call(SEND)).toEqual({ class: 'accepted', body: { msg_id: '7' } });
	});

	it('gives up on an answer of more than 16 MB instead of keeping it in memory', async () => {
		answering('POST', '/v1/messages', (one) =>
			one.reply(200, `{"padding":"${'x'.repeat(17 * 1024 * 1024)}","msg_id":1}`),
		);
		expect(await call(SEND, { timeout: 10_000 })).toMatchObject({ class: 'unknown', httpStatus: 200 });
	});
});

describe('a delete', () => {
	type Reply = (one: nock.Interceptor) => nock.Scope;
	const removeAt = async (path: string, mayBeDone: boolean, ...replies: Reply[]) => {
		for (const reply of replies) reply(nock(HOST).delete(`/v1${path}`));
		return await call({ method: 'DELETE', path }, { policy: { effect: 'delete', expects: 'empty', mayBeDone } });
	};
	const remove = async (...replies: Reply[]) => await removeAt('/schedule/abc', false, ...replies);
	const broken = (one: nock.Interceptor) => one.reply(502, '<html>');
	const refused = (code: number) => (one: nock.Interceptor) => one.reply(403, { error: { code, message: 'words' } });

	it.each([
		['/schedule/abc', 50028],
		['/templates/1', 50013],
		['/sign/1', 50102],
	])('of %s that worked unseen is known by the refusal of the next try (%d)', async (path, code) => {
		const done = { class: 'accepted', body: undefined };
		expect(await removeAt(path, false, broken, refused(code))).toEqual(done);
		expect(await removeAt(path, true, refused(code))).toEqual(done);
		expect(await removeAt(path, false, refused(code))).toMatchObject({ class: 'refused', code });
		// What another kind of thing is refused for says nothing of this one.
		for (const other of [50028, 50013, 50102].filter((one) => one !== code)) {
			expect(await removeAt(path, true, refused(other))).toMatchObject({ class: 'unknown' });
		}
	});

	it('of a schedule that has ended worked within one request, and may have come too late after another try', async () => {
		expect(await remove(broken, refused(50029))).toEqual({ class: 'accepted', body: undefined });
		expect(await removeAt('/schedule/abc', true, broken, refused(50029))).toMatchObject({ class: 'unknown' });
		expect(await removeAt('/schedule/abc', true, refused(50029))).toEqual({
			class: 'unknown',
			message: 'This attempt failed, but an earlier attempt of this execution may have worked',
			hint: expect.any(String) as string,
		});
	});

	it('is unknown when later tries prove nothing about the first', async () => {
		expect(await remove(broken, refused(50002))).toMatchObject({ class: 'unknown', httpStatus: 502 });
		expect(await remove(broken, (one) => one.reply(429, 'slow'), refused(50105))).toMatchObject({ class: 'unknown' });
		const tooMany = (one: nock.Interceptor) => one.reply(429, 'slow');
		expect(await remove(broken, tooMany, tooMany)).toMatchObject({ class: 'unknown', httpStatus: 502 });
	});

	it('is done when a later try does it', async () => {
		expect(await remove(broken, broken, (one) => one.reply(200, ''))).toEqual({ class: 'accepted', body: undefined });
		expect(nock.isDone()).toBe(true);
	});
});

describe('a send', () => {
	it.each([
		[
			'HTTP 500 with the envelope of the service',
			(one: nock.Interceptor) => one.reply(500, { error: { code: 50019, message: 'server error' } }),
		],
		['HTTP 502 of a proxy', (one: nock.Interceptor) => one.reply(502, '<html>')],
		['HTTP 200 that is no JSON', (one: nock.Interceptor) => one.reply(200, '<html>')],
		['no answer in time', (one: nock.Interceptor) => one.delay(5000).reply(200, { msg_id: 1 }), true],
	])('is never tried again after %s', async (_, reply, late = false) => {
		const { count } = answering('POST', '/v1/messages', reply);
		expect(await call(SEND, { timeout: late ? 1500 : 20_000, policy: acting })).toMatchObject({ class: 'unknown' });
		expect(count()).toBe(1);
	});

	it.each([
		['a reset', 'read ECONNRESET', 'ECONNRESET'],
		['a hang-up', 'socket hang up', 'ECONNRESET'],
		['a broken pipe', 'write EPIPE', 'EPIPE'],
	])('is never tried again after %s', async (_, message, code) => {
		const failures = [failure(message, code), failure(message, code)];
		expect(await call(SEND, { policy: acting, failures })).toMatchObject({ class: 'unknown' });
		expect(failures).toHaveLength(1);
	});

	it.each(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'])(
		'is tried three times when no connection was made (%s)',
		async (code) => {
			const failures = Array.from({ length: 4 }, () => failure(`connect ${code}`, code));
			expect(await call(SEND, { failures })).toMatchObject({
				class: 'notAttempted',
				message: expect.stringMatching(`^n8n could not .+ \\(${code}\\)$`) as string,
			});
			expect(failures).toHaveLength(1);
		},
	);

	it('goes through when the second connection is made', async () => {
		nock(HOST).post('/v1/messages').reply(200, { msg_id: '7' });
		const failures = [failure('connect ECONNREFUSED', 'ECONNREFUSED')];
		expect(await call(SEND, { failures })).toEqual({ class: 'accepted', body: { msg_id: '7' } });
	});

	it('is not tried again after a refusal', async () => {
		const { count } = answering('POST', '/v1/messages', (one) =>
			one.reply(403, { error: { code: 50009, message: 'out of freq' } }),
		);
		expect(await call(SEND)).toMatchObject({ class: 'refused', code: 50009, safeToRetry: true });
		expect(count()).toBe(1);
	});
});

describe('a gateway that turns requests away (429)', () => {
	it('is asked again after the pause it wishes for', async () => {
		nock(HOST).post('/v1/messages').reply(429, 'Too Many Requests', { 'Retry-After': '1' });
		nock(HOST).post('/v1/messages').reply(200, { msg_id: '7' });
		const started = Date.now();
		expect(await call(SEND)).toEqual({ class: 'accepted', body: { msg_id: '7' } });
		expect(Date.now() - started).toBeGreaterThanOrEqual(950);
	});

	it('is asked three times at most', async () => {
		const { count } = answering('POST', '/v1/messages', (one) => one.reply(429, ''));
		expect(await call(SEND)).toMatchObject({ class: 'notAttempted' });
		expect(count()).toBe(3);
	});

	it.each([
		['in seconds', '60'],
		['as a date', new Date(Date.now() + 3_600_000).toUTCString()],
	])('is not waited for when it wishes for a long pause (%s)', async (_, retryAfter) => {
		const { count } = answering('POST', '/v1/messages', (one) => one.reply(429, '', { 'Retry-After': retryAfter }));
		const started = Date.now();
		expect(await call(SEND)).toMatchObject({ class: 'notAttempted' });
		expect(count()).toBe(1);
		expect(Date.now() - started).toBeLessThan(2000);
	});

	it('refuses for certain when it sends the envelope of the service', async () => {
		const { count } = answering('POST', '/v1/messages', (one) =>
			one.reply(429, { error: { code: 2002, message: 'rate limit' } }),
		);
		expect(await call(SEND)).toMatchObject({ class: 'refused', code: 2002, safeToRetry: true });
		expect(count()).toBe(1);
	});
});

describe('a read', () => {
	it('is tried again after a fault of the service', async () => {
		nock(HOST).get('/v1/templates/1250').reply(503, '<html>');
		nock(HOST).get('/v1/templates/1250').reply(200, { temp_id: 1250 });
		const failures = [failure('read ECONNRESET', 'ECONNRESET')];
		expect(await call(READ, { policy: reading, failures })).toEqual({ class: 'accepted', body: { temp_id: 1250 } });
	});

	it('is tried three times at most', async () => {
		const { count } = answering('GET', '/v1/templates/1250', (one) => one.reply(500, ''));
		expect(await call(READ, { policy: reading })).toMatchObject({ class: 'unknown' });
		expect(count()).toBe(3);
	});
});

describe('the timeout', () => {
	it('is not touched by an answer that comes at once', async () => {
		answering('POST', '/v1/messages', (one) => one.reply(200, { msg_id: 1 }));
		expect(await call(SEND, { timeout: 2000 })).toMatchObject({ class: 'accepted' });
	});

	it('ends a wait for the first byte', async () => {
		answering('POST', '/v1/messages', (one) => one.delay(5000).reply(200, { msg_id: 1 }));
		const started = Date.now();
		expect(await call(SEND, { timeout: 100 })).toMatchObject({ class: 'unknown' });
		expect(Date.now() - started).toBeLessThan(4000);
	});

	it('ends a wait for the last byte', async () => {
		answering('POST', '/v1/messages', (one) => one.delayBody(5000).reply(200, { msg_id: 1 }));
		const started = Date.now();
		expect(await call(SEND, { timeout: 100 })).toMatchObject({ class: 'unknown' });
		expect(Date.now() - started).toBeLessThan(4000);
	});
});

it('throws away an answer that comes after the deadline, so that its connection is closed', async () => {
	let destroyed = 0;
	const late = { [Symbol.asyncIterator]: () => ({ next: () => {} }), destroy: () => (destroyed += 1) };
	const context = {
		helpers: {
			httpRequestWithAuthentication: async () => {
				await sleep(60);
				return { statusCode: 200, headers: {}, body: late };
			},
		},
	} as unknown as HttpContext;
	const settings = { credential: 'jSmsApi', baseUrl: BASE_URL, timeout: 20 };
	expect(await sendRequest(context, settings, SEND, { effect: 'once' })).toMatchObject({ class: 'unknown' });
	await sleep(100);
	expect(destroyed).toBe(1);
});

it.each([undefined, {}, { statusCode: 200, body: 'text' }])(
	'lets a late answer without a stream go (%j)',
	async (late) => {
		const thrown: unknown[] = [];
		// A promise would make an unhandled rejection of what is thrown when it settles, and n8n may end by one.
		const call = {
			then: (settle: (value: unknown) => void) => {
				void sleep(60).then(() => {
					try {
						settle(late);
					} catch (error) {
						thrown.push(error);
					}
				});
			},
		};
		const context = { helpers: { httpRequestWithAuthentication: () => call } } as unknown as HttpContext;
		const settings = { credential: 'jSmsApi', baseUrl: BASE_URL, timeout: 20 };
		expect(await sendRequest(context, settings, SEND, { effect: 'once' })).toMatchObject({ class: 'unknown' });
		await sleep(100);
		expect(thrown).toEqual([]);
	},
);

it('tells no more about a failed connection than its code', async () => {
	const failures = Array.from({ length: 3 }, () =>
		failure(`connect ECONNREFUSED, Authorization: ${BASIC}`, 'ECONNREFUSED'),
	);
	const told = JSON.stringify(await call(SEND, { failures }));
	expect(told).toContain('ECONNREFUSED');
	expect(told).not.toContain(BASIC.slice(6));
	expect(told).not.toContain('13812345678');
});
