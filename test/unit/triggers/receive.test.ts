import type { IHookFunctions, IWebhookFunctions } from 'n8n-workflow';

import { JSmsTrigger } from '../../../nodes/JSms/JSmsTrigger.node';
import { echo, receive } from '../../../nodes/JSms/triggers/receive';
import { checkCallbackSetup } from '../../../nodes/JSms/triggers/callbackSetup';
import { callbackForm, reports, TEST_DATA } from '../../support/callbacks';
import { KEYS as keys } from '../../support/keys';

/** What the trigger answers, starts and logs, without n8n's engine. */

const [report] = reports(1);
const FORM = 'application/x-www-form-urlencoded';

/** The answer that n8n gives: what was said, and what closes it. */
class Answer {
	statusCode = 0;

	writableEnded = false;

	headers: Record<string, string> = {};

	text: string | undefined;

	private closed = () => {};

	setHeader(name: string, value: string) {
		this.headers[name] = value;
	}

	end(text: string) {
		this.text = text;
		this.writableEnded = true;
	}

	once(_event: string, listener: () => void) {
		this.closed = listener;
	}

	/** n8n has started the execution, or could not, and says so. */
	give(statusCode: number) {
		Object.assign(this, { statusCode, writableEnded: true });
		this.closed();
	}

	hangUp() {
		this.closed();
	}
}

interface Situation {
	body?: unknown;
	query?: object;
	contentType?: string;
	events?: unknown;
	options?: unknown;
	credential?: object;
	/** n8n's ID of the credential; none where absent. */
	credentialId?: string;
	mode?: string;
	workflow?: string;
	node?: string;
	webhook?: string;
	activation?: string;
}

let workflows = 0;
beforeEach(() => {
	workflows += 1;
});

/** What n8n hands to the trigger, in a workflow of its own for every test. */
function call({
	body,
	query = {},
	contentType = FORM,
	events = ['deliveryReport', 'reply'],
	options = {},
	credential = keys,
	credentialId,
	mode = 'webhook',
	workflow = `workflow-${workflows}`,
	node = 'node-1',
	webhook = 'default',
	activation = 'activate',
}: Situation) {
	const answer = new Answer();
	const logged: unknown[] = [];
	const parameters: Record<string, unknown> = { events, options };
	const credentials = credentialId === undefined ? undefined : { jSmsApi: { id: credentialId, name: 'JSms' } };
	const getCredentials = jest.fn(async (name: string) => await Promise.resolve(name === 'jSmsApi' ? credential : {}));
	const context = {
		getBodyData: () => body,
		getQueryData: () => query,
		getHeaderData: () => (contentType === '' ? {} : { 'content-type': contentType }),
		getNodeParameter: (name: string) => parameters[name],
		getCredentials,
		getMode: () => mode,
		getActivationMode: () => activation,
		getWorkflow: () => ({ id: workflow }),
		getNode: () => ({ id: node, name: 'Callbacks', type: 'jSmsTrigger', parameters: {}, credentials }),
		getResponseObject: () => answer,
		getWebhookName: () => webhook,
		logger: { warn: (...line: unknown[]) => logged.push(line) },
	} as unknown as IWebhookFunctions & IHookFunctions;
	return { context, answer, logged, getCredentials };
}

const PLAIN = { 'Content-Type': 'text/plain; charset=utf-8', 'X-Content-Type-Options': 'nosniff' };

/** What became of a callback: the answer where the trigger gave it itself, else the items of the execution. */
async function take(situation: Situation) {
	const { context, answer, logged, getCredentials } = call(situation);
	const { workflowData, noWebhookResponse } = await receive(context);
	return {
		answer,
		logged,
		readKeys: getCredentials.mock.calls.length,
		items: workflowData?.map((items) => items.map(({ json }) => json)),
		answered: noWebhookResponse === true ? answer.statusCode : undefined,
	};
}

