import type { IHttpRequestOptions } from 'n8n-workflow';

import type { Outcome } from '../../../nodes/JSms/model/outcome';
import { isCancelled, sendRequest, type HttpContext, type SendPolicy } from '../../../nodes/JSms/api/request';
import type { ApiRequest } from '../../../nodes/JSms/model/request';

/** What a request asks of n8n's HTTP client, and what it makes of whatever the client gives back. */

const SEND: ApiRequest = { method: 'POST', path: '/messages', body: { mobile: '13812345678' } };
const READ: ApiRequest = { method: 'GET', path: '/templates/1' };
const SETTINGS = { credential: 'jSmsApi', baseUrl: 'https://jsms.example.com/v1', timeout: 5000 };

type Reply = (options: IHttpRequestOptions, seenBy: HttpContext) => unknown;

/** A context whose client answers in turn; the last answer stays. Notes what it was asked for. */
function clientGiving(replies: Reply[], { signal }: { signal?: AbortSignal } = {}) {
	const asked: Array<{ credential: string; options: IHttpRequestOptions }> = [];
	const context = {
		helpers: {
			async httpRequestWithAuthentication(this: HttpContext, credential: string, options: IHttpRequestOptions) {
				asked.push({ credential, options });
				const reply = replies[Math.min(asked.length, replies.length) - 1];
				return await (reply(options, this) as Promise<unknown>);
			},
		},
		...(signal && { getExecutionCancelSignal: () => signal }),
	} as unknown as HttpContext;
	const send = async (request = SEND, policy: SendPolicy = { effect: 'once' }, timeout = SETTINGS.timeout) =>
		await sendRequest(context, { ...SETTINGS, timeout }, request, policy);
	return { asked, context, send };
}

const answering = (body: unknown, statusCode: unknown = 200, headers: unknown = {}): Reply => {
	return () => ({ statusCode, headers, body });
};
const failing = (error: unknown): Reply => {
	return async () => await Promise.reject(error as Error);
};
const ACCEPTED = answering('{"msg_id":"7"}');
const accepted: Outcome = { class: 'accepted', body: { msg_id: '7' } };

/** Runs with a clock that passes pauses at once; returns how long they were together, in milliseconds. */
async function pausedFor(work: () => Promise<unknown>, now = Date.now()): Promise<number> {
	jest.useFakeTimers({ now, doNotFake: ['nextTick', 'queueMicrotask'] });
	try {
		const done = work();
		await jest.runAllTimersAsync();
		await done;
		return Date.now() - now;
	} finally {
		jest.useRealTimers();
	}
}

afterEach(() => jest.restoreAllMocks());

describe('what n8n is asked for', () => {
	it('is one request as it is, with nothing done on its own account', async () => {
		const { asked, send } = clientGiving([ACCEPTED]);
		expect(await send()).toEqual(accepted);
		expect(asked).toEqual([
			{
				credential: 'jSmsApi',
				options: {
					method: 'POST',
					url: 'https://jsms.example.com/v1/messages',
					headers: { Accept: 'application/json', 'Content-Type': 'application/json' },
					body: Buffer.from('{"mobile":"13812345678"}'),
					timeout: 5000,
					encoding: 'stream',
					returnFullResponse: true,
					ignoreHttpStatusErrors: true,
					disableFollowRedirect: true,
					sendCredentialsOnCrossOriginRedirect: false,
				},
			},
		]);
	});

	it('has neither body nor content type for a read', async () => {
		const { asked, send } = clientGiving([ACCEPTED]);
		await send(READ, { effect: 'idempotent' });
		expect(asked[0].options).not.toHaveProperty('body');
		expect(asked[0].options.headers).toStrictEqual({ Accept: 'application/json' });
	});

	it('names the boundary of a form', async () => {
		const { asked, send } = clientGiving([ACCEPTED]);
		await send({ method: 'POST', path: '/sign', form: [{ field: 'sign', text: '示例' }] });
		const { headers, body } = asked[0].options;
		const type = String(headers?.['Content-Type']);
		expect(type).toMatch(/^multipart\/form-data; boundary=jsms-form-[0-9a-z]{24}$/);
		expect(String(body).startsWith(`--${type.split('boundary=')[1]}\r\n`)).toBe(true);
	});

	it('ends when the execution is cancelled', async () => {
		const stop = new AbortController();
		const aborted: Array<boolean | undefined> = [];
		const { send } = clientGiving(
			[
				async (_options, seenBy) => {
					const signal = seenBy.getExecutionCancelSignal?.();
					aborted.push(signal?.aborted);
					stop.abort();
					aborted.push(signal?.aborted);
					return { statusCode: 200, headers: {}, body: '{"msg_id":"7"}' };
				},
			],
			{ signal: stop.signal },
		);
		expect(await send()).toEqual(accepted);
		expect(aborted).toEqual([false, true]);
	});

	it('ends at the deadline, where nobody can cancel', async () => {
		let ended = false;
		const { send } = clientGiving([
			async (_options, seenBy) =>
				await new Promise((_, reject) => {
					seenBy.getExecutionCancelSignal?.()?.addEventListener('abort', () => {
						ended = true;
						reject(new Error('canceled'));
					});
				}),
		]);
		expect(await send(SEND, { effect: 'once' }, 20)).toMatchObject({
			class: 'unknown',
			message: 'JSMS did not respond in time (ETIMEDOUT)',
		});
		expect(ended).toBe(true);
	});
});

