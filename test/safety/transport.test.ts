/**
 * What broken connections mean: once read from recordings of real ones under several versions of n8n and Node.js
 * (`node scripts/run.js scripts/record-transport.ts`), once made for real here.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';

import type { ApiRequest } from '../../nodes/JSms/model/request';
import { sendRequest, type HttpContext } from '../../nodes/JSms/api/request';
import type { RecordedError, RecordedSituation, Recording } from '../../scripts/transport/recording';
import { SITUATIONS, TWO_ADDRESSES } from '../../scripts/transport/situations';
import { call } from '../unit/api/caller';

const FIXTURES = join(__dirname, '../fixtures/transport');

const recordings = readdirSync(FIXTURES).map((name) => [name, require(join(FIXTURES, name)) as Recording] as const);
const REQUEST: ApiRequest = {
	method: 'POST',
	path: '/messages',
	body: { mobile: '13800000001', temp_id: 1250, temp_para: {} },
};

/** An error as it was thrown, made again from what was written down of it. */
function revive({ cause, errors, ...fields }: RecordedError): Error {
	const error: Error & { errors?: Error[] } = Object.assign(new Error(fields.message), fields);
	if (cause) error.cause = revive(cause);
	if (errors) error.errors = errors.map(revive);
	return error;
}

function* brokenOff(error: Error) {
	yield '{"msg_id":';
	throw error;
}

type Thrown = RecordedSituation & { error: RecordedError };

/** n8n's helper, which breaks as recorded. */
function helperThat({ while: when, status, error }: Thrown) {
	return async () => {
		if (when === 'request') throw revive(error);
		return { statusCode: status, headers: {}, body: Readable.from(brokenOff(revive(error))) };
	};
}

describe.each(recordings)('%s', (_name, { situations }) => {
	it('holds every situation', () => {
		expect(Object.keys(situations).sort()).toEqual(Object.keys(SITUATIONS).sort());
	});

	const thrown = Object.entries(situations).flatMap(([name, { error, ...recorded }]) =>
		error ? [[name, { ...recorded, error }] as const] : [],
	);
	it.each(thrown)('%s', async (_situation, recorded) => {
		const context = {
			helpers: { httpRequestWithAuthentication: helperThat(recorded) },
			// A sender whose execution was cancelled tries no second time.
			getExecutionCancelSignal: () => AbortSignal.abort(),
		} as unknown as HttpContext;
		const settings = { credential: 'jSmsApi', baseUrl: 'https://jsms.example.com/v1', timeout: 1000 };
		expect(await sendRequest(context, settings, REQUEST, { effect: 'once' })).toMatchObject({ class: recorded.means });
	});
});

it('holds no keys', () => {
	expect(JSON.stringify(recordings)).not.toMatch(/dummymastersecret|exampleappkey|Basic |authorization/i);
});

describe('made for real', () => {
	const real = Object.entries(SITUATIONS).filter(
		([, { host, cancelAfter }]) => host !== TWO_ADDRESSES && cancelAfter !== 0,
	);
	it.each(real)(
		'%s',
		async (
			_name,
			{ start, scheme = 'http', host = '127.0.0.1', timeout = 2000, bodyBytes, cancelAfter, means, racy },
		) => {
			const server = (await start?.()) ?? { port: 1, close: async () => {} };
			const cancelling = new AbortController();
			if (cancelAfter) setTimeout(() => cancelling.abort(), cancelAfter);
			const request = bodyBytes ? { ...REQUEST, body: { filling: 'x'.repeat(bodyBytes) } } : REQUEST;
			try {
				const before = Date.now();
				const baseUrl = `${scheme}://${host}:${server.port}/v1`;
				const outcome = await call(request, { baseUrl, timeout, signal: cancelling.signal });
				expect(racy ? [means, 'unknown'] : [means]).toContain(outcome.class);
				// Three tries with their pauses at most; nothing hangs.
				expect(Date.now() - before).toBeLessThan(3 * timeout + 8000);
			} finally {
				await server.close();
			}
		},
	);
});

interface RawServer {
	port: number;
	onceClosed(then: () => void): void;
	close(): Promise<void>;
}

it('lets go of a connection whose answer stalls', async () => {
	const { start, timeout } = SITUATIONS.timeoutInAnswer;
	const server = (await start?.()) as RawServer;
	const closed = new Promise<void>((resolve) => server.onceClosed(resolve));
	expect(await call(REQUEST, { baseUrl: `http://127.0.0.1:${server.port}/v1`, timeout })).toMatchObject({
		class: 'unknown',
	});
	await closed;
	await server.close();
});
