import { sleep, type IDataObject } from 'n8n-workflow';

import { runBatchOperation } from '../../../nodes/JSms/execute/batch';
import { ALWAYS_OUTPUT_HINT } from '../../../nodes/JSms/execute/hints';
import { sendBatch } from '../../../nodes/JSms/resources/message/sendBatch.operation';
import { updateBatch } from '../../../nodes/JSms/resources/schedule/updateBatch.operation';
import { acceptAll, breaks, contextOf, phones, refusal, type ServiceResponse, type Asked } from './context';
import { answering, batches, FIELDS, ONE, recipientsOf, sendTo, sent, THREE, TWO, withUnits } from './batchRun';

/** A run of a batch operation, from its items to its outputs. */

describe('a run', () => {
	it('puts every recipient on one output, linked to its item', async () => {
		const answer = ({ body }: Asked): ServiceResponse => {
			const [first, second] = body?.recipients as Array<{ mobile: string }>;
			return {
				body: {
					success_count: 1,
					failure_count: 1,
					exception_count: 0,
					recipients: [
						{ msg_id: `id-${first.mobile}`, mobile: first.mobile },
						{ mobile: second.mobile, error_code: '50006', error_message: 'invalid mobile' },
					],
				},
			};
		};
		const { outputs, hints, asked } = await sendTo([ONE, TWO, {}], {}, { answer });
		expect(asked).toMatchObject([{ method: 'POST', path: '/messages/batch', body: { temp_id: 1250 } }]);
		expect(outputs).toEqual([
			[{ json: sent(ONE), pairedItem: { item: 0 } }],
			[
				{ json: expect.objectContaining({ status: 'failed', mobile: TWO.phone }) as object, pairedItem: { item: 1 } },
				{
					json: expect.objectContaining({ error_message: "'Mobile Number' is empty" }) as object,
					pairedItem: { item: 2 },
				},
			],
			[],
		]);
		expect(hints).toEqual([
			{
				message: '1 sent, 2 failed (2 invalid number), 0 unknown',
				type: 'warning',
				location: 'outputPane',
			},
		]);
	});

	it('sends what its settings say at once, and so many requests', async () => {
		const highest = async (concurrency: number) => {
			let [running, most] = [0, 0];
			const answer = async (asked: Asked) => {
				running += 1;
				most = Math.max(most, running);
				await sleep(0);
				running -= 1;
				return acceptAll(asked);
			};
			const run = await sendTo(phones(5), { batchSize: 2, concurrency }, { answer });
			expect(batches(run).map(({ length }) => length)).toEqual([2, 2, 1]);
			return most;
		};
		expect([await highest(1), await highest(2)]).toEqual([1, 2]);
	});

	it('passes the input on where that is wanted', async () => {
		const { rows } = await sendTo([{ ...ONE, name: '李雷' }], { includeInput: true });
		expect(rows[0]).toMatchObject([{ input: { ...ONE, name: '李雷' } }]);
		expect((await sendTo([ONE])).rows[0][0]).not.toHaveProperty('input');
	});

	it('works in an n8n that knows no hints', async () => {
		const given = { withoutHints: true, node: { retryOnFail: true, alwaysOutputData: true } };
		expect((await sendTo([ONE], {}, given)).rows[0]).toEqual([sent(ONE)]);
		expect((await sendTo([{}], {}, given)).rows[1]).toHaveLength(1);
	});

	it('puts all rows on one output where that is wanted, in the order of the input', async () => {
		const { outputs } = await sendTo([{}, ONE], { rowsOn: 'oneOutput' });
		expect(outputs).toMatchObject([
			[
				{ json: { status: 'failed' }, pairedItem: { item: 0 } },
				{ json: sent(ONE), pairedItem: { item: 1 } },
			],
		]);
		expect(outputs).toHaveLength(1);
	});

	it('warns of the empty item that "Always Output Data" puts on Sent, where nothing was sent', async () => {
		const given = { node: { alwaysOutputData: true } };
		const { hints } = await sendTo([{}], {}, given);
		expect(hints.slice(1)).toEqual([ALWAYS_OUTPUT_HINT]);
		expect((await sendTo([{}, ONE], {}, given)).hints).toHaveLength(1);
		expect((await sendTo([{}])).hints).toHaveLength(1);
	});

	it('sends nothing outside the allowed hours, and says when it may', async () => {
		jest.useFakeTimers({ now: new Date('2026-11-28T22:30:00+08:00'), doNotFake: ['nextTick', 'queueMicrotask'] });
		const hours = (from: string, to: string) => ({ allowedHours: { hours: { from, to } } });
		const closed = await sendTo([ONE], hours('08:00', '21:00'));
		const open = await sendTo([ONE], hours('08:00', '23:00'));
		jest.useRealTimers();
		expect([closed.asked, open.asked.length]).toEqual([[], 1]);
		expect(closed.rows[1]).toMatchObject([
			{
				error_message: "Not sent: it is 22:30 in China, and 'Allowed Hours' are from 08:00 to 21:00",
				safe_to_retry: true,
			},
		]);
	});

	it('says what "Retry On Fail" does, and which fields made it slow', async () => {
		const worked = '={{ $json.phone.slice(0) }}';
		const others = Object.fromEntries(Array.from({ length: 29 }, (_, index) => [`other${index}`, worked]));
		const given = { node: { retryOnFail: true }, goesOn: true };
		const { hints } = await sendTo(phones(100), { tag: worked, ...others }, given);
		expect(hints.map(({ message }) => message)).toEqual([
			expect.stringMatching(/^0 sent, 100 failed/),
			expect.stringMatching(/^The expressions in 'Tag', 'other0', 'other1' and 27 more were calculated/),
			expect.stringMatching(/^'Retry On Fail' is on/),
		]);
	});

	it('writes down when an answer holds numbers that nobody asked for', async () => {
		const answer = (): ServiceResponse => ({
			body: {
				success_count: 2,
				failure_count: 0,
				exception_count: 0,
				recipients: [
					{ msg_id: 'id-1', mobile: '13800100077' },
					{ msg_id: `id-${String(ONE.phone)}`, mobile: ONE.phone },
				],
			},
		});
		const { warnings } = await sendTo([ONE], {}, { answer });
		expect(warnings).toEqual([
			'The response of JSMS held 1 row(s) for numbers that were not in the request; they were ignored',
		]);
	});

	it('halves a request that was refused for one of its recipients, unless halves would replace each other', async () => {
		const bad = answering(TWO, () => refusal(50006));
		const run = await sendTo([ONE, TWO], {}, { answer: bad });
		expect(batches(run).map(({ length }) => length)).toEqual([2, 1, 1]);
		expect(run.rows).toMatchObject([[sent(ONE)], [{ mobile: TWO.phone, error_code: 50006 }], []]);
		const replacing = await sendTo(
			[ONE, TWO],
			{},
			{ answer: () => refusal(50006), goesOn: true },
			{
				...sendBatch,
				replaces: true,
			},
		);
		expect(replacing.asked).toHaveLength(1);
	});

	it('repeats no request of which nobody knows what became of it', async () => {
		const run = await sendTo([ONE, TWO], {}, { answer: breaks });
		expect(run.asked).toHaveLength(1);
		expect(run.rows[2]).toMatchObject([
			{ status: 'unknown', mobile: ONE.phone },
			{ status: 'unknown', mobile: TWO.phone },
		]);
		expect(run.rows[2][0].error_hint).toMatch(/^The message may or may not have been sent/);
		expect(run.warnings).toEqual([]);
	});

	it('says where to look what is unknown about something else than an SMS', async () => {
		const elsewhere = { ...sendBatch, ifUnknown: 'Look there.' };
		const { rows } = await sendTo([ONE], {}, { answer: breaks }, elsewhere);
		expect(rows[2]).toMatchObject([{ error_hint: 'Look there.' }]);
		const certain = await sendTo([ONE], {}, { answer: () => refusal(50024) }, elsewhere);
		expect(certain.rows[1][0].error_hint).not.toBe('Look there.');
	});

	it('changes nothing where several requests would replace a schedule', async () => {
		const parameters = { ...FIELDS, scheduleId: 'example', sendTime: '2099-01-01T10:00:00' };
		const replace = async (batchSize: number) => {
			const given = { parameters: { ...parameters, options: { batchSize } }, answer: () => ({ body: {} }) };
			return await sendTo(phones(3), {}, given, updateBatch);
		};
		const { asked, rows } = await replace(2);
		expect(asked).toEqual([]);
		expect(rows[1].map(({ error_message }) => error_message)).toEqual(
			new Array(3).fill(
				expect.stringContaining(
					'cannot be replaced in one request: it would have more than 2 recipients, or recipients that differ in time, template, signature or tag',
				),
			),
		);
		expect((await replace(3)).asked).toHaveLength(1);
		const repeated = await sendTo(phones(3), { batchSize: 2 });
		expect(repeated.asked).toHaveLength(2);
	});
});