it.each([
	['accepted', ACCEPTED],
	['refused', answering('{"error":{"code":50013,"message":"invalid temp_id"}}', 403)],
])('a read that was %s is not made again', async (kind, reply) => {
	const { asked, send } = clientGiving([reply]);
	expect(await send(READ, { effect: 'idempotent' })).toMatchObject({ class: kind });
	expect(asked).toHaveLength(1);
});

describe('an answer', () => {
	it.each([undefined, null, 'text', []])('that is %j is none', async (response) => {
		const { send } = clientGiving([() => response]);
		expect(await send()).toMatchObject({
			class: 'unknown',
			message: 'The connection to JSMS dropped before a response arrived (NO_ANSWER)',
		});
	});

	it('may come as text, with its status as text, and without headers or body', async () => {
		expect(await clientGiving([answering('{"msg_id":"7"}', '200', undefined)]).send()).toEqual(accepted);
		expect(
			await clientGiving([answering(undefined, 200, null)]).send(SEND, { effect: 'once', expects: 'empty' }),
		).toEqual({
			class: 'accepted',
			body: undefined,
		});
		expect(await clientGiving([answering(null)]).send(SEND, { effect: 'once', expects: 'empty' })).toMatchObject({
			class: 'accepted',
		});
	});

	async function* stream(...chunks: Array<string | Uint8Array>) {
		yield* chunks;
	}
	/** A stream that says whether it was thrown away. */
	const body = (...chunks: Array<string | Uint8Array>) => {
		const destroyed = { times: 0 };
		return {
			destroyed,
			body: Object.assign(stream(...chunks), { destroy: () => (destroyed.times += 1) }),
		};
	};

	it('is put together from pieces, wherever they were cut, and its stream is closed', async () => {
		const bytes = Buffer.from('{"name":"王芳"}');
		const pieces = body('', bytes.subarray(0, 10), bytes.subarray(10));
		expect(await clientGiving([answering(pieces.body)]).send()).toEqual({ class: 'accepted', body: { name: '王芳' } });
		expect(pieces.destroyed.times).toBeGreaterThan(0);
	});

	it('is read up to 16 MB, and not beyond', async () => {
		const blank = (length: number) => Buffer.alloc(length, ' ');
		const largest = body('{"msg_id":"7"', blank(16 * 1024 * 1024 - 14), '}');
		expect(await clientGiving([answering(largest.body)]).send()).toEqual(accepted);
		const larger = body('{"msg_id":"7"', blank(16 * 1024 * 1024 - 13), '}');
		expect(await clientGiving([answering(larger.body)]).send()).toMatchObject({ class: 'unknown', httpStatus: 200 });
	});

	it('that is cut off at its last letter cannot be read', async () => {
		const cut = body(Buffer.from('{"name":"王').subarray(0, 11));
		expect(await clientGiving([answering(cut.body)]).send()).toMatchObject({ class: 'unknown', httpStatus: 200 });
	});
});

