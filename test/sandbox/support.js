'use strict';

const http = require('node:http');
const { startSandbox } = require('../../sandbox');

// Nothing here takes long by itself, but machines can be busy.
jest.setTimeout(20_000);

const APPLICATION = { user: 'exampleappkey00000000001', secret: 'dummymastersecret0000001' };
const DEVELOPER = { user: 'exampledevkey00000000001', secret: 'dummydevsecret0000000001' };

/** The nth application of the start state; README.md says what is special about each. @param {number} number */
const applicationNumber = (number) => ({
	user: `exampleappkey0000000000${number}`,
	secret: `dummymastersecret000000${number}`,
});

/** @param {{ user: string, secret: string }} pair */
const basic = ({ user, secret }) => `Basic ${Buffer.from(`${user}:${secret}`).toString('base64')}`;

/** Waits for something to become true. @param {() => boolean} condition */
async function until(condition) {
	const end = Date.now() + 15_000;
	while (!condition()) {
		if (Date.now() > end) throw new Error(`Waited in vain for ${condition}`);
		await new Promise((resolve) => setTimeout(resolve, 5));
	}
}

/**
 * One HTTP call, with nothing done behind its back: no redirects, no decompression, no retries, its own connection.
 * @param {string} url
 * @param {{ method?: string, body?: unknown, headers?: Record<string, string | undefined>, pair?: any, leaveWhen?: () => boolean }} [options]
 *   `body` is sent as JSON unless it is a text; `pair: null` sends no Authorization, a header of
 *   undefined is left out; `leaveWhen` makes the client go away as soon as it is true
 * @returns {Promise<{ status: number, headers: http.IncomingHttpHeaders, bytes: Buffer, text: string, json: any, complete: boolean }>}
 *   rejects with the socket's error; `complete: false` when the connection ended in the middle of the answer
 */
function call(url, { method, body, headers = {}, pair = APPLICATION, leaveWhen } = {}) {
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
			/** @type {Buffer[]} */
			const pieces = [];
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

/**
 * A sandbox for one test file: started before its tests, reset before each, closed after them.
 * @param {Record<string, any>} [settings]
 */
function useSandbox(settings = {}) {
	/** @type {any} */
	const used = {
		/** @param {string} path @param {any} [options] a call under /v1 */
		api: (path, options) => call(used.sandbox.baseUrl + path, options),
		/** @param {string} path @param {any} body */
		post: (path, body, options = {}) => call(used.sandbox.baseUrl + path, { ...options, method: 'POST', body }),
		/** @param {string} path @param {any} [options] a control call */
		control: (path, options) => call(`${used.sandbox.url}/_sandbox${path}`, { pair: null, ...options }),
		sandbox: undefined,
	};
	beforeAll(async () => {
		used.sandbox = await startSandbox({ settings });
	});
	beforeEach(() => used.sandbox.reset());
	afterAll(() => used.sandbox.close());
	return used;
}

/** @param {number} code @param {string} message */
const error = (code, message) => ({ error: { code, message } });

module.exports = { call, until, useSandbox, applicationNumber, basic, error, APPLICATION, DEVELOPER };
