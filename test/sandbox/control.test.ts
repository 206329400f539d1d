import type { News } from '../../sandbox/inbox/events';
import type { LedgerEntry } from '../../sandbox/ledger';
import type { RecordedRequest } from '../../sandbox/requests';
import type { Settings } from '../../sandbox/settings';
import http from 'node:http';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { TSX } from '../../scripts/tsx';
import { startSandbox } from '../../sandbox';
import { call, until, useSandbox, applicationNumber } from './support';

const jsms = useSandbox({ noParametersCode: 50023 });
const ok = { mobile: '13812345678', temp_id: 1250, temp_para: { number: '1' } };

test('reset brings everything back, the settings given at the start included', async () => {
	const fresh = (
		await Promise.all(
			['/accounts', '/templates', '/signatures', '/settings'].map((path) => jsms.control<unknown>(path)),
		)
	).map(({ json }) => json);
	await jsms.post('/messages', ok);
	jsms.sandbox.settings.noParametersCode = 50022;
	jsms.sandbox.fault({ kind: 'emptyBody' });
	jsms.sandbox.templates.patch(1250, { status: 2 });
	jsms.sandbox.signatures.delete(37001);
	jsms.sandbox.accounts.patch('exampleappkey00000000001', { quota: null });
	jsms.sandbox.advance(1000);
	const { ledger, requests } = jsms.sandbox;
	expect((await jsms.control('/reset', { method: 'POST' })).json).toEqual({ ok: true });
	const again = (
		await Promise.all(
			['/accounts', '/templates', '/signatures', '/settings'].map((path) => jsms.control<unknown>(path)),
		)
	).map(({ json }) => json);
	expect(again).toEqual(fresh);
	expect((fresh[3] as Partial<Settings>).noParametersCode).toBe(50023);
	expect([ledger, requests, jsms.sandbox.faults]).toEqual([[], [], []]);
	expect((await jsms.post('/messages', ok)).status).toBe(200);
	// The arrays held on to before the reset are still the live ones.
	expect([ledger.length, requests.length, requests[0].number]).toEqual([1, 1, 1]);
});

test('the ledger over HTTP', async () => {
	for (const mobile of ['13812345671', '13812345672', '13812345671']) await jsms.post('/messages', { ...ok, mobile });
	const seqs = async (query: string) =>
		(await jsms.control<LedgerEntry[]>(`/ledger${query}`)).json.map((entry) => entry.seq);
	expect((await jsms.control('/ledger')).json).toEqual(jsms.sandbox.ledger);
	expect(await seqs('?mobile=13812345671')).toEqual([1, 3]);
	expect(await seqs('?since=1')).toEqual([2, 3]);
	expect(await seqs('?search=5672')).toEqual([2]);
	expect(await seqs('?newest=2')).toEqual([2, 3]);
	expect((await jsms.control('/ledger?newest=1')).headers['x-total-count']).toBe('3');
	expect((await jsms.control('/ledger?since=x')).json).toEqual({ error: '"since" must be a whole number.' });
});

test('the requests, with the Authorization masked', async () => {
	await jsms.post('/messages?a=1', ok);
	await jsms.api('/templates/77', { pair: applicationNumber(4) });
	const { text, json } = await jsms.control<RecordedRequest[]>('/requests');
	expect(json).toEqual(jsms.sandbox.requests);
	expect(json).toMatchObject([
		{ number: 1, method: 'POST', path: '/v1/messages', query: { a: '1' }, body: JSON.stringify(ok), status: 200 },
		{ number: 2, method: 'GET', path: '/v1/templates/77', status: 403, answer: expect.stringContaining('50013') },
	]);
	expect(json[0].headers).toMatchObject({ authorization: '<masked>', 'content-type': 'application/json' });
	expect(text).not.toContain('dummymaster');
	expect(text).not.toContain(Buffer.from('exampleappkey').toString('base64').slice(0, 12));
});