describe('a cause that concerns everybody', () => {
	it('stops the workflow where nothing was sent', async () => {
		const { error, hints } = await sendTo([ONE, TWO], {}, { answer: () => refusal(50014) });
		expect(error).toMatchObject({
			message: 'The SMS balance is used up (50014 words of 50014)',
			description: expect.stringMatching(/ Nothing was sent to anybody\.$/) as string,
			name: 'NodeApiError',
			httpCode: '50014',
		});
		expect(hints).toEqual([]);
		const template = await sendTo([ONE, TWO], {}, { answer: () => refusal(50020) });
		expect(template.error?.message).toBe('The template is still under review (50020 words of 50020)');
	});

	it('is the first of several', async () => {
		const answer = answering(ONE, () => refusal(50020));
		const items = [
			{ ...ONE, template: 1 },
			{ ...TWO, template: 2 },
		];
		const parameters = { ...FIELDS, templateId: '={{ $json.template }}', options: { concurrency: 1 } };
		const { error } = await sendTo(
			items,
			{},
			{ parameters, answer: (asked) => (asked.body?.temp_id === 2 ? refusal(50014) : answer(asked)) },
		);
		expect(error?.message).toBe('The template is still under review (50020 words of 50020)');
	});

	it('is without a code where the service was not reached', async () => {
		const { error } = await sendTo([ONE], {}, { credential: new Error('No keys') });
		expect(error).toMatchObject({
			message: 'The settings of this node could not be read: No keys',
			description: 'Nothing was sent. Check the credential and the settings of the node. Nothing was sent to anybody.',
			name: 'NodeOperationError',
		});
	});

	it('is a row for each where the workflow goes on', async () => {
		const { rows } = await sendTo([ONE, TWO], {}, { answer: () => refusal(50014), goesOn: true });
		expect(rows).toMatchObject([[], [{ mobile: ONE.phone }, { mobile: TWO.phone }], []]);
		const broken = await sendTo([ONE, TWO], {}, { credential: new Error('No keys'), goesOn: true });
		expect(broken.rows[1]).toMatchObject([
			{
				mobile: ONE.phone,
				temp_id: 1250,
				error_message: 'The settings of this node could not be read: No keys',
				safe_to_retry: false,
			},
			{ mobile: TWO.phone },
		]);
		expect(broken.hints.map(({ message }) => message)).toStrictEqual(['0 sent, 2 failed (2 not sent), 0 unknown']);
	});

	it('is none where something was sent, or where each has a cause of its own', async () => {
		const some = await sendTo([ONE, TWO], { batchSize: 1 }, { answer: answering(TWO, () => refusal(50014)) });
		expect(some.rows).toMatchObject([[sent(ONE)], [{ error_code: 50014 }], []]);
		const own = await sendTo([ONE, {}], {}, { answer: () => refusal(50024) });
		expect([own.error, own.rows[1].length]).toEqual([undefined, 2]);
		const mixed = await sendTo(
			[ONE, TWO],
			{ batchSize: 1 },
			{ answer: (asked) => (recipientsOf(asked).includes(ONE.phone as string) ? refusal(50024) : refusal(50014)) },
		);
		expect(mixed.rows[1]).toMatchObject([{ error_code: 50024 }, { error_code: 50014 }]);
	});

	it('stops the workflow beside items that are incomplete', async () => {
		const { error } = await sendTo([{}, ONE], {}, { answer: () => refusal(50014) });
		expect(error?.message).toBe('The SMS balance is used up (50014 words of 50014)');
		const incomplete = await sendTo([{}]);
		expect([incomplete.error, incomplete.rows[1].length]).toEqual([undefined, 1]);
	});
});

