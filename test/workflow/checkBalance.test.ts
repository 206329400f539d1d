import { createDedupeStore, errorOf, hintsOf } from '../support/engine';
import { JSMS } from '../support/jsms';
import { KEYS } from '../support/keys';
import { jsonOf, numbers, pairs, people, useService } from './service';

/** The balance is looked at before anything is sent. */
const service = useService({ magicEndings: false, frequencyRules: 'off' });
const quota = (given: object | null) => service.sandbox.accounts.patch(KEYS.appKey, { quota: given } as never);
const OPTIONS = { checkBalance: true };
const send = {
	resource: 'message',
	operation: 'send',
	mobile: '={{ $json.phone }}',
	templateId: 1250,
	...pairs({ number: '={{ $json.no ?? 1 }}' }),
	options: OPTIONS,
};
const batch = { ...send, operation: 'sendBatch', recipientsFrom: 'inputItems' };
const later = { sendTime: '2090-05-04T10:30:00+08:00' };
const five = people(...numbers(5));
/** An SMS of 66 characters, and 72 with the signature that the sandbox puts in front. */
const LONG = { phone: '13800100001', no: 'x'.repeat(45) };
const SENTENCE =
	'Not sent: the messages of this run need at least 5 units, and the application has 4 for codes and notifications';

const OPERATIONS: Array<[string, object]> = [
	['message send', send],
	['message sendBatch', batch],
	['schedule create', { ...send, ...later, resource: 'schedule', operation: 'create' }],
	['schedule createBatch', { ...batch, ...later, resource: 'schedule', operation: 'createBatch' }],
];

describe.each(OPERATIONS)('%s', (_, parameters) => {
	it('sends nothing when the balance is too small, and says both figures in one sentence', async () => {
		quota({ balance: 3, industry: 1 });
		const run = await service.jsms.runNode(parameters as never, five);
		expect(errorOf(run)?.message).toBe(SENTENCE);
		expect(errorOf(run)?.description).toMatch(
			/^Top up the balance in the Jiguang console \(.+\), or send fewer messages\. .*switch 'Check Balance First' off/,
		);
		expect([...service.calls].sort()).toEqual(['GET /accounts/app', 'GET /templates/1250']);
	});

	it('sends when the parts of the balance that may pay are enough together', async () => {
		quota({ balance: 3, industry: 2, market: 0 });
		const run = await service.jsms.runNode(parameters as never, five);
		expect(service.calls.slice(0, 2)).toEqual(['GET /templates/1250', 'GET /accounts/app']);
		expect(service.calls.filter((call) => call.startsWith('POST')).length).toBeGreaterThan(0);
		expect(errorOf(run)?.message ?? '').not.toMatch(/balance|units/);
	});

	it.each([
		['the account pays', () => quota(null), 'this application has no balance of its own, so the account pays'],
		[
			'nothing is assigned for this kind',
			() => quota({ balance: null, industry: null, market: 100 }),
			'this application has no balance of its own for codes and notifications, so the account pays',
		],
		[
			'the balance cannot be read',
			() =>
				service.sandbox.fault({
					kind: 'answer',
					status: 503,
					body: '<html>',
					path: '/v1/accounts/app',
					times: 'always',
				}),
			'JSMS had an internal error (HTTP 503)',
		],
		[
			'the answer is no balance',
			() => service.sandbox.fault({ kind: 'answer', status: 200, body: '{"dev":1}', path: '/v1/accounts/app' }),
			'the response of JSMS holds no balance',
		],
		[
			'the template cannot be read',
			() => service.sandbox.templates.delete(1250),
			'template 1250 could not be read: there is no template with this ID in the application (50013 invalid temp_id)',
		],
		[
			'the type of the template is not known',
			() => service.sandbox.templates.patch(1250, { type: 9 as never }),
			'JSMS does not say what type template 1250 has',
		],
	])('sends nothing when %s, and says why and how to go on', async (__, arrange, reason) => {
		arrange();
		const run = await service.jsms.runNode(parameters as never, five);
		expect(errorOf(run)?.message).toBe(`Not sent: the balance could not be checked: ${reason}`);
		expect(errorOf(run)?.description).toContain("switch 'Check Balance First' off");
		expect(service.calls.filter((call) => call.startsWith('POST'))).toEqual([]);
	});
});