test('what is recorded can be cut down', async () => {
	Object.assign(jsms.sandbox.settings, { recordBodies: false, maxRecordedRequests: 2 });
	for (let number = 0; number < 3; number++) await jsms.post('/messages', ok);
	expect(jsms.sandbox.requests).toMatchObject([{ number: 2, body: '' }, { number: 3 }]);
	expect(jsms.sandbox.requests[0]).not.toHaveProperty('answer');
	jsms.sandbox.settings.recordRequests = false;
	await jsms.post('/messages', ok);
	expect(jsms.sandbox.requests).toHaveLength(2);
	expect(jsms.last().request).toBe(4);
});

test('faults, settings and the clock over HTTP', async () => {
	expect((await jsms.control('/faults', { body: { kind: 'answer', status: 503 } })).json).toMatchObject([
		{ kind: 'answer', times: 1 },
	]);
	expect((await jsms.control('/faults', { method: 'DELETE' })).json).toEqual({ ok: true });
	const refused = await jsms.control('/faults', { body: { kind: 'x' } });
	expect([refused.status, refused.json.error]).toEqual([400, expect.stringMatching(/^There is no fault kind "x"/)]);
	const patched = await jsms.control<Settings>('/settings', {
		method: 'PATCH',
		body: { rowOrder: 'reversed' },
	});
	expect([patched.json.rowOrder, jsms.sandbox.settings.rowOrder]).toEqual(['reversed', 'reversed']);
	const half = await jsms.control('/settings', { method: 'PATCH', body: { rowOrder: 'request', latency: 1 } });
	expect([half.status, jsms.sandbox.settings.rowOrder]).toEqual([400, 'reversed']);
	const before = jsms.sandbox.now();
	await jsms.control('/advance', { body: { ms: 3600_000 } });
	expect(jsms.sandbox.now() - before).toBeGreaterThanOrEqual(3600_000);
});

test('templates, signatures and accounts over HTTP', async () => {
	await jsms.control('/templates/5000', { method: 'PUT', body: { template: '您好，{{who}}' } });
	await jsms.control('/signatures/37009', { method: 'PUT', body: { sign: '新签名', is_default: 1 } });
	await jsms.post('/messages', { ...ok, temp_id: 5000, temp_para: { who: '张三' } });
	expect(jsms.sandbox.ledger[0].text).toBe('【新签名】您好，张三');
	await jsms.control('/accounts', { method: 'PATCH', body: { key: 'exampleappkey00000000001', service_on: false } });
	expect((await jsms.post('/messages', ok)).json.error.code).toBe(50008);
	const wrong: [path: string, method: string, body: unknown][] = [
		['/templates/5000', 'PUT', { type: 9, template: 'x' }],
		['/templates/5000', 'PUT', {}],
		['/templates/x', 'PUT', { template: 'x' }],
		['/signatures/1', 'PUT', { signature: 'x' }],
		['/accounts', 'PATCH', { key: 'nobody' }],
		['/accounts', 'PATCH', { key: 'exampleappkey00000000001', quota: { ballance: 5 } }],
		['/accounts', 'PATCH', { key: 'exampledevkey00000000001', quota: null }],
		['/accounts', 'PATCH', { key: 'exampledevkey00000000001', blacklisted: true }],
		['/settings', 'PATCH', []],
		['/settings', 'PATCH', 'x'],
	];
	for (const [path, method, body] of wrong) {
		const { status, json } = await jsms.control(path, { method, body });
		expect([path, status, typeof json.error]).toEqual([path, 400, 'string']);
	}
	expect((await jsms.control('/nothing')).status).toBe(404);
});

