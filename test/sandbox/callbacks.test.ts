import type { AddressInfo } from 'node:net';
import http from 'node:http';
import { createHash } from 'node:crypto';
import { signatureOf, newNonce } from '../../sandbox/callbacks/form';
import { startSandbox } from '../../sandbox';
import type { WholeMessage } from '../../sandbox/inbox/shown';
import { until, useSandbox, APPLICATION, error } from './support';

const APP = APPLICATION.user;
const jsms = useSandbox({ reportDelayMs: 0, magicEndings: false });

interface Form {
	nonce: string;
	timestamp: string;
	signature: string;
	type: string;
	/** everything that any callback tells */
	data: { msgId: string; status: number; phone: string; content: string };
}

/** An address that is called back; `answer` is what it gives to each form. */
const receiver = {
	url: '',
	/** forms as they came, `data` parsed */
	forms: [] as Form[],
	types: [] as string[],
	checks: [] as string[],
	answer: ((response) => response.end()) as (response: http.ServerResponse, form: Form) => unknown,
	echo: (text: string) => text,
};

let server: http.Server;
beforeAll(async () => {
	server = http.createServer((request, response) => {
		if (request.method === 'GET') {
			const text = String(new URL(String(request.url), 'http://x').searchParams.get('echostr'));
			receiver.checks.push(text);
			response.end(receiver.echo(text));
			return;
		}
		let body = '';
		request.on('data', (piece) => (body += piece));
		request.on('end', () => {
			const form = Object.fromEntries(new URLSearchParams(body));
			receiver.types.push(String(request.headers['content-type']));
			const { nonce, timestamp, signature, type } = form;
			const read: Form = { nonce, timestamp, signature, type, data: JSON.parse(form.data) };
			receiver.forms.push(read);
			receiver.answer(response, read);
		});
	});
	await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
	receiver.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
});
afterAll(() => {
	server.closeAllConnections();
	return new Promise((resolve) => server.close(resolve));
});
beforeEach(() => {
	Object.assign(receiver, { forms: [], types: [], checks: [] });
	receiver.answer = (response) => response.end();
	receiver.echo = (text) => text;
});

const send = (mobile: string) => jsms.post('/messages', { mobile, temp_id: 1250, temp_para: { number: '1' } });
const received = (count: number) => until(() => receiver.forms.length >= count);
const set = (options?: { appKey?: string; kinds?: string[] }) => jsms.sandbox.callbacks.set(receiver.url, options);
const states = () => jsms.sandbox.callbacks.entries.map(({ attempt, state }) => `${attempt} ${state}`);
const ended = (state: string) => until(() => states().at(-1)?.endsWith(state) ?? false);
/** What a signature must be, by the words of the "callback" page. */
const rightSignature = ({ nonce, timestamp }: Form) =>
	createHash('sha1')
		.update(`appKey=${APP}&appMasterSecret=${APPLICATION.secret}&nonce=${nonce}&timestamp=${timestamp}`)
		.digest('hex');

describe('signatures', () => {
	const keys = { app_key: 'a1b2c3d4e5f60718293a4b5c', master_secret: '0f1e2d3c4b5a69788796a5b4' };

	test.each([
		['7659972084945889195', 'a61c645ec5463a7ddcdc173e3d0560289cd88642'],
		['-4962768465676381896', 'f67ced4f311f02ce79bbb95c424fcb6c8c664e66'],
		['7659972084945889000', 'b3babb5e255bde5b434bf3b9e1266242905b3b63'],
	])('of the nonce %s', (nonce, signature) => {
		expect(signatureOf(keys, nonce, '1700000000123')).toBe(signature);
	});

	test('have nonces of 64 bits with a sign', () => {
		const nonces = Array.from({ length: 200 }, newNonce);
		for (const nonce of nonces) expect(BigInt.asIntN(64, BigInt(nonce)).toString()).toBe(nonce);
		expect(nonces.some((nonce) => nonce.startsWith('-'))).toBe(true);
		expect(nonces.some((nonce) => !Number.isSafeInteger(Number(nonce)))).toBe(true);
	});
});

