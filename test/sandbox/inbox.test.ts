import type { ShownMessage, ShownReply, WholeMessage } from '../../sandbox/inbox/shown';
import type { RefusedSend } from '../../sandbox/refusals';
import type { RecordedRequest } from '../../sandbox/requests';
import type { AddressInfo } from 'node:net';
import http from 'node:http';
import { until, useSandbox, APPLICATION } from './support';

/** What the inbox page asks for. The page itself is tested in a browser. */
const jsms = useSandbox();
const ok = { mobile: '13800000001', temp_id: 1250, temp_para: { number: '741627' } };

describe('what was refused', () => {
	const refusals = async () => (await jsms.control('/refusals')).json;

	test('is listed with number, code and message, for single messages and lines of a batch', async () => {
		await jsms.post('/messages', { ...ok, mobile: '13800000024' });
		await jsms.post('/messages/batch', { temp_id: 1250, recipients: [ok, { ...ok, mobile: '1390000' }] });
		expect(await refusals()).toEqual([
			expect.objectContaining({
				mobile: '13800000024',
				code: 50024,
				message: 'unsubscribed mobile',
				path: '/v1/messages',
			}),
			expect.objectContaining({ mobile: '1390000', code: 50006, request: 2, path: '/v1/messages/batch' }),
		]);
	});

	test('is listed once for a request that is refused as a whole', async () => {
		await jsms.post('/messages/batch', { temp_id: 4002, recipients: [ok, ok] });
		expect(await refusals()).toEqual([
			expect.objectContaining({ recipients: 2, code: 50021, message: 'template not pass' }),
		]);
	});

	test('is kept up to a thousand', async () => {
		const recipients = Array.from({ length: 600 }, (_, index) => ({ mobile: String(index) }));
		await jsms.post('/messages/batch', { temp_id: 2002, recipients });
		await jsms.post('/messages/batch', { temp_id: 2002, recipients });
		const { json, headers } = await jsms.control<RefusedSend[]>('/refusals');
		expect([json.length, headers['x-total-count']]).toEqual([1000, '1200']);
	});

	test('does not hold wrong codes: they are an answer', async () => {
		await jsms.post('/codes/1/valid', { code: '1' });
		expect(await refusals()).toEqual([]);
	});
});

test('messages are found by a part of the number, with blanks or without, and by a part of the text', async () => {
	await jsms.post('/messages', ok);
	await jsms.post('/messages', { ...ok, mobile: '13800000002', temp_para: { number: '555' } });
	const found = async (text: string) => {
		const { json, headers } = await jsms.control<ShownMessage[]>(`/ledger?shown=1&search=${encodeURIComponent(text)}`);
		return [json.map(({ mobile }) => mobile), headers['x-total-count']];
	};
	expect(await found('138 0000 0002')).toEqual([['13800000002'], '2']);
	expect(await found('741627')).toEqual([['13800000001'], '2']);
	expect(await found('取件码')).toEqual([['13800000001', '13800000002'], '2']);
	expect(await found('不存在')).toEqual([[], '2']);
});

test('a line tells what will have become of the message, and from when on', async () => {
	await jsms.post('/messages', { ...ok, mobile: '13800004003' });
	const [{ accepted_at: at }] = jsms.sandbox.ledger;
	expect((await jsms.control('/ledger?shown=1')).json).toEqual([
		expect.objectContaining({ state: 4003, reported_at: at + 1000 }),
	]);
});