describe('a call by an AI agent', () => {
	it.each([
		['says that it is one', { asTool: true }],
		['has the type of a tool', { node: { type: 'n8n-nodes-jsms.jSmsTool' } }],
		['has the type of a tool, though n8n says no', { asTool: false, node: { type: 'n8n-nodes-jsms.jSmsTool' } }],
	])('gets all rows on its only output (%s)', async (_, given) => {
		const { outputs } = await sendTo([{}, ONE], {}, given);
		expect(outputs).toMatchObject([
			[
				{ json: { status: 'failed' }, pairedItem: { item: 0 } },
				{ json: sent(ONE), pairedItem: { item: 1 } },
			],
		]);
		expect(outputs).toHaveLength(1);
	});

	it('is none otherwise', async () => {
		expect((await sendTo([ONE], {}, { asTool: false })).outputs).toHaveLength(3);
		expect((await sendTo(phones(11))).rows[0]).toHaveLength(11);
	});

	it('reaches no more people than a person allowed', async () => {
		const { error, asked } = await sendTo(phones(11), {}, { asTool: true });
		expect(asked).toEqual([]);
		expect(error).toMatchObject({
			message: 'This call names 11 recipients; at most 10 are allowed per call',
			description: expect.stringContaining(
				"Call again with at most 10 recipients, or have a person raise 'Max Recipients per Tool Call'",
			) as string,
		});
		expect((await sendTo(phones(10), {}, { asTool: true })).rows[0]).toHaveLength(10);
		expect((await sendTo(phones(2), { maxRecipients: 1 }, { asTool: true })).error?.message).toMatch(/at most 1 are/);
	});
});

