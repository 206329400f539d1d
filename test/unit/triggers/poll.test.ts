import { sleep, type IHttpRequestOptions, type IPollFunctions } from 'n8n-workflow';

import { poll } from '../../../nodes/JSms/triggers/poll';

/** A poll at its edges: what it asks, when it stops, what it says; without n8n's engine. */

const full = { statusCode: 200, body: JSON.stringify(new Array(500).fill({ msgId: '1', status: 4001 })) };
const some = { statusCode: 200, body: '[{"msgId":"1","status":4001}]' };
const nothing = { statusCode: 200, body: '' };
const refusal = (code: number, statusCode = 403) => ({
	statusCode,
	body: JSON.stringify({ error: { code, message: 'no' } }),
});
const fault = { statusCode: 502, body: '<html>' };

type Answer = { statusCode: number; body: string };

let applications = 0;
beforeEach(() => {
	applications += 1;
});

interface Situation {
	/** What the service answers, call by call; the last one again and again. */
	answers?: Array<Answer | Promise<Answer>>;
	events?: unknown;
	options?: Record<string, unknown>;
	mode?: string;
	/** What n8n's first poll belongs to; without one n8n has started and activated the workflow before. */
	activation?: string;
	/** What n8n throws when the trigger asks for its credential. */
	credentialError?: Error;
	budgetMs?: number;
	node?: string;
	baseUrl?: string;
}

/** A trigger of an application of its own for every test, and what it asked and logged. */
function trigger({
	answers = [nothing],
	events = ['deliveryReport'],
	options = {},
	mode = 'trigger',
	activation,
	credentialError,
	budgetMs,
	node = 'node-1',
	baseUrl = 'https://jsms.example.com/v1',
}: Situation = {}) {
	const asked: string[] = [];
	const logged: string[] = [];
	const left = [...answers];
	const parameters: Record<string, unknown> = { events, options };
	const context = {
		helpers: {
			httpRequestWithAuthentication: async (credential: string, { method, url }: IHttpRequestOptions) => {
				asked.push(`${credential} ${method} ${url}`);
				return { headers: {}, ...(await (left.length > 1 ? left.shift() : left[0])) };
			},
		},
		getNodeParameter: (name: string) => parameters[name],
		getCredentials: async (name: string) => {
			if (credentialError) return await Promise.reject(credentialError);
			return await Promise.resolve(name === 'jSmsApi' ? { appKey: `example-${applications}`, baseUrl } : {});
		},
		getNode: () => ({ id: node, name: 'Receipts', type: 'jSmsReceiptTrigger', parameters: {} }),
		getWorkflow: () => ({ id: `workflow-${applications}` }),
		getMode: () => mode,
		getActivationMode: () => activation ?? 'init',
		...(budgetMs !== undefined && { getPollBudgetMs: () => budgetMs }),
		logger: { warn: (text: string) => logged.push(text) },
	} as unknown as IPollFunctions;
	let isActive = activation !== undefined || mode === 'manual';
	const run = async () => {
		if (!isActive) await poll(context);
		isActive = true;
		return (await poll(context))?.[0].map(({ json }) => json) ?? null;
	};
	return { asked, logged, poll: run };
}

const REPORT = 'jSmsApi GET https://jsms.example.com/v1/report';
const REPLY = 'jSmsApi GET https://jsms.example.com/v1/reply';

it('takes an empty answer for one without records', async () => {
	const { poll: run, asked } = trigger({ answers: [nothing] });
	expect(await run()).toBeNull();
	expect(asked).toEqual([REPORT]);
});

it('gives every record as an item, poll after poll', async () => {
	jest.useFakeTimers();
	try {
		const { poll: run } = trigger({ answers: [some] });
		for (let times = 0; times < 2; times += 1) {
			const running = run();
			await jest.advanceTimersByTimeAsync(10_000);
			expect(await running).toEqual([expect.objectContaining({ event: 'deliveryReport', msgId: '1', status: 4001 })]);
		}
	} finally {
		jest.useRealTimers();
	}
});

it('reads records for a person in the editor at once, whatever n8n says about activation', async () => {
	const { poll: run, asked } = trigger({ mode: 'manual', activation: 'activate', answers: [some] });
	expect(await run()).toHaveLength(1);
	expect(asked).toEqual([REPORT]);
});

it('does not wait for another poll of the same application: it has nothing to add', async () => {
	let give: (answer: Answer) => void = () => {};
	const first = trigger({ answers: [new Promise<Answer>((resolve) => (give = resolve))] });
	const second = trigger({ answers: [some], node: 'node-2' });
	const running = first.poll();
	expect(await Promise.race([second.poll(), sleep(150).then(() => 'waiting')])).toBeNull();
	expect(second.asked).toEqual([]);
	give(some);
	expect(await running).toHaveLength(1);
});