describe('how a report and a reply were told', () => {
	const shown = async () => (await jsms.control<ShownMessage[]>('/ledger?shown=1')).json[0];
	const shownReply = async () => (await jsms.control<ShownReply[]>('/replies?shown=1')).json[0];
	/** Answers of an address that is called back, one after the other; the last one stays. */
	let statuses = [200];
	const server = http.createServer((request, response) => {
		if (request.method === 'GET') {
			response.end(new URL(String(request.url), 'http://x').searchParams.get('echostr'));
			return;
		}
		response.writeHead(statuses.length > 1 ? Number(statuses.shift()) : statuses[0]).end();
	});
	beforeAll(async () => await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined))));
	afterAll(async () => {
		server.closeAllConnections();
		await new Promise((resolve) => server.close(resolve));
	});
	const address = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
	const states = () => jsms.sandbox.callbacks.entries.map(({ state }) => state);

	test('by pulling: a line says so once the record was handed out', async () => {
		await jsms.post('/messages', ok);
		jsms.sandbox.reply(ok.mobile, '好的', APPLICATION.user);
		expect(await shown()).toMatchObject({ pulled: false });
		await jsms.api('/report');
		expect(await shown()).toMatchObject({ pulled: false });
		jsms.sandbox.advance(6000);
		await jsms.api('/report');
		expect([(await shown()).pulled, (await shownReply()).pulled]).toEqual([true, false]);
		await jsms.api('/reply');
		expect(await shownReply()).toMatchObject({ phone: ok.mobile, content: '好的', pulled: true });
		expect((await jsms.control('/replies')).json).toEqual([expect.not.objectContaining({ pulled: true })]);
	});

	test('by a callback that was taken', async () => {
		statuses = [200];
		await jsms.sandbox.callbacks.set(address());
		await jsms.post('/messages', ok);
		expect(await shown()).not.toHaveProperty('callback');
		jsms.sandbox.advance(1000);
		jsms.sandbox.reply(ok.mobile, '好的');
		await until(() => states().join() === 'taken,taken');
		const { msg_id } = jsms.sandbox.ledger[0];
		expect((await shown()).callback).toEqual({ msg_id, attempt: 1, status: 200, state: 'taken' });
		expect((await shownReply()).callback).toEqual({ attempt: 1, status: 200, state: 'taken' });
	});

	test('by one that fails, is repeated and given up: the last try counts, and when the next one comes', async () => {
		statuses = [503];
		jsms.sandbox.settings.callbackRepeatsMs = [60_000];
		await jsms.sandbox.callbacks.set(address());
		await jsms.post('/messages', ok);
		jsms.sandbox.advance(1000);
		await until(() => states().join() === 'repeats');
		const { callback } = await shown();
		expect(callback).toMatchObject({ attempt: 1, status: 503, state: 'repeats' });
		expect(Number(callback?.repeats_at) - jsms.sandbox.now()).toBeGreaterThan(50_000);
		jsms.sandbox.advance(60_000);
		await until(() => states().join() === 'repeats,given up');
		expect((await shown()).callback).toMatchObject({ attempt: 2, status: 503, state: 'given up' });
		expect((await jsms.control<WholeMessage>('/ledger/1')).json.callbacks).toHaveLength(2);
	});

	test('is forgotten with the oldest calls on record', async () => {
		statuses = [200];
		jsms.sandbox.settings.maxRecordedRequests = 1;
		await jsms.sandbox.callbacks.set(address());
		jsms.sandbox.reply(ok.mobile, '1', APPLICATION.user);
		jsms.sandbox.reply(ok.mobile, '2', APPLICATION.user);
		await until(() => jsms.sandbox.callbacks.log.count === 2 && states().join() === 'taken');
		const told = (await jsms.control<ShownReply[]>('/replies?shown=1')).json.map(({ callback }) => callback?.state);
		expect(told).toEqual([undefined, 'taken']);
	});

	test('open pages hear of each change', async () => {
		statuses = [503, 200];
		jsms.sandbox.settings.callbackRepeatsMs = [20];
		await jsms.sandbox.callbacks.set(address());
		const page = await fetch(`${jsms.sandbox.url}/_sandbox/events`);
		const reader = (page.body as ReadableStream<Uint8Array>).getReader();
		await reader.read();
		jsms.sandbox.reply(ok.mobile, '好的', APPLICATION.user);
		const heard = [];
		while (heard.at(-1)?.state !== 'taken') {
			const { value } = await reader.read();
			for (const [, json] of new TextDecoder().decode(value).matchAll(/^data: (.*)$/gm)) {
				heard.push(...JSON.parse(json).callbacks);
			}
		}
		expect(heard.at(-1)).toEqual({ attempt: 2, status: 200, state: 'taken' });
		await reader.cancel();
	});
});

test('one message is there whole, with its request', async () => {
	await jsms.post('/messages', ok);
	const { json } = await jsms.control<WholeMessage>('/ledger/1');
	expect(json).toMatchObject({
		message: { seq: 1, temp_para: { number: '741627' }, app_key: 'exampleappkey00000000001' },
		report: null,
		request: { method: 'POST', path: '/v1/messages', body: JSON.stringify(ok) },
	});
	jsms.sandbox.advance(1000);
	expect((await jsms.control<WholeMessage>('/ledger/1')).json.report).toMatchObject({ status: 4001 });
	expect((await jsms.control('/ledger/2')).status).toBe(400);
});

test('requests are found by path, body, answer and fault', async () => {
	jsms.sandbox.fault({ kind: 'brokenJson' });
	await jsms.post('/messages', ok);
	await jsms.api('/accounts/app');
	const found = async (text: string) =>
		(await jsms.control<RecordedRequest[]>(`/requests?search=${text}`)).json.map(({ number }) => number);
	expect([
		await found('accounts'),
		await found('741627'),
		await found('app_balance'),
		await found('brokenJson'),
	]).toEqual([[2], [1], [2], [1]]);
	expect((await jsms.control<RecordedRequest[]>('/requests?newest=1')).json.map(({ number }) => number)).toEqual([2]);
});