describe('a cancelled execution', () => {
	it('starts nothing more and writes down what it has sent', async () => {
		const stop = new AbortController();
		const answer = answering(TWO, () => {
			stop.abort();
			return breaks();
		});
		const { asked, warnings, rows } = await sendTo(phones(3), { batchSize: 1 }, { answer, signal: stop.signal });
		expect(asked).toHaveLength(2);
		expect(warnings).toEqual([
			`The execution was canceled while 'Text Them' was sending: 1 SMS were accepted, 1 may have been sent. msg_id of those accepted: id-${String(ONE.phone)}`,
		]);
		expect(rows[1]).toMatchObject([{ mobile: THREE.phone, error_message: 'Not sent: the execution was canceled' }]);
	});
});

describe('a run that checks the balance first', () => {
	const checking = { checkBalance: true };

	it('sends where there is enough', async () => {
		const run = await sendTo([ONE, TWO], checking, { answer: withUnits(2) });
		expect(run.asked.map(({ path }) => path)).toEqual(['/templates/1250', '/accounts/app', '/messages/batch']);
	});

	it('sends nothing where there is not', async () => {
		const run = await sendTo([ONE, {}, TWO], checking, { answer: withUnits(1), goesOn: true });
		const lacking = {
			error_message:
				'Not sent: the messages of this run need at least 2 units, and the application has 1 for codes and notifications',
			safe_to_retry: true,
		};
		expect(batches(run)).toEqual([]);
		expect(run.rows).toMatchObject([
			[],
			[
				{ mobile: ONE.phone, ...lacking },
				{ error_message: "'Mobile Number' is empty" },
				{ mobile: TWO.phone, ...lacking },
			],
			[],
		]);
		expect(run.hints[0].message).toBe('0 sent, 3 failed (2 not sent, 1 invalid number), 0 unknown');
		const stopped = await sendTo([ONE, TWO], checking, { answer: withUnits(1) });
		expect(stopped.error?.message).toBe(lacking.error_message);
	});

	it('tells of keys and of what is replaced', async () => {
		const keyed = { ...checking, sendOnceKey: '={{ $json.phone }}' };
		const { rows } = await sendTo(
			[ONE, {}],
			keyed,
			{ answer: withUnits(0), goesOn: true, store: new Set() },
			{
				...sendBatch,
				replaces: true,
			},
		);
		expect(rows[1][0].error_hint).toContain(
			"Messages whose 'Send Once Key' was used before are counted as well. The cost of the replaced schedules is not deducted.",
		);
		const plain = await sendTo([ONE], checking, { answer: withUnits(0), goesOn: true });
		expect(plain.rows[1][0].error_hint).not.toMatch(/Send Once Key|replaced/);
	});

	it('says which fields made it slow, also where nothing was sent', async () => {
		const worked = '={{ $json.phone.slice(0) }}';
		const others = Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`other${index}`, worked]));
		const given = { answer: withUnits(0), goesOn: true };
		const { hints } = await sendTo(phones(50), { ...checking, ...others }, given);
		expect(hints.map(({ message }) => message)).toEqual([
			expect.stringMatching(/^0 sent, 50 failed/),
			expect.stringMatching(/were calculated/),
		]);
	});

	it('checks nothing after a crash, which decides first', async () => {
		const store = new Set<string>();
		await sendTo([ONE], {}, { store });
		const { rows, asked } = await sendTo([ONE], checking, { store, answer: withUnits(0), goesOn: true });
		expect(asked).toEqual([]);
		expect(rows[2]).toMatchObject([{ mobile: ONE.phone, status: 'unknown' }]);
	});
});