describe('when one kind fails', () => {
	it.each([
		['does not ask for the other after a result that nobody knows', fault, [REPLY]],
		['does not ask for the other where the keys are refused', refusal(50002), [REPLY]],
		['asks for the other where only this one is refused', refusal(50016), [REPLY, REPORT]],
	])('%s', async (_, answer, calls) => {
		jest.useFakeTimers();
		try {
			const { poll: run, asked } = trigger({ events: ['deliveryReport', 'reply'], answers: [answer] });
			const failing = expect(run()).rejects.toBeInstanceOf(Error);
			await jest.advanceTimersByTimeAsync(20_000);
			await failing;
			expect(asked).toEqual(calls);
		} finally {
			jest.useRealTimers();
		}
	});

	it('asks for the kinds in turn, and never again for a page that was lost', async () => {
		const { poll: run, asked } = trigger({ answers: [fault] });
		await expect(run()).rejects.toMatchObject({
			message: 'JSMS had an internal error (HTTP 502): the result is unknown',
			description: expect.stringMatching(
				/^JSMS gives out each record only once, so up to 500 may be lost here\. .*console/,
			) as string,
			failure: { cause: 'temporarily-unavailable' },
		});
		expect(asked).toEqual([REPORT]);
	});

	it('says of a refusal, and of nothing else, that callbacks may be the cause', async () => {
		await expect(trigger({ answers: [refusal(50016)] }).poll()).rejects.toMatchObject({
			description: expect.stringMatching(
				/ If callbacks are switched on in the Jiguang console, switch them off: .+\.$/,
			) as string,
		});
	});
});

describe('on a clock of its own', () => {
	beforeEach(() => jest.useFakeTimers());
	afterEach(() => jest.useRealTimers());

	/** How many pages a poll asks for while the service always has more. */
	async function pages(situation: Situation): Promise<number> {
		const { poll: run, asked } = trigger({ answers: [full], ...situation });
		const running = run();
		await jest.advanceTimersByTimeAsync(120_000);
		await running;
		return asked.length;
	}
	const options = { maxRecords: 1_000_000 };

	// A page may be begun every five seconds.
	it.each([
		['45 seconds, for n8n polls every minute and a page may take a quarter of that', {}, 10],
		['the same where n8n would give ten minutes', { budgetMs: 600_000 }, 10],
		['three quarters of the time that n8n gives', { budgetMs: 9000 }, 2],
		['all but the time for one page where that is short', { budgetMs: 6000, options: { ...options, timeout: 500 } }, 2],
		['less than a page may take where that is long', { budgetMs: 6000, options: { ...options, timeout: 5000 } }, 1],
		['no time at all, but the first page is due', { budgetMs: 0 }, 1],
	])('begins pages for %s', async (_, situation, count) => {
		expect(await pages({ options, ...situation })).toBe(count);
	});

	it('reads two pages, and the failure of the third with the next poll', async () => {
		const { poll: run, logged } = trigger({ answers: [full, full, fault] });
		const running = run();
		await jest.advanceTimersByTimeAsync(20_000);
		expect(await running).toHaveLength(1000);
		const told = 'JSMS had an internal error (HTTP 502): the result is unknown';
		expect(logged).toEqual([`Receipts: 1000 records were read, then: ${told}`]);
		await expect(run()).rejects.toMatchObject({ message: told });
	});

	it('tells with the next poll of the same node, not of another', async () => {
		const first = trigger({ answers: [full, fault] });
		const running = first.poll();
		await jest.advanceTimersByTimeAsync(20_000);
		expect(await running).toHaveLength(500);
		expect(await trigger({ node: 'node-2' }).poll()).toBeNull();
		await expect(first.poll()).rejects.toThrow('HTTP 502');
	});

	it('keeps what a try in the editor met out of the polls of the workflow', async () => {
		const events = ['deliveryReport', 'reply'];
		const manual = trigger({ events, mode: 'manual', answers: [some, refusal(50016)] });
		const running = manual.poll();
		await jest.advanceTimersByTimeAsync(20_000);
		expect(await running).toHaveLength(1);
		expect(await trigger().poll()).toBeNull();
	});
});