describe('a batch', () => {
	it('gives failed rows that can be sent later under the continue modes; bad rows keep their own reason', async () => {
		quota({ balance: 1, industry: null });
		const items = [...people(...numbers(2)), { phone: '' }];
		const run = await service.jsms.runNode(batch, items, { onError: 'continueRegularOutput' });
		const short = SENTENCE.replace('5 units', '2 units').replace('has 4', 'has 1');
		expect(jsonOf(run, 1)).toMatchObject([
			{ mobile: items[0].phone, error_message: short, safe_to_retry: true, temp_id: 1250, temp_para: { number: '1' } },
			{ mobile: items[1].phone, error_message: short, safe_to_retry: true },
			{ error_message: "'Mobile Number' is empty", safe_to_retry: false },
		]);
		expect([jsonOf(run, 0), jsonOf(run, 2)]).toEqual([[], []]);
		expect(hintsOf(run, JSMS)[0].message).toBe('0 sent, 3 failed (2 not sent, 1 invalid number), 0 unknown');
		expect(service.reached).toEqual([]);
	});

	it('adds up units, not SMS, of all templates; each is read once', async () => {
		quota({ balance: 6, industry: null, market: null });
		const long = 'x'.repeat(60);
		const items = numbers(4).map((phone, index) => ({ phone, value: long, template: [1250, 3001][index % 2] }));
		const run = await service.jsms.runNode(
			{
				...batch,
				templateId: '={{ $json.template }}',
				...pairs({ number: '={{ $json.value }}', name: '={{ $json.value }}' }),
			},
			items,
		);
		expect(errorOf(run)?.message).toBe(
			'Not sent: the messages of this run need at least 8 units, and the application has 6 for all kinds',
		);
		expect([...service.calls].sort()).toEqual(['GET /accounts/app', 'GET /templates/1250', 'GET /templates/3001']);
	});

	it.each([
		['with the signature that it is told', '示例科技', 'needs 2 units', []],
		['with brackets or without', '【示例科技】', 'needs 2 units', []],
		['with the shortest one where it is told none', '', 'may go out', ['POST /messages/batch']],
	])('counts %s: an SMS of 66 characters and %s %s', async (_, signatureText, __, sent) => {
		quota({ balance: 1, industry: null });
		await service.jsms.runNode({ ...batch, options: { ...OPTIONS, signatureText } }, [LONG]);
		expect(service.calls).toEqual(['GET /templates/1250', 'GET /accounts/app', ...sent]);
	});

	it('asks nothing where there is nobody to send to', async () => {
		await service.jsms.runNode(batch, [{ phone: '' }], { onError: 'continueRegularOutput' });
		expect(service.calls).toEqual([]);
	});

	it('leaves out who lacks a parameter: JSMS refuses that SMS anyway', async () => {
		quota({ balance: 1, industry: null });
		const items = [
			{ phone: '13800100001', params: { number: '1' } },
			{ phone: '13800100011', params: {} },
		];
		const run = await service.jsms.runNode(
			{ ...batch, parameterMode: 'json', parametersJson: '={{ JSON.stringify($json.params) }}' },
			items,
		);
		expect([jsonOf(run, 0).length, jsonOf(run, 1).length]).toEqual([1, 1]);
	});

	it('says in the hint that used keys are counted, and claims none', async () => {
		quota({ balance: 3, industry: null });
		const store = createDedupeStore();
		const keyed = { ...batch, options: { ...OPTIONS, sendOnceKey: '={{ $json.phone }}' } };
		const run = await service.jsms.runNode(keyed, five, { run: { dataDeduplication: store } });
		expect(errorOf(run)?.description).toContain("Messages whose 'Send Once Key' was used before are counted as well.");
		quota({ balance: 100 });
		const again = await service.jsms.runNode(keyed, five, { run: { dataDeduplication: store, executionId: '2' } });
		expect(jsonOf(again)).toHaveLength(5);
	});

	it('goes on after a crash: what an interrupted try has started is unknown, never called not sent', async () => {
		const store = createDedupeStore();
		service.sandbox.fault({ kind: 'resetAfter', path: '/v1/messages/batch' });
		const options = { ...OPTIONS, batchSize: 2, concurrency: 1 };
		quota({ balance: 5, industry: null });
		await service.jsms.runNode({ ...batch, options }, five.slice(0, 2), { run: { dataDeduplication: store } });
		expect(service.reached).toHaveLength(2);
		quota({ balance: 0 });
		const again = await service.jsms.runNode({ ...batch, options }, five.slice(0, 2), {
			run: { dataDeduplication: store },
		});
		expect(jsonOf(again, 2)).toHaveLength(2);
		expect(service.reached).toHaveLength(2);
	});

	it('checks anew in the next execution after one that sent nothing', async () => {
		const store = createDedupeStore();
		const run = async (executionId: string) =>
			await service.jsms.runNode(batch, five, { run: { dataDeduplication: store, executionId } });
		quota({ balance: 0, industry: null });
		expect(errorOf(await run('1'))?.message).toMatch(/need at least 5 units/);
		quota({ balance: 5 });
		expect(jsonOf(await run('2'))).toHaveLength(5);
	});
});