describe('the check of the address', () => {
	const check = (query: object) => {
		const { context, answer } = call({ query });
		return { result: echo(context), answer };
	};

	it.each(['aB3dE6gH', '<b>', 'x'.repeat(64)])('gets %j back as plain text', (echostr) => {
		const { result, answer } = check({ echostr });
		expect(result).toEqual({ noWebhookResponse: true });
		expect([answer.statusCode, answer.text, answer.headers]).toEqual([200, echostr, PLAIN]);
	});

	it.each([[undefined], [''], [['a', 'b']], ['x'.repeat(65)], [{ a: 'b' }]])(
		'is told for %j what the address is for',
		(echostr) => {
			const { answer } = check({ echostr });
			expect([answer.statusCode, answer.text, answer.headers]).toEqual([
				400,
				'This address takes callbacks of JSMS. Enter it in the Jiguang console.',
				PLAIN,
			]);
		},
	);
});

describe('a callback', () => {
	const form = callbackForm(keys, 'SMS_REPORT', report);
	const { type, timestamp, nonce } = form;

	it.each([FORM, `${FORM}; charset=utf-8`, FORM.toUpperCase()])(
		'as %s starts one execution with one item',
		async (contentType) => {
			const { items, answered, logged } = await take({ body: form, contentType });
			expect(items).toEqual([
				[expect.objectContaining({ event: 'deliveryReport', msgId: report.msgId, type, timestamp, nonce })],
			]);
			expect(items?.[0][0]).not.toHaveProperty('test');
			expect([answered, logged]).toEqual([undefined, []]);
		},
	);

	it.each(['application/json', 'text/plain', `x-${FORM}`, `${FORM}ed`, ''])('as %j is refused', async (contentType) => {
		const { items, answered, answer, logged } = await take({ body: form, contentType });
		expect([items, answered, answer.text]).toEqual([undefined, 400, 'This is not a callback of JSMS.']);
		expect(logged).toEqual([
			[
				'Callbacks: refused a callback with 400, because it is not the form that JSMS sends',
				{ workflowId: `workflow-${workflows}` },
			],
		]);
	});

	it.each([
		[401, 'The callback was not accepted.', { ...form, signature: '0'.repeat(40) }],
		[413, 'The callback is too large.', { ...form, nonce: '1'.repeat(70_000) }],
	])('that is refused with %i is told no more than %j', async (status, text, body) => {
		const { answered, answer } = await take({ body });
		expect([answered, answer.text, answer.headers]).toEqual([status, text, PLAIN]);
	});

	it('for an event that was not chosen is confirmed and dropped', async () => {
		const { items, answered, answer } = await take({ body: form, events: ['reply'] });
		expect([items, answered, answer.text, answer.headers]).toEqual([undefined, 200, '', PLAIN]);
	});

	it('of the test button is marked, or dropped where it is not wanted', async () => {
		const pressed = () => callbackForm(keys, 'SMS_REPLY', TEST_DATA.SMS_REPLY);
		expect((await take({ body: pressed() })).items).toEqual([
			[expect.objectContaining({ event: 'reply', test: true })],
		]);
		const dropped = await take({ body: pressed(), options: { includeTestEvents: false } });
		expect([dropped.items, dropped.answered]).toEqual([undefined, 200]);
		const real = await take({ body: form, options: { includeTestEvents: false } });
		expect(real.items).toHaveLength(1);
	});

	it.each([
		['old', { maxAge: 60 }, 401],
		['old, where that does not matter', { maxAge: 0 }, undefined],
		['old, where the options are no options', 'none', undefined],
	])('is judged by its age: %s', async (_, options, answered) => {
		const old = callbackForm(keys, 'SMS_REPORT', report, { timestamp: Date.now() - 61_000 });
		expect((await take({ body: old, options })).answered).toBe(answered);
	});
});