describe('the pause before another try', () => {
	const down = failing(Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' }));

	it.each([
		[0.5, 250 + 500],
		[1, 500 + 1000],
		[0, 0],
	])('grows, and is drawn at random (%d)', async (random, ms) => {
		jest.spyOn(Math, 'random').mockReturnValue(random);
		const { asked, send } = clientGiving([down]);
		expect(await pausedFor(send)).toBe(ms);
		expect(asked).toHaveLength(3);
	});

	const turnedAway = (retryAfter: unknown) => answering('', 429, { 'retry-after': retryAfter });

	it.each([
		['1', 1000],
		[' 5 ', 5000],
		['0', 0],
	])('is what a gateway wishes for (%j)', async (wish, ms) => {
		const { asked, send } = clientGiving([turnedAway(wish), ACCEPTED]);
		expect(await pausedFor(send)).toBe(ms);
		expect(asked).toHaveLength(2);
	});

	it('is as long as a gateway wishes for by date', async () => {
		const at = async (date: string) =>
			await pausedFor(clientGiving([turnedAway(date), ACCEPTED]).send, Date.parse('2026-11-26T08:00:00Z'));
		expect(await at('Thu, 26 Nov 2026 08:00:03 GMT')).toBe(3000);
		expect(await at('Thu, 26 Nov 2026 07:00:00 GMT')).toBe(0);
	});

	it.each(['6', 'Thu, 26 Nov 2099 08:00:00 GMT', 'Thu Nov 26 08:00:00 2099', '2099-11-26T08:00:00Z'])(
		'is not made where it would be long (%s)',
		async (wish) => {
			const { asked, send } = clientGiving([turnedAway(wish)]);
			expect(await pausedFor(send)).toBe(0);
			expect(asked).toHaveLength(1);
		},
	);

	it.each(['soon', '1x', '', 7, undefined])('is our own where the wish is no wish (%j)', async (wish) => {
		jest.spyOn(Math, 'random').mockReturnValue(0.2);
		const { asked, send } = clientGiving([turnedAway(wish), ACCEPTED]);
		expect(await pausedFor(send)).toBe(100);
		expect(asked).toHaveLength(2);
	});

	it('ends within 200 ms when the execution is cancelled, and so do the tries', async () => {
		jest.spyOn(Math, 'random').mockReturnValue(1);
		const stop = new AbortController();
		const { asked, send } = clientGiving([down], { signal: stop.signal });
		const cancelled = async () => {
			const sending = send();
			await jest.advanceTimersByTimeAsync(150);
			stop.abort();
			expect(await sending).toMatchObject({ class: 'notAttempted' });
		};
		expect(await pausedFor(cancelled)).toBe(200);
		expect(asked).toHaveLength(1);
	});

	it('is not made once the execution was canceled', async () => {
		const { asked, send } = clientGiving([down], { signal: AbortSignal.abort() });
		expect(await pausedFor(send)).toBe(0);
		expect(asked).toHaveLength(1);
	});
});

it('knows whether an execution was cancelled, also where n8n cannot say', () => {
	const context = (signal?: AbortSignal) => clientGiving([ACCEPTED], { signal }).context;
	expect([context(), context(new AbortController().signal), context(AbortSignal.abort())].map(isCancelled)).toEqual([
		false,
		false,
		true,
	]);
	expect(isCancelled({ ...context(), getExecutionCancelSignal: () => undefined })).toBe(false);
});

describe('a failure of the connection', () => {
	beforeEach(() => jest.spyOn(Math, 'random').mockReturnValue(0));

	const told = async (error: unknown) => {
		const outcome = await clientGiving([failing(error)]).send();
		return outcome.class === 'unknown' ? outcome.message.replace(/^.*arrived /, '') : outcome.class;
	};

	it('goes by the code of the system, wherever n8n has wrapped it', async () => {
		expect(await told({ code: 'EPIPE' })).toBe('(EPIPE)');
		expect(await told({ httpCode: 'EPIPE', code: 'OTHER' })).toBe('(EPIPE)');
		expect(await told({ httpCode: '500', code: 5, cause: { code: 'ECONNRESET' } })).toBe('(ECONNRESET)');
		expect(await told({ cause: { cause: { cause: { cause: { code: 'EPIPE' } } } } })).toBe('(EPIPE)');
		expect(await told({ code: 'E2BIG' })).toBe('(E2BIG)');
	});

	it.each([
		undefined,
		null,
		'EPIPE',
		5,
		{},
		{ code: 'not a code' },
		{ code: 'xEPIPE' },
		{ code: 'EPIPE!' },
		{ code: 'E' },
	])('has no name where nothing names it (%j)', async (error) => {
		expect(await told(error)).toBe('(UNKNOWN)');
	});

	it('does not go round in circles, nor deeper than four causes', async () => {
		const circle: Record<string, unknown> = { httpCode: null };
		circle.cause = circle;
		expect(await told(circle)).toBe('(UNKNOWN)');
		const deep = { cause: { cause: { cause: { cause: { cause: { code: 'EPIPE' } } } } } };
		expect(await told(deep)).toBe('(UNKNOWN)');
	});

	it('is recognised as one before sending by any of its words', async () => {
		const code = 'ETIMEDOUT';
		expect(await told({ code, message: 'connect ETIMEDOUT 10.0.0.1:443' })).toBe('notAttempted');
		expect(await told({ code, message: 5, messages: ['other', 7, 'connect ETIMEDOUT 10.0.0.1:443'] })).toBe(
			'notAttempted',
		);
		expect(await told({ code, messages: 'connect ETIMEDOUT' })).toBe('JSMS did not respond in time (ETIMEDOUT)');
		// Words of different places are no sentence.
		expect(await told({ code, message: 'connect', messages: [' ETIMEDOUT'] })).toBe(
			'JSMS did not respond in time (ETIMEDOUT)',
		);
	});
});