describe('the address', () => {
	test('is asked to give back 8 characters before it is saved', async () => {
		expect(await set()).toBeUndefined();
		expect(receiver.checks).toEqual([expect.stringMatching(/^[A-Za-z0-9]{8}$/)]);
		expect(jsms.sandbox.callbacks.list()).toEqual([
			{ app_key: APP, report: receiver.url, reply: receiver.url, template: receiver.url, sign: receiver.url },
		]);
	});

	test.each([
		['a line break after it', (text: string) => `${text}\n`],
		['quotes around it', (text: string) => JSON.stringify(text)],
		['nothing', () => ''],
	])('is not saved when it gives back %s', async (_what, echo) => {
		receiver.echo = echo;
		await expect(set()).rejects.toThrow(/must give back the text of "echostr"/);
		expect(jsms.sandbox.callbacks.list()).toEqual([]);
	});

	test('must be one, of a known application and kind, and be reachable', async () => {
		const { callbacks } = jsms.sandbox;
		await expect(callbacks.set('ftp://127.0.0.1/')).rejects.toThrow('must begin with http:// or https://');
		await expect(callbacks.set('http://127.0.0.1:1/')).rejects.toThrow('got no response: ');
		await expect(set({ appKey: 'nobody' })).rejects.toThrow('There is no application "nobody".');
		await expect(set({ kinds: ['x'] })).rejects.toThrow('There is no kind "x". Known: report, reply, template, sign.');
		jsms.sandbox.settings.callbackPorts = 'standard';
		await expect(set()).rejects.toThrow('cannot have a port of its own');
		expect(callbacks.list()).toEqual([]);
	});
});