describe('a repeat', () => {
	const form = callbackForm(keys, 'SMS_REPORT', report);

	it('starts nothing once the first has started its execution', async () => {
		const first = await take({ body: form });
		first.answer.give(200);
		const repeat = await take({ body: form });
		expect([repeat.items, repeat.answered]).toEqual([undefined, 200]);
	});

	it('is put off while nobody knows whether the first has', async () => {
		const first = await take({ body: form });
		first.answer.hangUp();
		const repeat = await take({ body: form });
		expect([repeat.items, repeat.answered]).toEqual([undefined, 409]);
	});

	it.each([
		['for another workflow', { workflow: 'another' }],
		['for another node of the workflow', { node: 'node-2' }],
		['with another signature', { body: callbackForm(keys, 'SMS_REPORT', report, { nonce: '1' }) }],
		['in the editor', { mode: 'manual' }],
	])('%s is none', async (_, other) => {
		const first = await take({ body: form });
		first.answer.give(200);
		expect((await take({ body: form, ...other })).items).toHaveLength(1);
	});
});

describe('a signature that came before', () => {
	const form = callbackForm(keys, 'SMS_REPORT', report);
	const reply = JSON.stringify({ phone: '13800138000', replyTime: 1_700_000_001_000, content: 'TD' });
	const refused = async (body: unknown) => {
		const { items, answered, answer, logged } = await take({ body });
		expect([items, answered, answer.text]).toEqual([undefined, 401, 'The callback was not accepted.']);
		expect(logged).toEqual([
			[
				'Callbacks: refused a callback with 401, because its signature was used before, with other content',
				{ workflowId: `workflow-${workflows}` },
			],
		]);
	};

	it.each([
		['other content', { ...form, data: JSON.stringify({ ...report, status: 4004 }) }],
		['another type', { ...form, type: 'SMS_REPLY' }],
		['another type and content', { ...form, type: 'SMS_REPLY', data: reply }],
	])('is refused with %s', async (_, altered) => {
		(await take({ body: form })).answer.give(200);
		await refused(altered);
		expect((await take({ body: form })).answered).toBe(200);
	});

	it.each([
		['whose event was not chosen', { body: callbackForm(keys, 'SMS_TEMPLATE', { tempId: 1, status: 1 }) }],
		[
			'of the test button, which is not wanted',
			{ body: callbackForm(keys, 'SMS_REPLY', TEST_DATA.SMS_REPLY), options: { includeTestEvents: false } },
		],
	])('is refused when it belongs to a callback %s', async (_, first) => {
		expect((await take(first)).answered).toBe(200);
		await refused({ ...first.body, type: 'SMS_REPORT', data: form.data });
	});
});

describe('without what it needs', () => {
	const noKeys = "The credential is incomplete: 'App Key' or 'Master Secret' is missing";
	const credentialHint = 'Fill in both in the JSms API credential: JSMS signs its callbacks with them.';
	it.each([
		['an App Key', { credential: { ...keys, appKey: '' } }, noKeys, credentialHint],
		['a Master Secret', { credential: { ...keys, masterSecret: '' } }, noKeys, credentialHint],
		['an App Key that is text', { credential: { ...keys, appKey: 5 } }, noKeys, credentialHint],
		['a Master Secret that is text', { credential: { ...keys, masterSecret: 5 } }, noKeys, credentialHint],
		['any key', { credential: {} }, noKeys, credentialHint],
		['events', { events: [] }, "'Events' is empty", "Choose at least one event in 'Events'."],
	])(
		'it refuses to be activated, says in the message what to do, and takes nothing: %s',
		async (_, situation, message, hint) => {
			await expect(checkCallbackSetup(call(situation).context)).rejects.toMatchObject({
				name: 'NodeOperationError',
				message: `${message}. ${hint}`,
			});
			const { answered, answer, logged } = await take({
				...situation,
				body: callbackForm(keys, 'SMS_REPORT', report),
			});
			expect([answered, answer.text]).toEqual([401, 'The callback was not accepted.']);
			expect(logged).toEqual([
				[
					`Callbacks: refused a callback with 401, because the node cannot check it: ${message}`,
					{ workflowId: `workflow-${workflows}` },
				],
			]);
		},
	);

	it('it says what n8n says, where n8n has no credential', async () => {
		const { context } = call({});
		Object.assign(context, { getCredentials: async () => await Promise.reject(new Error('no such credential')) });
		await expect(checkCallbackSetup(context)).rejects.toMatchObject({ message: 'no such credential' });
	});

	it('it is content with what it has otherwise', async () => {
		await expect(checkCallbackSetup(call({}).context)).resolves.toBeUndefined();
	});
});

