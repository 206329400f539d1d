import net from 'node:net';
import { gunzipSync } from 'node:zlib';
import {
	useSandbox,
	until,
	error,
	basic,
	APPLICATION,
	type ResponseBody,
	type CallOptions,
	type Response,
} from './support';
import type { FaultRequest } from '../../sandbox/faults/queue';
import type { Report } from '../../sandbox/receipts';
import { KINDS } from '../../sandbox/faults/kinds';

const jsms = useSandbox();
const MOBILES = ['13812345671', '13812345672', '13812345673', '13812345674'];
const recipients = MOBILES.map((mobile) => ({ mobile, temp_para: { number: '1' } }));

const single = (options?: CallOptions) => jsms.post('/messages', { ...recipients[0], temp_id: 1250 }, options);
const batch = (options?: CallOptions) => jsms.post('/messages/batch', { temp_id: 1250, recipients }, options);
const batchUnder = (fault: FaultRequest, options?: CallOptions) => {
	jsms.sandbox.fault(fault);
	return batch(options);
};
const accepted = () => jsms.sandbox.ledger.length;
/** Whether the latest request has met its fault; all but waiting ones are worked off by then. */
const met = () => jsms.sandbox.requests.at(-1)?.fault !== undefined;
const ledgerIds = () => jsms.sandbox.ledger.map((entry) => entry.msg_id);
const mobilesOf = (json: ResponseBody) => json.recipients.map((row) => row.mobile);