test('the inbox page and its files are there, and nothing else', async () => {
	const page = await call(`${jsms.sandbox.url}/`, { pair: null });
	expect([page.status, page.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
	const files = new Set(Array.from(page.text.matchAll(/(?:href|src)="(\/[^"]+)"/g), ([, file]) => file));
	for (const file of files) {
		const { status, text } = await call(jsms.sandbox.url + file, { pair: null });
		expect([file, status]).toEqual([file, 200]);
		for (const [, name] of text.matchAll(/^import .* from '\.\/(.+)';$/gm)) files.add(`/inbox/${name}`);
	}
	expect(files.size).toBeGreaterThan(5);
	expect((await call(`${jsms.sandbox.url}/../package.json`, { pair: null })).status).toBe(404);
});

test('open inbox pages hear of new messages and of a reset', async () => {
	await jsms.post('/messages', ok);
	const heard: [string, News][] = [];
	const request = http.get(`${jsms.sandbox.url}/_sandbox/events`);
	const [response] = await once(request, 'response');
	let text = '';
	response.on('error', () => {});
	response.on('data', (data: Buffer) => {
		text += data;
		for (let end = text.indexOf('\n\n'); end !== -1; end = text.indexOf('\n\n')) {
			const [, name, json] = /^event: (\w+)\ndata: (.*)$/.exec(text.slice(0, end)) ?? [];
			heard.push([name, JSON.parse(json)]);
			text = text.slice(end + 2);
		}
	});
	const nth = async (count: number) => {
		await until(() => heard.length >= count);
		return heard[count - 1];
	};
	expect(await nth(1)).toEqual(['start', { total: 1 }]);
	const recipients = Array.from({ length: 600 }, (_, index) => ({ mobile: String(13900100000 + index * 10 + 1) }));
	await jsms.post('/messages/batch', { temp_id: 2002, recipients });
	const [name, { total, entries }] = await nth(2);
	expect([name, total, entries.length, entries[0].seq, entries.at(-1)?.seq]).toEqual(['changed', 601, 500, 102, 601]);
	jsms.sandbox.reset();
	expect(await nth(3)).toEqual(['changed', { total: 0, again: true, entries: [], callbacks: [] }]);
	jsms.sandbox.reply('13800000001', 'TD');
	expect(await nth(4)).toMatchObject(['changed', { again: true }]);
	request.destroy();
});

test('close ends open connections and waiting answers at once', async () => {
	const sandbox = await startSandbox();
	sandbox.fault([{ kind: 'neverAnswer' }, { kind: 'delay', ms: 60_000 }, { kind: 'slowDrip', bytesPerSecond: 1 }]);
	const send = () => call(`${sandbox.baseUrl}/messages`, { body: ok });
	const outcomes = Promise.allSettled([send(), send(), send()]);
	await until(() => sandbox.requests.length === 3 && sandbox.ledger.length === 1);
	const started = performance.now();
	await sandbox.close();
	const [never, delayed, drip] = await outcomes;
	expect(performance.now() - started).toBeLessThan(10_000);
	expect([never.status, delayed.status]).toEqual(['rejected', 'rejected']);
	expect(drip.status === 'rejected' || drip.value.complete === false).toBe(true);
	await expect(send()).rejects.toMatchObject({ code: 'ECONNREFUSED' });
});

describe('cli', () => {
	const started: ChildProcess[] = [];
	const cli = (...args: string[]) => {
		const child = spawn(process.execPath, [...TSX, join(__dirname, '../../sandbox/cli.ts'), ...args], {
			stdio: 'pipe',
		});
		started.push(child);
		return child;
	};
	// Also when a test ended early: nothing may outlive the tests.
	afterAll(() => started.forEach((child) => child.kill('SIGKILL')));

	test('prints the addresses, takes settings and ends on SIGTERM', async () => {
		const child = cli('--set', 'rowOrder=reversed', '--set', 'latencyMs=1');
		const [output] = await once(child.stdout, 'data');
		const url = /Inbox\s+(\S+)/.exec(String(output))?.[1];
		expect(String(output)).toContain(`${url}v1`);
		expect(String(output)).toContain('exampleappkey00000000001');
		const { json } = await call<Settings>(`${url}_sandbox/settings`, { pair: null });
		expect([json.rowOrder, json.latencyMs]).toEqual(['reversed', 1]);
		child.kill('SIGTERM');
		expect(await once(child, 'exit')).toEqual([0, null]);
	});

	test('says what is wrong with an argument', async () => {
		const child = cli('--set', 'rowOrder=x');
		const [message] = await once(child.stderr, 'data');
		expect(String(message)).toMatch(/^The sandbox setting "rowOrder" cannot be "x"/);
		expect((await once(child, 'exit'))[0]).toBe(1);
	});
});
