'use strict';

const { useSandbox } = require('./support');

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
		for (const _ of [1, 2]) await jsms.post('/messages/batch', { temp_id: 2002, recipients });
		const { json, headers } = await jsms.control('/refusals');
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
	const found = async (text) => {
		const { json, headers } = await jsms.control(`/ledger?shown=1&search=${encodeURIComponent(text)}`);
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

test('one message is there whole, with its request', async () => {
	await jsms.post('/messages', ok);
	const { json } = await jsms.control('/ledger/1');
	expect(json).toMatchObject({
		message: { seq: 1, temp_para: { number: '741627' }, app_key: 'exampleappkey00000000001' },
		report: null,
		request: { method: 'POST', path: '/v1/messages', body: JSON.stringify(ok) },
	});
	jsms.sandbox.advance(1000);
	expect((await jsms.control('/ledger/1')).json.report).toMatchObject({ status: 4001 });
	expect((await jsms.control('/ledger/2')).status).toBe(400);
});

test('requests are found by path, body, answer and fault', async () => {
	jsms.sandbox.fault({ kind: 'brokenJson' });
	await jsms.post('/messages', ok);
	await jsms.api('/accounts/app');
	const found = async (text) => (await jsms.control(`/requests?search=${text}`)).json.map(({ number }) => number);
	expect([
		await found('accounts'),
		await found('741627'),
		await found('app_balance'),
		await found('brokenJson'),
	]).toEqual([[2], [1], [2], [1]]);
	expect((await jsms.control('/requests?newest=1')).json.map(({ number }) => number)).toEqual([2]);
});