/** Speaks HTTP on a bare socket, to see how a connection really ends. */
function bareBatch(): Promise<{ received: string; end: 'FIN' | 'RST' }> {
	const body = JSON.stringify({ temp_id: 1250, recipients });
	const { hostname, port } = new URL(jsms.sandbox.url);
	return new Promise((resolve, reject) => {
		let received = '';
		const socket = net.connect(Number(port), hostname, () =>
			socket.write(
				`POST /v1/messages/batch HTTP/1.1\r\nHost: x\r\nAuthorization: ${basic(APPLICATION)}\r\n` +
					`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
			),
		);
		socket.on('data', (data) => (received += data));
		socket.on('end', () => resolve({ received, end: 'FIN' }));
		socket.on('error', ({ code }: NodeJS.ErrnoException) => {
			if (code === 'ECONNRESET') resolve({ received, end: 'RST' });
			else reject(new Error(code));
		});
	});
}

/** One test per kind; the last test of this file checks that none is missing. */
const BEHAVIOUR: Record<string, () => Promise<void>> = {
	async answer() {
		expect((await batchUnder({ kind: 'answer', status: 503, body: 'busy', contentType: 'text/plain' })).text).toBe(
			'busy',
		);
		const envelope = await batchUnder({ kind: 'answer', code: 50014 });
		expect([envelope.status, envelope.json]).toEqual([403, error(50014, 'no money')]);
		const own = await batchUnder({ kind: 'answer', status: 418, body: { a: 1 }, headers: { 'x-hop': 7 } });
		expect([own.status, own.json, own.headers['x-hop']]).toEqual([418, { a: 1 }, '7']);
		const future = await batchUnder({ kind: 'answer', code: 50999, message: 'new one', status: 403 });
		expect(future.json).toEqual(error(50999, 'new one'));
		expect(accepted()).toBe(0);
	},
	async answerAfterAccepting() {
		const plain = await batchUnder({ kind: 'answerAfterAccepting' });
		expect([plain.status, plain.json]).toEqual([500, error(50019, 'server error')]);
		const page = await batchUnder({ kind: 'answerAfterAccepting', status: 502, body: '<html></html>' });
		expect([page.status, page.headers['content-type']]).toEqual([502, expect.stringContaining('text/html')]);
		expect(accepted()).toBe(8);
	},
	async tooMany() {
		const answer = await batchUnder({ kind: 'tooMany', retryAfter: 2 });
		expect([answer.status, answer.headers['retry-after'], answer.json]).toEqual([429, '2', undefined]);
		expect((await batchUnder({ kind: 'tooMany' })).headers['retry-after']).toBeUndefined();
		expect(accepted()).toBe(0);
	},
	async redirect() {
		const answer = await batchUnder({ kind: 'redirect', location: 'http://127.0.0.1:1/elsewhere', status: 307 });
		expect([answer.status, answer.headers.location]).toEqual([307, 'http://127.0.0.1:1/elsewhere']);
		expect(accepted()).toBe(0);
	},
	async notJson() {
		const answer = await batchUnder({ kind: 'notJson' });
		expect([answer.status, answer.headers['content-type'], answer.json]).toEqual([
			200,
			expect.stringContaining('text/html'),
			undefined,
		]);
		expect(accepted()).toBe(4);
	},
	async emptyBody() {
		const answer = await batchUnder({ kind: 'emptyBody' });
		expect([answer.status, answer.text]).toEqual([200, '']);
		expect(accepted()).toBe(4);
	},
	async brokenJson() {
		const answer = await batchUnder({ kind: 'brokenJson' });
		expect([answer.status, answer.complete, answer.json]).toEqual([200, true, undefined]);
		expect(answer.text).toMatch(/^\{"success_count":4/);
		expect(accepted()).toBe(4);
	},
	async delay() {
		jsms.sandbox.fault({ kind: 'delay', ms: 300 });
		await expect(batch({ leaveWhen: met })).rejects.toMatchObject({ code: 'LEFT' });
		expect(accepted()).toBe(0);
		await until(() => accepted() === 4);
	},
	async delayAfterAccepting() {
		jsms.sandbox.fault([
			{ kind: 'delayAfterAccepting', ms: 60_000 },
			{ kind: 'delayAfterAccepting', ms: 30 },
		]);
		await expect(batch({ leaveWhen: () => accepted() === 4 })).rejects.toMatchObject({ code: 'LEFT' });
		expect(jsms.sandbox.requests[0].status).toBe(null);
		expect((await batch()).json.success_count).toBe(4);
	},
	async slowDrip() {
		const started = performance.now();
		const answer = await batchUnder({ kind: 'slowDrip', bytesPerSecond: 1000 });
		expect(performance.now() - started).toBeGreaterThan(answer.bytes.length - 200);
		expect([answer.complete, answer.json.success_count, accepted()]).toEqual([true, 4, 4]);
	},
	async resetBefore() {
		jsms.sandbox.fault({ kind: 'resetBefore' });
		expect(await bareBatch()).toEqual({ received: '', end: 'RST' });
		expect(accepted()).toBe(0);
	},
	async resetAfter() {
		jsms.sandbox.fault({ kind: 'resetAfter' });
		expect(await bareBatch()).toEqual({ received: '', end: 'RST' });
		expect(accepted()).toBe(4);
	},
	async hangUpBefore() {
		jsms.sandbox.fault({ kind: 'hangUpBefore' });
		expect(await bareBatch()).toEqual({ received: '', end: 'FIN' });
		expect(accepted()).toBe(0);
	},
	async hangUpAfter() {
		jsms.sandbox.fault({ kind: 'hangUpAfter' });
		expect(await bareBatch()).toEqual({ received: '', end: 'FIN' });
		expect(accepted()).toBe(4);
	},
	async neverAnswer() {
		jsms.sandbox.fault({ kind: 'neverAnswer' });
		await expect(batch({ leaveWhen: met })).rejects.toMatchObject({ code: 'LEFT' });
		expect([accepted(), jsms.sandbox.requests[0].status]).toEqual([0, null]);
	},
	async neverAnswerAfter() {
		jsms.sandbox.fault({ kind: 'neverAnswerAfter' });
		await expect(batch({ leaveWhen: met })).rejects.toMatchObject({ code: 'LEFT' });
		expect([accepted(), jsms.sandbox.requests[0].status]).toEqual([4, null]);
	},
	async truncate() {
		jsms.sandbox.fault([{ kind: 'truncate' }, { kind: 'truncate', how: 'reset' }]);
		const closed = await bareBatch();
		const [head, half] = closed.received.split('\r\n\r\n');
		const length = Number(/content-length: (\d+)/i.exec(head)?.[1]);
		expect([closed.end, half.length]).toEqual(['FIN', Math.ceil(length / 2)]);
		expect((await bareBatch()).end).toBe('RST');
		expect((await batchUnder({ kind: 'truncate' })).complete).toBe(false);
		expect(accepted()).toBe(12);
	},
	async dropRows() {
		expect(mobilesOf((await batchUnder({ kind: 'dropRows' })).json)).toEqual(MOBILES.slice(0, 3));
		const { json } = await batchUnder({ kind: 'dropRows', indexes: [0, 2] });
		expect([mobilesOf(json), json.success_count]).toEqual([[MOBILES[1], MOBILES[3]], 4]);
		expect(mobilesOf((await batchUnder({ kind: 'dropRows', count: 9 })).json)).toEqual([]);
		expect(accepted()).toBe(12);
	},
	async reorderRows() {
		expect(mobilesOf((await batchUnder({ kind: 'reorderRows' })).json)).toEqual([...MOBILES].reverse());
		const orders = [];
		for (const seed of [3, 3, 4])
			orders.push(mobilesOf((await batchUnder({ kind: 'reorderRows', order: 'shuffle', seed })).json));
		expect(orders[0]).toEqual(orders[1]);
		expect(orders[0]).not.toEqual(orders[2]);
		expect([...orders[0]].sort()).toEqual(MOBILES);
	},
	async inventRows() {
		const { json } = await batchUnder({ kind: 'inventRows', count: 2, at: 'start' });
		expect(mobilesOf(json)).toEqual(['19900000000', '19900000001', ...MOBILES]);
		expect(mobilesOf((await batchUnder({ kind: 'inventRows', mobiles: [MOBILES[0]] })).json)).toEqual([
			...MOBILES,
			MOBILES[0],
		]);
		expect(accepted()).toBe(8);
	},
	async repeatRows() {
		expect(mobilesOf((await batchUnder({ kind: 'repeatRows', indexes: [1] })).json)).toEqual([
			MOBILES[0],
			MOBILES[1],
			MOBILES[1],
			MOBILES[2],
			MOBILES[3],
		]);
		expect(accepted()).toBe(4);
	},
	async duplicateKeys() {
		const { text, json } = await batchUnder({ kind: 'duplicateKeys' });
		expect(text.match(/"mobile":"19999999999"/g)).toHaveLength(4);
		expect([mobilesOf(json), json.recipients.map((row) => row.msg_id)]).toEqual([MOBILES, ledgerIds()]);
	},
	async protoRows() {
		const { text, json } = await batchUnder({ kind: 'protoRows' });
		expect(text.match(/"__proto__":\{"error_code":"50006"/g)).toHaveLength(4);
		expect(Object.hasOwn(json.recipients[0], '__proto__')).toBe(true);
		expect(mobilesOf(json)).toEqual(MOBILES);
	},
	async bigIds() {
		const { text } = await batchUnder({ kind: 'bigIds' });
		expect(ledgerIds()).toEqual(['9007199254740993', '9007199254740995', '9007199254740997', '9007199254740999']);
		for (const id of ledgerIds()) expect(text).toContain(`"msg_id":${id},`);
		jsms.sandbox.fault({ kind: 'bigIds' });
		expect((await single()).text).toBe('{"msg_id":9007199254741001}');
		expect(ledgerIds().at(-1)).toBe('9007199254741001');
	},
	async nulInText() {
		const { json } = await batchUnder({ kind: 'nulInText' });
		expect(json.recipients[0].msg_id).toBe(`${ledgerIds()[0]}\u0000`);
	},
	async loneSurrogate() {
		const { text, json } = await batchUnder({ kind: 'loneSurrogate' });
		expect(text).toContain('\\ud83d');
		expect(json.recipients[0].msg_id).toBe(`${ledgerIds()[0]}\ud83d`);
	},
	async hugeBody() {
		const answer = await batchUnder({ kind: 'hugeBody', bytes: 3_000_000 });
		expect([answer.bytes.length, answer.complete, mobilesOf(answer.json)]).toEqual([3_000_000, true, MOBILES]);
		expect(accepted()).toBe(4);
	},
	async millionRows() {
		const { json } = await batchUnder({ kind: 'millionRows', rows: 2500 });
		expect([json.recipients.length, mobilesOf(json).slice(0, 4), json.success_count]).toEqual([2500, MOBILES, 4]);
		jsms.sandbox.fault({ kind: 'millionRows', rows: 3 });
		expect((await single()).json).toMatchObject({ recipients: [{}, {}, {}], msg_id: Number(ledgerIds().at(-1)) });
	},
	async deepNesting() {
		const { text, json } = await batchUnder({ kind: 'deepNesting', depth: 20_000 });
		expect(text).toContain('['.repeat(20_000));
		expect(mobilesOf(json)).toEqual(MOBILES);
	},
	async gzipBomb() {
		const answer = await batchUnder({ kind: 'gzipBomb', bytes: 20_000_000 });
		expect(answer.headers['content-encoding']).toBe('gzip');
		expect(answer.bytes.length).toBeLessThan(100_000);
		const unpacked = gunzipSync(answer.bytes).toString();
		expect(unpacked.length).toBeGreaterThan(20_000_000);
		expect(mobilesOf(JSON.parse(unpacked))).toEqual(MOBILES);
	},
};

test.each(Object.entries(BEHAVIOUR))('fault %s', async (kind, check) => {
	await check();
	expect(jsms.sandbox.faults).toEqual([]);
	expect(jsms.sandbox.requests[0].fault).toBe(kind);
});

test('every kind of fault is tested above', () => {
	expect(Object.keys(BEHAVIOUR).sort()).toEqual(Object.keys(KINDS).sort());
});

test.each(Object.entries(KINDS).filter(([, kind]) => !kind.fields.location))(
	'%s at every endpoint leaves the ledger as its description says',
	async (kind, { accepts, fields }) => {
		const needed = Object.entries(fields).filter(([name, field]) => field.required || name === 'rows');
		const values = Object.fromEntries(needed.map(([name]) => [name, name === 'bytesPerSecond' ? 100_000 : 50]));
		const calls: [path: string, body: object][] = [
			['/codes', { mobile: MOBILES[0], temp_id: 1 }],
			['/voice_codes', { mobile: MOBILES[0] }],
			['/messages', { mobile: MOBILES[0], temp_id: 2002 }],
			['/messages/batch', { temp_id: 2002, recipients: [{ mobile: MOBILES[0] }] }],
		];
		const silent = kind.startsWith('neverAnswer');
		for (const [index, [path, body]] of calls.entries()) {
			jsms.sandbox.fault({ kind, ...values });
			const leaveWhen = () => jsms.sandbox.requests.length > index && met();
			await jsms.post(path, body, silent ? { leaveWhen } : {}).catch(() => {});
			expect(accepted()).toBe(accepts ? index + 1 : 0);
			expect(jsms.sandbox.requests.at(-1)).toMatchObject({ fault: kind });
			expect(jsms.sandbox.requests.at(-1)).not.toHaveProperty('trouble');
		}
	},
);

describe('which request a fault meets', () => {
	const statuses = async (calls: (() => Promise<Response<ResponseBody>>)[]) => {
		const seen = [];
		for (const send of calls) seen.push((await send()).status);
		return seen;
	};

	test('times and after', async () => {
		jsms.sandbox.fault({ kind: 'answer', status: 503, after: 1, times: 2 });
		expect(await statuses([single, single, single, single])).toEqual([200, 503, 503, 200]);
	});

	test('always, until cleared', async () => {
		jsms.sandbox.fault({ kind: 'answer', status: 503, times: 'always' });
		expect(await statuses([single, single, single])).toEqual([503, 503, 503]);
		jsms.sandbox.clearFaults();
		expect((await single()).status).toBe(200);
	});

	test('a path is meant exactly, * stands for anything', async () => {
		jsms.sandbox.fault({ kind: 'answer', status: 503, path: '/v1/messages' });
		expect(await statuses([batch, single, single])).toEqual([200, 503, 200]);
		jsms.sandbox.fault({ kind: 'answer', status: 503, path: '/v1/messages*', times: 2 });
		expect(await statuses([batch, single])).toEqual([503, 503]);
		jsms.sandbox.fault({ kind: 'answer', status: 503, path: '/v1/codes/*/valid' });
		expect(await statuses([single, () => jsms.post('/codes/1/valid', { code: '1' })])).toEqual([200, 503]);
	});

	test('a method', async () => {
		jsms.sandbox.fault({ kind: 'answer', status: 503, method: 'get' });
		expect(await statuses([single, () => jsms.api('/templates/1')])).toEqual([200, 503]);
	});

	test('the first in the queue wins, and all count what passes', async () => {
		jsms.sandbox.fault([
			{ kind: 'answer', status: 501 },
			{ kind: 'answer', status: 502, after: 1 },
		]);
		expect(await statuses([single, single, single])).toEqual([501, 502, 200]);
	});
});

describe('an answer that is a list', () => {
	/** Two reports, pulled under a fault. */
	const reportsUnder = async (fault: FaultRequest) => {
		for (const mobile of MOBILES.slice(0, 2)) await jsms.post('/messages', { mobile, temp_id: 2002 });
		jsms.sandbox.advance(5000);
		jsms.sandbox.fault({ ...fault, path: '/v1/report' });
		return await jsms.api<Partial<Report>[]>('/report');
	};
	const phones = MOBILES.slice(0, 2);

	test.each(['duplicateKeys', 'protoRows', 'nulInText', 'loneSurrogate'])('stays one under %s', async (kind) => {
		expect((await reportsUnder({ kind })).json.map(({ phone }) => phone)).toEqual(phones);
	});

	test('has odd keys in every record', async () => {
		expect((await reportsUnder({ kind: 'duplicateKeys' })).text.match(/"msg_id":"111111111111"/g)).toHaveLength(2);
	});

	test.each<[FaultRequest, number]>([
		[{ kind: 'hugeBody', bytes: 5000 }, 3],
		[{ kind: 'deepNesting', depth: 100 }, 3],
		[{ kind: 'millionRows', rows: 2500 }, 2500],
	])('stays one under %j, with its records in it', async (fault, length) => {
		const { json } = await reportsUnder(fault);
		expect(json).toHaveLength(length);
		expect(json.flatMap(({ phone = [] }) => phone)).toEqual(phones);
	});
});

describe('an answer without anything in it', () => {
	const FAULTS: FaultRequest[] = [
		{ kind: 'hugeBody', bytes: 5000 },
		{ kind: 'deepNesting', depth: 100 },
		{ kind: 'millionRows', rows: 10 },
		{ kind: 'duplicateKeys' },
		{ kind: 'nulInText' },
	];

	test.each(FAULTS)('null under %j is still JSON', async (fault) => {
		jsms.sandbox.settings.noReceipts = 'null';
		jsms.sandbox.fault(fault);
		const { status, json } = await jsms.api('/report');
		expect([status, typeof json]).toEqual([200, 'object']);
	});

	test.each(FAULTS.slice(0, 3))('an empty body under %j becomes JSON', async (fault) => {
		const { temp_id: id } = (await jsms.post('/templates', { template: '您好', type: 2 })).json;
		jsms.sandbox.fault(fault);
		const { status, json } = await jsms.api(`/templates/${id}`, { method: 'DELETE' });
		expect([status, Object.keys(json)]).toEqual([200, [expect.any(String)]]);
	});

	test.each(FAULTS.slice(3))('an empty body stays as it is under %j', async (fault) => {
		const { temp_id: id } = (await jsms.post('/templates', { template: '您好', type: 2 })).json;
		jsms.sandbox.fault(fault);
		expect((await jsms.api(`/templates/${id}`, { method: 'DELETE' })).text).toBe('');
	});
});

test.each<[unknown, string]>([
	[{ kind: 'explode' }, 'There is no fault kind "explode". Known: answer, '],
	[{}, 'There is no fault kind undefined.'],
	['resetAfter', 'A fault is an object with a "kind".'],
	[{ kind: 'delay' }, 'A fault of the kind "delay" needs "ms": a whole number from 0.'],
	[{ kind: 'delay', ms: '5' }, '"ms" of the fault "delay" must be a whole number from 0.'],
	[{ kind: 'notJson', count: 5 }, 'A fault of the kind "notJson" has no field "count".'],
	[{ kind: 'notJson', times: 0 }, '"times" of the fault "notJson" must be a whole number from 1 or "always".'],
	[{ kind: 'notJson', path: '/messages' }, '"path" of the fault "notJson" must be a path that begins with /v1'],
])('%j is refused with a sentence', (fault, sentence) => {
	expect(() => jsms.sandbox.fault([{ kind: 'emptyBody' }, fault as FaultRequest])).toThrow(sentence);
	expect(jsms.sandbox.faults).toEqual([]);
});