describe('callbacks', () => {
	test('are signed forms, one for each message, with its msg_id', async () => {
		await set();
		const { msg_id: id } = (await send('13800000001')).json;
		await received(1);
		const [form] = receiver.forms;
		const { accepted_at: at } = jsms.sandbox.ledger[0];
		expect(form).toEqual({
			nonce: expect.stringMatching(/^-?\d+$/),
			timestamp: expect.stringMatching(/^\d{13}$/),
			signature: rightSignature(form),
			type: 'SMS_REPORT',
			data: { msgId: String(id), status: 4001, receiveTime: at, phone: '13800000001' },
		});
		expect(receiver.types[0]).toMatch(/^application\/x-www-form-urlencoded/);
		await ended('taken');
		expect((await jsms.control<WholeMessage>('/ledger/1')).json.callbacks).toMatchObject([
			{ attempt: 1, status: 200, state: 'taken' },
		]);
	});

	test('come for messages whose report comes into being from then on, after the delay, of this application only', async () => {
		await send('13800000001');
		jsms.sandbox.settings.reportDelayMs = 60_000;
		await send('13800000002');
		await set();
		await jsms.post(
			'/messages',
			{ mobile: '13800000003', temp_id: 1250, temp_para: { number: '1' } },
			{ pair: { user: 'exampleappkey00000000004', secret: 'dummymastersecret0000004' } },
		);
		await send('13800000004');
		expect(receiver.forms).toEqual([]);
		jsms.sandbox.advance(61_000);
		await received(3);
		// The first one was accepted when there was no delay; with the delay its report is as new as that of the others.
		expect(receiver.forms.map(({ data }) => data.phone).sort()).toEqual(['13800000001', '13800000002', '13800000004']);
	});

	test('do not come for reports that are there already: these are for pulling', async () => {
		await send('13800000001');
		await set();
		await send('13800000002');
		await received(1);
		expect(receiver.forms.map(({ data }) => data.phone)).toEqual(['13800000002']);
	});

	test('tell a review that ends by itself, at its time', async () => {
		jsms.sandbox.settings.reviewDelayMs = 30;
		await set();
		const { temp_id: id } = (await jsms.post('/templates', { template: '您好{{name}}', type: 2 })).json;
		await received(1);
		expect(receiver.forms[0]).toMatchObject({
			type: 'SMS_TEMPLATE',
			data: { tempId: id, status: 1, refuseReason: null },
		});
	});

	test('tell replies and results of reviews', async () => {
		await set();
		jsms.sandbox.reply('13800000001', '退订 & "more"', APP);
		jsms.sandbox.review('template', 4001, 2, '内容不合规');
		jsms.sandbox.review('signature', 37003, 1);
		await received(3);
		const told = receiver.forms.map(({ type, data }) => [type, data]);
		expect(told).toEqual(
			expect.arrayContaining([
				['SMS_REPLY', { phone: '13800000001', replyTime: expect.any(Number), content: '退订 & "more"' }],
				['SMS_TEMPLATE', { tempId: 4001, status: 2, refuseReason: '内容不合规' }],
				['SMS_SIGN', { signId: 37003, status: 1, refuseReason: null }],
			]),
		);
	});

	test('tell only the kinds that have an address, and make pulling these the matter of a switch', async () => {
		await set({ kinds: ['report'] });
		jsms.sandbox.reply('13800000001', 'T', APP);
		await send('13800000001');
		await received(1);
		expect(receiver.forms.map(({ type }) => type)).toEqual(['SMS_REPORT']);
		expect((await jsms.api('/report')).json).toEqual([]);
		expect((await jsms.api('/reply')).json).toMatchObject([{ content: 'T' }]);
		jsms.sandbox.settings.pullWithCallbacks = 'refuse';
		expect((await jsms.api('/report')).json).toEqual(error(50016, 'api not found'));
		// What was told is not handed out once more when callbacks are off again; what comes later is.
		await jsms.sandbox.callbacks.set(null, { kinds: ['report'] });
		expect((await jsms.api('/report')).json).toEqual([]);
		await send('13800000002');
		jsms.sandbox.advance(5000);
		expect((await jsms.api('/report')).json).toMatchObject([{ phone: '13800000002' }]);
		expect(receiver.forms).toHaveLength(1);
	});

	test('that fail are repeated after 3 minutes, 1 hour and 12 hours, then given up', async () => {
		receiver.answer = (response) => response.writeHead(503).end();
		await set();
		await send('13800000001');
		for (const [pauses, minutes] of [3, 60, 720].entries()) {
			await until(() => states().length === pauses + 1 && states().at(-1) === `${pauses + 1} repeats`);
			jsms.sandbox.advance(minutes * 60_000 - 2000);
			jsms.sandbox.callbacks.deliveries.work();
			expect(states()).toHaveLength(pauses + 1);
			jsms.sandbox.advance(2000);
		}
		await ended('given up');
		expect(states()).toEqual(['1 repeats', '2 repeats', '3 repeats', '4 given up']);
		expect(new Set(receiver.forms.map((form) => JSON.stringify(form))).size).toBe(1);
	});

	test("are repeated by the machine's clock too, until one is taken", async () => {
		Object.assign(jsms.sandbox.settings, { callbackRepeatsMs: [20, 20], callbackRepeatStamp: 'new' });
		receiver.answer = (response) => response.writeHead(receiver.forms.length < 2 ? 500 : 200).end();
		await set();
		await send('13800000001');
		await ended('taken');
		expect(states()).toEqual(['1 repeats', '2 taken']);
		const [first, second] = receiver.forms;
		expect(second.nonce).not.toBe(first.nonce);
		expect([second.signature, second.data]).toEqual([rightSignature(second), first.data]);
	});

	test('without an answer in time have failed', async () => {
		Object.assign(jsms.sandbox.settings, { callbackTimeoutMs: 50, callbackRepeatsMs: [] });
		receiver.answer = () => {};
		await set();
		await send('13800000001');
		await ended('given up');
		expect(jsms.sandbox.callbacks.entries[0]).toMatchObject({ status: null, error: expect.any(String) });
	});

	test.each([
		['2xx', 204, 'taken'],
		['200', 204, 'given up'],
		['2xx', 404, 'given up'],
		['answered', 404, 'taken'],
	])('callbackSuccess %s: one answered with %i is %s', async (success, status, state) => {
		Object.assign(jsms.sandbox.settings, { callbackSuccess: success, callbackRepeatsMs: [] });
		receiver.answer = (response) => response.writeHead(status).end();
		await set();
		await send('13800000001');
		await ended(state);
	});

	test('come so many at a time, none lost and none twice', async () => {
		jsms.sandbox.settings.callbacksAtOnce = 7;
		const open: http.ServerResponse[] = [];
		let most = 0;
		receiver.answer = (response) => {
			most = Math.max(most, open.push(response));
			// They come slowly on a busy machine: nobody gets an answer before 7 wait for one, and an 8th had its chance.
			const count = receiver.forms.length;
			if (count >= 7) setTimeout(() => open.splice(0).forEach((held) => held.end()), count === 7 ? 50 : 2);
		};
		await set();
		const mobiles = Array.from({ length: 600 }, (_, index) => String(13810000000 + index));
		const recipients = mobiles.map((mobile) => ({ mobile, temp_para: { number: '1' } }));
		await jsms.post('/messages/batch', { temp_id: 1250, recipients });
		await until(() => states().length === 600 && states().every((state: string) => state === '1 taken'));
		expect(receiver.forms.map(({ data }) => data.phone).sort()).toEqual(mobiles);
		expect(most).toBe(7);
	});

	test('callbackSignatures, callbackCopies and callbackReplays', async () => {
		await set();
		jsms.sandbox.settings.callbackSignatures = 'wrong';
		await send('13800000001');
		await received(1);
		// It is done before the settings change.
		await ended('taken');
		const right = rightSignature(receiver.forms[0]);
		expect(receiver.forms[0].signature.slice(0, 39)).toBe(right.slice(0, 39));
		expect(receiver.forms[0].signature).not.toBe(right);

		Object.assign(jsms.sandbox.settings, {
			callbackSignatures: 'right',
			callbackCopies: 2,
			callbackReplays: 'altered',
		});
		await send('13800000002');
		await received(5);
		const [, ...forms] = receiver.forms;
		expect(new Set(forms.map(({ nonce, timestamp, signature }) => nonce + timestamp + signature)).size).toBe(1);
		expect(forms.slice(0, 3).map(({ data }) => data.status)).toEqual([4001, 4001, 4001]);
		expect(forms[3].data).toMatchObject({ status: 4100, phone: '13900000000' });
	});

	test('a reset takes the addresses away, and closing ends what is under way', async () => {
		await set();
		jsms.sandbox.reset();
		await send('13800000001');
		expect([jsms.sandbox.callbacks.list(), receiver.forms]).toEqual([[], []]);

		const own = await startSandbox({ settings: { reportDelayMs: 0 } });
		receiver.answer = () => {};
		await own.callbacks.set(receiver.url);
		own.callbacks.test('report');
		await received(1);
		await own.close();
		own.callbacks.deliveries.work();
		expect(own.callbacks.entries).toHaveLength(1);
	});
});

