import fc from 'fast-check';
import type { INodeExecutionData } from 'n8n-workflow';

import { JSmsApi } from '../../credentials/JSmsApi.credentials';
import { JSmsTrigger } from '../../nodes/JSms/JSmsTrigger.node';
import { callbackForm, postCallback, reports, TEST_DATA, type CallbackForm } from '../support/callbacks';
import { takeLogs, type NodeUnderTest } from '../support/engine';
import { keysOf } from '../support/jsms';
import { hostTrigger, type HostedTrigger, type HostOptions } from '../support/webhooks';

const credentials = { jSmsApi: keysOf('https://api.sms.jpush.cn/v1').jSmsApi };
const keys = { appKey: String(credentials.jSmsApi.appKey), masterSecret: String(credentials.jSmsApi.masterSecret) };
const trigger: NodeUnderTest = {
	name: 'JSms Trigger',
	type: 'n8n-nodes-jsms.jSmsTrigger',
	nodeType: new JSmsTrigger(),
	credentialTypes: [new JSmsApi()],
	credentials,
};

const [report] = reports(1);
const reply = { phone: '13800138000', replyTime: 1_700_000_001_000, content: 'TD' };

let hosted: HostedTrigger[] = [];
let workflows = 0;
afterEach(async () => {
	await Promise.all(hosted.map(async (one) => await one.close()));
	hosted = [];
});

/** Each in a workflow of its own, because what was seen is remembered for as long as the process lives. */
async function host(options: HostOptions = {}, node: NodeUnderTest = trigger): Promise<HostedTrigger> {
	workflows += 1;
	const one = await hostTrigger(node, { workflowId: `workflow-${workflows}`, ...options });
	hosted.push(one);
	takeLogs();
	return one;
}

const send = async ({ url }: HostedTrigger, form: CallbackForm) => await postCallback(url, form);
const startedBy = ({ executions }: HostedTrigger) => executions.flat().map(({ json }) => json);
const warnings = () => takeLogs().filter(({ level }) => level === 'warn');

describe("the console's check of the address", () => {
	it('gets back exactly its text, as plain text, and starts nothing', async () => {
		const { url, executions } = await host();
		const response = await fetch(`${url}?echostr=aB3dE6gH`);
		expect(response.status).toBe(200);
		expect(response.headers.get('content-type')).toMatch(/^text\/plain/);
		expect(await response.text()).toBe('aB3dE6gH');
		expect(executions).toEqual([]);
	});

	it('cannot be made to show a page', async () => {
		const { url } = await host();
		const response = await fetch(`${url}?echostr=${encodeURIComponent('<script>alert(1)</script>')}`);
		expect(response.headers.get('content-type')).toMatch(/^text\/plain/);
		expect(response.headers.get('x-content-type-options')).toBe('nosniff');
	});

	it.each(['', '?echostr=', '?echostr=a&echostr=b', `?echostr=${'x'.repeat(65)}`])(
		'answers 400 to %j',
		async (query) => {
			const { url, executions } = await host();
			const response = await fetch(url + query);
			expect(response.status).toBe(400);
			expect(await response.text()).toBe('This address takes callbacks of JSMS. Enter it in the Jiguang console.');
			expect(executions).toEqual([]);
		},
	);
});

describe('a callback', () => {
	const all = ['deliveryReport', 'reply', 'templateReview', 'signatureReview'];

	it.each([
		['deliveryReport', 'SMS_REPORT', report],
		['reply', 'SMS_REPLY', reply],
		['templateReview', 'SMS_TEMPLATE', { tempId: 1250, status: 2, refuseReason: 'no company name' }],
		['signatureReview', 'SMS_SIGN', { signId: 37001, status: 1, refuseReason: null }],
	])('starts one execution with one item: %s', async (event, type, data) => {
		const one = await host({ parameters: { events: all } });
		const form = callbackForm(keys, type, data);
		const { status, text } = await send(one, form);
		expect({ status, text }).toEqual({ status: 200, text: '' });
		const { nonce, timestamp } = form;
		expect(one.executions).toHaveLength(1);
		expect(startedBy(one)).toEqual([expect.objectContaining({ event, ...data, type, timestamp, nonce })]);
		expect(startedBy(one)[0]).not.toHaveProperty('test');
		expect(startedBy(one)[0]).not.toHaveProperty('signature');
	});

	it('is confirmed and dropped when its event was not chosen', async () => {
		const one = await host();
		expect(
			(await send(one, callbackForm(keys, 'SMS_TEMPLATE', { tempId: 1, status: 1, refuseReason: null }))).status,
		).toBe(200);
		expect((await send(one, callbackForm(keys, 'SMS_REPLY', reply))).status).toBe(200);
		expect(startedBy(one).map(({ event }) => event)).toEqual(['reply']);
	});

	it("of the console's test button is marked, or dropped if so wanted", async () => {
		const marked = await host();
		await send(marked, callbackForm(keys, 'SMS_REPLY', TEST_DATA.SMS_REPLY));
		expect(startedBy(marked)).toEqual([expect.objectContaining({ event: 'reply', content: 'TD', test: true })]);
		const dropped = await host({ parameters: { options: { includeTestEvents: false } } });
		expect((await send(dropped, callbackForm(keys, 'SMS_REPLY', TEST_DATA.SMS_REPLY))).status).toBe(200);
		expect(dropped.executions).toEqual([]);
	});
});

