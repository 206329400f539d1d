import http from 'node:http';
import { startSandbox, type Sandbox } from '../../sandbox';
import type { Settings } from '../../sandbox/settings';

// Nothing here takes long by itself, but machines can be busy.
jest.setTimeout(20_000);

export const APPLICATION = { user: 'exampleappkey00000000001', secret: 'dummymastersecret0000001' };
export const DEVELOPER = { user: 'exampledevkey00000000001', secret: 'dummydevsecret0000000001' };

/** The nth application of the start state; README.md says what is special about each. */
export const applicationNumber = (number: number) => ({
	user: `exampleappkey0000000000${number}`,
	secret: `dummymastersecret000000${number}`,
});

export const basic = ({ user, secret }: { user: string; secret: string }) =>
	`Basic ${Buffer.from(`${user}:${secret}`).toString('base64')}`;

/** Waits for something to become true. */
export async function until(condition: () => boolean) {
	const end = Date.now() + 15_000;
	while (!condition()) {
		if (Date.now() > end) throw new Error(`Waited in vain for ${condition}`);
		await new Promise((resolve) => setTimeout(resolve, 5));
	}
}

/** A row of a batch or a schedule. */
interface Row {
	msg_id: string;
	mobile: string;
	temp_para: Record<string, string>;
	error_code: string;
	error_message: string;
}

/** Everything that a response can hold; a test knows what its call gives. */
export interface ResponseBody {
	error: { code: number; message: string };
	msg_id: string;
	schedule_id: string;
	temp_id: number;
	sign_id: number;
	status: number;
	success_count: number;
	failure_count: number;
	recipients: Row[];
	failure_recipients: Row[];
	app_balance: number;
	app_voice: number;
	app_industry: number;
	app_market: number;
	dev_balance: number;
	dev_industry: number;
}

export interface Response<T> {
	status: number;
	headers: http.IncomingHttpHeaders;
	bytes: Buffer;
	text: string;
	/** undefined where the body is no JSON, whatever the type says */
	json: T;
	/** false: the connection ended in the middle of the answer */
	complete: boolean;
}

export interface CallOptions {
	method?: string;
	/** sent as JSON unless it is a text */
	body?: unknown;
	/** a header of undefined is left out */
	headers?: Record<string, string | undefined>;
	/** null sends no Authorization */
	pair?: { user: string; secret: string } | null;
	/** makes the client go away as soon as it is true */
	leaveWhen?: () => boolean;
}

/**
 * One HTTP call, with nothing done behind its back: no redirects, no decompression, no retries, its own connection.
 * @returns rejects with the socket's error
 */
export function call<T = ResponseBody>(
	url: string,
	{ method, body, headers = {}, pair = APPLICATION, leaveWhen }: CallOptions = {},
): Promise<Response<T>> {
	const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
	return new Promise((resolve, reject) => {
		const all = {
			...(pair ? { authorization: basic(pair) } : {}),
			...(text === undefined ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }),
			...headers,
		};
		const request = http.request(url, {
			method: method ?? (body === undefined ? 'GET' : 'POST'),
			agent: false,
			headers: Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)),
		});
		request.on('error', reject);
		if (leaveWhen) {
			until(leaveWhen).then(() => request.destroy(Object.assign(new Error('left'), { code: 'LEFT' })), reject);
		}
		request.on('response', (response) => {
			const pieces: Buffer[] = [];
			response.on('data', (piece) => pieces.push(piece));
			response.on('error', () => {});
			response.on('close', () => {
				const bytes = Buffer.concat(pieces);
				const received = bytes.toString();
				let json;
				try {
					json = JSON.parse(received);
				} catch {
					json = undefined;
				}
				resolve({
					status: Number(response.statusCode),
					headers: response.headers,
					bytes,
					text: received,
					json,
					complete: response.complete,
				});
			});
		});
		request.end(text);
	});
}

/** A sandbox for one test file: started before its tests, reset before each, closed after them. */
export function useSandbox(settings: Partial<Settings> = {}) {
	let sandbox: Sandbox;
	beforeAll(async () => {
		sandbox = await startSandbox({ settings });
	});
	beforeEach(() => sandbox.reset());
	afterAll(() => sandbox.close());
	return {
		get sandbox() {
			return sandbox;
		},
		/** A call under /v1. */
		api: <T = ResponseBody>(path: string, options?: CallOptions) => call<T>(sandbox.baseUrl + path, options),
		post: <T = ResponseBody>(path: string, body: unknown, options?: CallOptions) =>
			call<T>(sandbox.baseUrl + path, { ...options, method: 'POST', body }),
		/** A control call. */
		control: <T = { error: string }>(path: string, options?: CallOptions) =>
			call<T>(`${sandbox.url}/_sandbox${path}`, { pair: null, ...options }),
		/** The newest message. */
		last: () => {
			const entry = sandbox.ledger.at(-1);
			if (!entry) throw new Error('Nothing was sent.');
			return entry;
		},
	};
}

export const error = (code: number, message: string) => ({ error: { code, message } });