describe('when a person publishes the workflow', () => {
	const BALANCE = 'jSmsApi GET https://jsms.example.com/v1/accounts/app';

	it('reads the balance, again where it got no answer, and records only afterwards', async () => {
		const answers = [fault, { statusCode: 200, body: '{}' }, some];
		const { poll: run, asked } = trigger({ activation: 'activate', answers });
		expect(await run()).toBeNull();
		expect(asked).toEqual([BALANCE, BALANCE]);
		expect(await run()).toHaveLength(1);
		expect(asked.slice(2)).toEqual([REPORT]);
	});

	it.each([50009, 50033])('takes code %d for a proof of the keys', async (code) => {
		expect(await trigger({ activation: 'create', answers: [refusal(code)] }).poll()).toBeNull();
	});

	// n8n shows nothing but the message.
	const PUBLISH_LATER =
		"Publish the workflow again in a few minutes. If that does not help, check 'Base URL' in the credential and the network between n8n and JSMS.";
	const unsafe = { baseUrl: 'http://jsms.example.com/v1' };
	const noEvents = { events: [] };
	it.each([
		['a refusal', 'activate', { answers: [refusal(50035)] }, / \(50035 no\)\. In .+ add .+\.$/],
		['wrong keys', 'create', { answers: [refusal(50002)] }, /\(50002 .+\)\. Copy .+$/],
		[
			'a fault of JSMS, whatever its code',
			'activate',
			{ answers: [refusal(50033, 500)] },
			`JSMS had an internal error (HTTP 500, code 50033). ${PUBLISH_LATER}`,
		],
		[
			'a burst',
			'activate',
			{ answers: [{ statusCode: 429, body: '' }] },
			`Too many requests at once (HTTP 429). ${PUBLISH_LATER}`,
		],
		['an unsafe address', 'activate', unsafe, /unencrypted.*\. Set 'Base URL' to the https address of JSMS\.$/],
		['no event', 'activate', noEvents, "'Events' is empty. Choose at least one event in 'Events'."],
		['no event, published anew', 'update', noEvents, "'Events' is empty. Choose at least one event in 'Events'."],
		[
			'a credential that n8n cannot read',
			'activate',
			{ credentialError: new Error('Credential not found') },
			'Credential not found. Check the credential and the fields of this node.',
		],
		['an outage, published anew', 'update', { answers: [refusal(50035)] }, /\(50035 .+\)\. In .+ add .+$/],
	])('refuses %s, and says in the message what to do', async (_, activation, situation, message) => {
		jest.useFakeTimers();
		try {
			const { poll: run } = trigger({ activation, ...situation });
			const refused = expect(run()).rejects.toMatchObject({
				message: typeof message === 'string' ? message : (expect.stringMatching(message) as string),
				description: undefined,
			});
			await jest.advanceTimersByTimeAsync(60_000);
			await refused;
		} finally {
			jest.useRealTimers();
		}
	});
});

describe.each(['init', 'leadershipChange'])('when n8n activates the workflow by itself: %s', (activation) => {
	it.each([
		['JSMS is down', { answers: [fault] }, 'temporarily-unavailable'],
		['the keys are wrong', { answers: [refusal(50002)] }, 'credential-invalid'],
		['the credential cannot be read', { credentialError: new Error('Credential not found') }, 'configuration-invalid'],
		['the settings cannot be right', { events: [] }, 'configuration-invalid'],
	])('starts although %s, asks nothing, and tells with the first poll', async (_, situation, cause) => {
		const { poll: run, asked } = trigger({ activation, ...situation });
		expect(await run()).toBeNull();
		expect(asked).toEqual([]);
		await expect(run()).rejects.toMatchObject({ description: expect.any(String) as string, failure: { cause } });
	});
});

it('says nothing of messages when JSMS cannot be reached', async () => {
	const down = trigger({ answers: [{ statusCode: 429, body: '' }] });
	await expect(down.poll()).rejects.toMatchObject({
		message: 'Too many requests at once (HTTP 429)',
		description: expect.stringMatching(/^No records are lost: JSMS keeps them for three days\. /) as string,
	});
});

it('says what is wrong with the address, and what to do', async () => {
	const { poll: run, asked } = trigger({ baseUrl: 'http://jsms.example.com/v1' });
	await expect(run()).rejects.toMatchObject({
		message: expect.stringContaining('unencrypted') as string,
		description: "Set 'Base URL' to the https address of JSMS.",
		failure: { cause: 'configuration-invalid' },
	});
	expect(asked).toEqual([]);
});

it('says in the editor that there is nothing yet, and why that may be', async () => {
	await expect(trigger({ mode: 'manual' }).poll()).rejects.toMatchObject({
		message: 'No new reports or replies yet',
		description:
			'Send an SMS and retry in a minute. No records arrive while callbacks are on in the Jiguang console, or when something else has read the records.',
	});
});