describe('a repeat', () => {
	it('is confirmed and starts nothing', async () => {
		const one = await host();
		const form = callbackForm(keys, 'SMS_REPORT', report);
		for (let time = 0; time < 4; time += 1) expect((await send(one, form)).status).toBe(200);
		expect(one.executions).toHaveLength(1);
	});

	it('starts nothing either when it arrives at the same moment', async () => {
		const one = await host();
		const form = callbackForm(keys, 'SMS_REPORT', report);
		const answers = await Promise.all(Array.from({ length: 30 }, async () => await send(one, form)));
		expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
		expect(one.executions).toHaveLength(1);
	});

	it('starts the execution that could not be started the first time', async () => {
		let broken = true;
		const one = await host({
			start: async () => {
				if (broken) throw new Error('no room in the database');
			},
		});
		const form = callbackForm(keys, 'SMS_REPORT', report);
		expect((await send(one, form)).status).toBe(500);
		broken = false;
		expect((await send(one, form)).status).toBe(200);
		expect((await send(one, form)).status).toBe(200);
		expect(one.executions).toHaveLength(1);
	});

	it('after the service has hung up does not double an execution that was still being started', async () => {
		let letStart = () => {};
		const waiting = new Promise<void>((resolve) => (letStart = resolve));
		const one = await host({ start: async () => await waiting });
		const form = callbackForm(keys, 'SMS_REPORT', report);
		const hungUp = fetch(one.url, {
			method: 'POST',
			body: new URLSearchParams(form),
			signal: AbortSignal.timeout(100),
		});
		await expect(hungUp).rejects.toThrow();
		expect((await send(one, form)).status).toBe(409);
		letStart();
		await waiting;
		expect((await send(one, form)).status).toBe(200);
		expect(one.executions).toHaveLength(1);
	});

	it('in another workflow is none', async () => {
		const form = callbackForm(keys, 'SMS_REPORT', report);
		const [first, second] = [await host(), await host()];
		await send(first, form);
		await send(second, form);
		expect([first.executions.length, second.executions.length]).toEqual([1, 1]);
	});

	it('is wanted where a person tests in the editor', async () => {
		const one = await host({ mode: 'manual' });
		const form = callbackForm(keys, 'SMS_REPORT', report);
		await send(one, form);
		await send(one, form);
		expect(one.executions).toHaveLength(2);
	});

	it('with other content is refused, and a signature that never came is worth nothing once it is too old', async () => {
		const form = callbackForm(keys, 'SMS_REPORT', report);
		const altered = { ...form, data: JSON.stringify({ ...report, status: 4004 }) };
		const one = await host();
		await send(one, form);
		expect((await send(one, altered)).status).toBe(401);
		expect(startedBy(one).map(({ status }) => status)).toEqual([4003]);
		const strict = await host({ parameters: { options: { maxAge: 60 } } });
		const old = callbackForm(keys, 'SMS_REPORT', report, { timestamp: Date.now() - 61_000 });
		expect((await send(strict, { ...old, data: altered.data })).status).toBe(401);
		expect(strict.executions).toEqual([]);
	});
});

it('takes the repeats of the service after 3 minutes, 1 hour and 12 hours by default', async () => {
	const one = await host();
	const hours = (count: number) => ({ timestamp: Date.now() - count * 3_600_000 });
	expect((await send(one, callbackForm(keys, 'SMS_REPORT', report, hours(13.1)))).status).toBe(200);
	expect((await send(one, callbackForm(keys, 'SMS_REPORT', report, hours(14.1)))).status).toBe(401);
	expect(one.executions).toHaveLength(1);
});