describe('single sends', () => {
	it('are error items that can be sent later under the continue modes; bad items keep their own reason', async () => {
		quota({ balance: 1, industry: null });
		const items = [...people(...numbers(2)), { phone: '' }];
		const run = await service.jsms.runNode(send, items, { onError: 'continueRegularOutput' });
		const short = SENTENCE.replace('5 units', '2 units').replace('has 4', 'has 1');
		expect(jsonOf(run)).toMatchObject([
			{ error: short, details: { outcome: 'notAttempted', safe_to_retry: true, mobile: items[0].phone } },
			{ error: short, details: { outcome: 'notAttempted', safe_to_retry: true } },
			{ error: "'Mobile Number' is empty", details: { outcome: 'invalidInput', safe_to_retry: false } },
		]);
		expect(service.reached).toEqual([]);
	});

	it('stop before the first is sent when one of them is bad', async () => {
		const run = await service.jsms.runNode(send, [five[0], { phone: '' }]);
		expect(errorOf(run)).toMatchObject({ message: "'Mobile Number' is empty", context: { itemIndex: 1 } });
		expect(service.reached).toEqual([]);
	});

	it('count only what an earlier try has not sent', async () => {
		quota({ balance: 3, industry: null });
		service.sandbox.fault({
			kind: 'answer',
			status: 403,
			body: '{"error":{"code":50007,"message":"invalid body"}}',
			path: '/v1/messages',
			after: 2,
		});
		const run = await service.jsms.runNode({ ...send, options: { ...OPTIONS, concurrency: 1 } }, five.slice(0, 3), {
			retryOnFail: true,
			maxTries: 2,
		});
		expect(errorOf(run)).toBeUndefined();
		expect(jsonOf(run)).toHaveLength(3);
		expect(service.reached).toEqual(five.slice(0, 3).map(({ phone }) => phone));
	});

	it('name what an earlier try has sent when the rest cannot be paid', async () => {
		// Two units each, with the signature that the check does not know: the first two leave nothing for the third.
		quota({ balance: 4, industry: null });
		service.sandbox.settings.quotaSource = 'applicationOnly';
		const items = five.slice(0, 3).map(({ phone }) => ({ ...LONG, phone }));
		const run = await service.jsms.runNode({ ...send, options: { ...OPTIONS, concurrency: 1 } }, items, {
			retryOnFail: true,
			maxTries: 2,
		});
		expect(errorOf(run)?.message).toMatch(/^Not sent: the messages of this run need at least 1 unit, and/);
		expect(errorOf(run)?.description).toMatch(/2 other items were already accepted/);
		expect(service.reached).toHaveLength(2);
	});
});

it('says that the cost of replaced schedules is not deducted', async () => {
	quota({ balance: 1, industry: null });
	const created = await service.jsms.runNode(
		{ ...send, ...later, resource: 'schedule', operation: 'create' },
		five.slice(0, 1),
	);
	const [{ schedule_id: scheduleId }] = jsonOf(created);
	for (const operation of ['update', 'updateBatch']) {
		const run = await service.jsms.runNode(
			{ ...batch, ...later, resource: 'schedule', operation, scheduleId: scheduleId as string },
			five.slice(1, 2),
		);
		expect(errorOf(run)?.message).toMatch(/need at least 1 unit, and the application has 0/);
		expect(errorOf(run)?.description).toContain('The cost of the replaced schedules is not deducted.');
	}
});