describe('over HTTP', () => {
	test('an address is set, shown, tested and taken away', async () => {
		const put = await jsms.control('/callbacks', {
			method: 'PUT',
			body: { url: receiver.url, kinds: ['report', 'reply'] },
		});
		expect([put.status, put.json]).toEqual([200, [{ app_key: APP, report: receiver.url, reply: receiver.url }]]);
		expect((await jsms.control('/callbacks')).json).toEqual(put.json);
		expect((await jsms.control('/callbacks/test', { body: { kind: 'report' } })).json).toEqual({ ok: true });
		await received(1);
		expect(receiver.forms[0].data).toEqual({
			msgId: '1857496',
			status: 4001,
			receiveTime: 1492150740292,
			phone: '13000000000',
		});
		await ended('taken');
		const sent = (await jsms.control('/callbacks/sent?msg_id=1857496')).json;
		expect(sent).toMatchObject([{ number: 1, type: 'SMS_REPORT', url: receiver.url, status: 200, state: 'taken' }]);
		expect((await jsms.control('/callbacks/sent?msg_id=0')).json).toEqual([]);
		expect((await jsms.control('/callbacks', { method: 'PUT', body: { url: null } })).json).toEqual([]);
	});

	test.each([
		['/callbacks', 'PUT', {}, 'Give the address as "url"; null takes it away.'],
		['/callbacks', 'PUT', { url: 'example' }, 'The "url" of a callback must begin with http:// or https://.'],
		['/callbacks', 'PUT', { url: 7 }, 'The field "url" cannot be 7.'],
		['/callbacks/test', 'POST', { kind: 'x' }, 'There is no kind "x". Known: report, reply, template, sign.'],
		['/callbacks/test', 'POST', { kind: 'sign' }, `The application "${APP}" has no address for "sign".`],
	])('%s %s %j is refused', async (path, method, body, sentence) => {
		const { status, json } = await jsms.control(path, { method, body });
		expect([status, json]).toEqual([400, { error: sentence }]);
	});
});