it('gives every item a row when even the rows cannot be read', async () => {
	const { context } = contextOf({ parameters: {}, items: [ONE, TWO], goesOn: true });
	const broken = new Error('The expression of an option failed');
	context.getNodeParameter = ((...[, , , options]: Parameters<typeof context.getNodeParameter>) => {
		if (options?.rawExpressions) return '={{ $json.nothing.at.all }}';
		throw broken;
	}) as typeof context.getNodeParameter;
	const outputs = await runBatchOperation(context, sendBatch);
	expect(outputs.map((output) => output.map(({ json }) => json.error_message))).toEqual([
		[],
		new Array(2).fill(`The settings of this node could not be read: ${broken.message}`),
		[],
	]);
});

it('gives every item a row when an expression throws what is no error and cannot be written', async () => {
	const { context, asked } = contextOf({
		parameters: { mobile: '={{ $json.a + 1 }}' },
		items: [ONE, TWO],
		goesOn: true,
	});
	const stored = context.getNodeParameter;
	context.getNodeParameter = ((...[name, item, fallback, options]: [string, number, unknown, IDataObject]) => {
		if (options.rawExpressions || name !== 'mobile') return stored.call(context, name, item, fallback, options);
		throw Object.create(null) as Error;
	}) as typeof context.getNodeParameter;
	const outputs = await runBatchOperation(context, sendBatch);
	expect(asked).toEqual([]);
	expect(outputs).toMatchObject([
		[],
		[0, 1].map((item) => ({
			json: { error_message: expect.stringMatching(/^The settings of this node could not be read: /) as string },
			pairedItem: { item },
		})),
		[],
	]);
});