describe('what is refused', () => {
	const form = callbackForm(keys, 'SMS_REPORT', report);
	const signed = (type: string, data: unknown) => callbackForm(keys, type, data);
	const wrong = callbackForm({ ...keys, masterSecret: 'dummymastersecret0000002' }, 'SMS_REPORT', report);

	it.each([
		['a signature with other keys', 401, wrong, /signature does not match/],
		['a signature changed by a letter', 401, { ...form, signature: form.signature.replace(/.$/, 'g') }, /signature/],
		['a form without data', 400, { ...form, data: '' }, /not the form that JSMS sends/],
		['broken JSON', 400, signed('SMS_REPORT', '{"msgId":'), /not a JSON object/],
		['an unknown type', 400, signed('SMS_CALL', report), /type is not known/],
		['an oversized body', 413, signed('SMS_REPORT', { ...report, more: 'x'.repeat(70_000) }), /too large/],
		['an old callback', 401, callbackForm(keys, 'SMS_REPORT', report, { timestamp: 1 }), /'Max Age'/],
	])('starts nothing, tells nothing and is logged once: %s', async (_what, expected, body, reason) => {
		const one = await host();
		const { status, text, headers } = await send(one, body);
		expect(status).toBe(expected);
		expect(headers.get('content-type')).toMatch(/^text\/plain/);
		expect(text).toMatch(/^(This is not a callback of JSMS|The callback (was not accepted|is too large))\.$/);
		expect(one.executions).toEqual([]);
		const logged = warnings();
		expect(logged).toEqual([
			{
				level: 'warn',
				message: expect.stringMatching(reason) as string,
				metadata: { workflowId: expect.any(String) as string },
			},
		]);
		for (const private_ of [report.phone, report.msgId, form.nonce, keys.appKey, keys.masterSecret]) {
			expect(JSON.stringify([logged, text])).not.toContain(private_);
		}
	});

	it.each([
		['JSON', 'application/json', JSON.stringify(form)],
		['plain text', 'text/plain', new URLSearchParams(form).toString()],
		['another type', 'application/octet-stream', new URLSearchParams(form).toString()],
		['nothing', 'application/x-www-form-urlencoded', ''],
	])('starts nothing when it is %s instead of a form', async (_what, contentType, body) => {
		const one = await host();
		const response = await fetch(one.url, { method: 'POST', body, headers: { 'content-type': contentType } });
		expect(response.status).toBe(400);
		expect(one.executions).toEqual([]);
	});

	it('starts nothing whatever the form holds', async () => {
		const one = await host();
		await fc.assert(
			fc.asyncProperty(
				fc.array(fc.tuple(fc.constantFrom(...Object.keys(form), 'x', '__proto__'), fc.string())),
				async (pairs) => {
					const { status } = await postCallback(one.url, pairs);
					expect([400, 401, 413]).toContain(status);
				},
			),
			{ numRuns: 200 },
		);
		expect(one.executions).toEqual([]);
	});
});

describe('without what it needs', () => {
	it.each([
		['the credential', {}, { credentials: {} }, /jSmsApi|credential/i],
		['a secret', {}, { credentials: { jSmsApi: { ...credentials.jSmsApi, masterSecret: '' } } }, /'Master Secret'/],
		['an event', { events: [] }, {}, /'Events' is empty/],
		['a sane age', { options: { maxAge: '={{ "soon" }}' } }, {}, /'Max Age'/],
	])('the trigger refuses to be activated, and to take a callback: %s', async (_what, parameters, changed, reason) => {
		const one = await host({ parameters }, { ...trigger, ...changed });
		await expect(one.callLifecycle('create')).rejects.toThrow(reason);
		takeLogs();
		expect((await send(one, callbackForm(keys, 'SMS_REPORT', report))).status).toBe(401);
		expect(warnings()).toEqual([expect.objectContaining({ message: expect.stringMatching(reason) as string })]);
		expect(one.executions).toEqual([]);
	});
});

it('registers nothing by itself, because only the console can', async () => {
	const one = await host();
	expect(await one.callLifecycle('checkExists')).toBe(false);
	expect(await one.callLifecycle('create')).toBe(true);
	expect(await one.callLifecycle('delete')).toBe(true);
});

it('loses and doubles none of 1,000 callbacks, 50 at a time, each sent twice', async () => {
	const started: INodeExecutionData[][][] = [];
	const one = await host({ start: async (data) => void started.push(data) });
	const forms = reports(1000).flatMap((data) => {
		const form = callbackForm(keys, 'SMS_REPORT', data);
		return [form, form];
	});
	await Promise.all(
		Array.from({ length: 50 }, async () => {
			for (let form = forms.pop(); form; form = forms.pop()) expect((await send(one, form)).status).toBe(200);
		}),
	);
	const ids = startedBy(one).map(({ msgId }) => String(msgId));
	expect(ids.sort()).toEqual(reports(1000).map(({ msgId }) => msgId));
}, 120_000);