describe('a burst of callbacks', () => {
	const credentialId = 'credential-1';
	const others = { appKey: keys.appKey, masterSecret: 'dummymastersecret0000002' };
	const signedWith = (signingKeys: typeof keys) => ({ body: callbackForm(signingKeys, 'SMS_REPORT', report) });
	let now = 0;
	beforeEach(() => {
		now += 1_000_000;
		jest.spyOn(performance, 'now').mockImplementation(() => now);
	});
	afterEach(() => jest.restoreAllMocks());

	it('reads the keys once in five seconds', async () => {
		expect(await take({ ...signedWith(keys), credentialId })).toMatchObject({ readKeys: 1, items: [[{}]] });
		now += 4_999;
		expect(await take({ ...signedWith(keys), credentialId })).toMatchObject({ readKeys: 0, items: [[{}]] });
		now += 1;
		expect(await take({ ...signedWith(keys), credentialId })).toMatchObject({ readKeys: 1, items: [[{}]] });
	});

	it('reads them again before it refuses, so that keys that were changed count at once', async () => {
		await take({ ...signedWith(keys), credentialId });
		const changed = { credential: others, credentialId };
		expect(await take({ ...signedWith(others), ...changed })).toMatchObject({ readKeys: 1, items: [[{}]] });
		expect(await take({ ...signedWith(keys), ...changed })).toMatchObject({ readKeys: 1, answered: 401 });
	});

	it('reads them again for another credential, and where n8n names none', async () => {
		await take({ ...signedWith(keys), credentialId });
		expect(await take({ ...signedWith(keys), credentialId: 'credential-2' })).toMatchObject({ readKeys: 1 });
		expect(await take(signedWith(keys))).toMatchObject({ readKeys: 1 });
	});

	it('forgets them where they cannot be read any more', async () => {
		await take({ ...signedWith(keys), credentialId });
		const { context } = call({ credentialId, credential: { appKey: 'exampleappkey00000000001' } });
		await expect(checkCallbackSetup(context)).rejects.toThrow('incomplete');
		const taken = await take({ ...signedWith(keys), credentialId, credential: {} });
		expect(taken).toMatchObject({ readKeys: 1, answered: 401 });
	});
});

describe('the node', () => {
	const node = new JSmsTrigger();

	it('answers the check at one webhook and takes callbacks at the other', async () => {
		const setup = call({ webhook: 'setup', query: { echostr: 'aB3dE6gH' } });
		await node.webhook.call(setup.context);
		expect(setup.answer.text).toBe('aB3dE6gH');
		const callback = call({ body: callbackForm(keys, 'SMS_REPORT', report) });
		expect((await node.webhook.call(callback.context)).workflowData).toHaveLength(1);
	});

	it('registers nothing, and is activated only when it could take a callback', async () => {
		const { checkExists, create, delete: remove } = node.webhookMethods.default;
		const { context } = call({});
		expect([await checkExists.call(context), await create.call(context), await remove.call(context)]).toEqual([
			false,
			true,
			true,
		]);
		await expect(create.call(call({ credential: {} }).context)).rejects.toThrow("'App Key'");
	});

	it.each(['init', 'leadershipChange'])(
		'is activated in any case when n8n does it by itself: %s',
		async (activation) => {
			const { create } = node.webhookMethods.default;
			expect(await create.call(call({ credential: {}, events: [], activation }).context)).toBe(true);
		},
	);
});
