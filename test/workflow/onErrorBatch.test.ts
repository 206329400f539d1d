import { errorOf, outputsOf } from '../support/engine';
import { JSMS, jsmsAt } from '../support/jsms';
import { arrivedAt, jsonOf, NOBODY, numbers, pairs, people, useService } from './service';

/** The three On Error settings for batches: rows are results, so only a cause that concerns everybody may stop a workflow. */
const service = useService();
const batch = {
	resource: 'message',
	operation: 'sendBatch',
	mobile: '={{ $json.phone }}',
	templateId: 1250,
	...pairs({ number: '1' }),
	options: { batchSize: 1, concurrency: 1 },
};
const GOOD = ['13800000001', '13800000003'];
const SETTINGS = ['stopWorkflow', 'continueRegularOutput', 'continueErrorOutput'] as const;

describe.each(SETTINGS)('with On Error set to %s', (onError) => {
	it('bad input, a refusal and an unknown result are rows on their outputs, and the others are sent', async () => {
		service.sandbox.fault({ kind: 'resetAfter', after: 2 });
		const run = await service.jsms.runNode(batch, people(GOOD[0], '', '13800000024', '13800000002', GOOD[1]), {
			onError,
		});
		expect(errorOf(run)).toBeUndefined();
		expect(outputsOf(run, JSMS).slice(0, 3)).toMatchObject([
			[
				{ json: { mobile: GOOD[0] }, pairedItem: { item: 0 } },
				{ json: { mobile: GOOD[1] }, pairedItem: { item: 4 } },
			],
			[
				{ json: { mobile: '', error_message: "'Mobile Number' is empty" }, pairedItem: { item: 1 } },
				{ json: { mobile: '13800000024', error_code: 50024 }, pairedItem: { item: 2 } },
			],
			[{ json: { mobile: '13800000002', status: 'unknown' }, pairedItem: { item: 3 } }],
		]);
		expect(service.reached).toEqual([GOOD[0], '13800000002', GOOD[1]]);
		if (onError === 'continueErrorOutput') expect(arrivedAt(run, 3)).toEqual([]);
	});

	it('nothing is thrown once something was accepted', async () => {
		service.sandbox.fault({ kind: 'answer', code: 50014, after: 1, times: 'always' });
		const run = await service.jsms.runNode(batch, people(...GOOD, '13800000004'), { onError });
		expect(errorOf(run)).toBeUndefined();
		expect([0, 1, 2].map((output) => jsonOf(run, output).length)).toEqual([1, 2, 0]);
		expect(jsonOf(run, 1)).toMatchObject([
			{
				mobile: GOOD[1],
				error_code: 50014,
				error_message: 'The SMS balance is used up (50014 no money)',
				safe_to_retry: true,
			},
			{
				mobile: '13800000004',
				error_message: 'Not sent: the SMS balance is used up (50014 no money)',
				safe_to_retry: true,
			},
		]);
		expect(service.calls).toHaveLength(2);
	});
});

const wrongKeys = () => ({ jSmsApi: { ...service.keys.jSmsApi, masterSecret: 'dummy-wrong' } });
describe.each([
	{
		title: 'a service that cannot be reached',
		jsms: () => jsmsAt(NOBODY),
		keys: () => undefined,
		message: /^n8n could not connect to JSMS \(ECONNREFUSED\)$/,
		safe: true,
	},
	{
		title: 'a base URL that would not protect the keys',
		jsms: () => jsmsAt('http://jsms.example.com/v1'),
		keys: () => undefined,
		message: /^'Base URL' in the credential starts with http, /,
		safe: false,
	},
	{ title: 'no credential', jsms: () => service.jsms, keys: () => ({}), message: /credential/i, safe: false },
	{
		title: 'wrong keys',
		jsms: () => service.jsms,
		keys: wrongKeys,
		message:
			/^(JSMS refused the batch: auth failed \(code 50002\)|JSMS did not accept the keys \(50002 auth failed\))$/,
		safe: true,
	},
])('$title', ({ jsms, keys, message, safe }) => {
	const options = { concurrency: 1 };
	const items = people(...GOOD);

	it('stops the workflow with one error under "Stop Workflow": nothing was sent to anybody', async () => {
		const run = await jsms().runNode({ ...batch, options }, items, {}, keys());
		expect(run.status).toBe('error');
		expect(errorOf(run)?.message).toMatch(message);
		expect(errorOf(run)?.description).toContain('Nothing was sent to anybody.');
	});

	it.each(['continueRegularOutput', 'continueErrorOutput'] as const)(
		'fails every row, with its number, under %s',
		async (onError) => {
			const run = await jsms().runNode({ ...batch, options }, items, { onError }, keys());
			expect(errorOf(run)).toBeUndefined();
			const outputs = outputsOf(run, JSMS);
			expect(outputs[0]).toEqual([]);
			expect(outputs[1]).toMatchObject(
				GOOD.map((mobile, item) => ({
					json: {
						status: 'failed',
						mobile,
						error_message: expect.stringMatching(message) as string,
						safe_to_retry: safe,
						temp_id: 1250,
						temp_para: { number: '1' },
					},
					pairedItem: { item },
				})),
			);
			if (onError === 'continueErrorOutput') expect(arrivedAt(run, 3)).toEqual([]);
		},
	);

	it('fails every recipient of a list', async () => {
		const recipients = JSON.stringify(GOOD.map((mobile) => ({ mobile, temp_para: { number: '1' } })));
		const list = { resource: 'message', operation: 'sendBatch', recipientsFrom: 'list', recipients, templateId: 1250 };
		const run = await jsms().runNode(list, [{}], { onError: 'continueRegularOutput' }, keys());
		expect(jsonOf(run, 1)).toMatchObject(GOOD.map((mobile) => ({ mobile, temp_id: 1250, temp_para: { number: '1' } })));
	});

	afterEach(() => expect(service.reached).toEqual([]));
});

describe('settings out of range', () => {
	it.each([
		['batchSize', 0, "'Batch Size' must be a whole number from 1 to 1000, not the number 0"],
		['batchSize', 1001, "'Batch Size' must be a whole number from 1 to 1000, not the number 1001"],
		['batchSize', '={{ "many" }}', "'Batch Size' must be a whole number from 1 to 1000, not the text 'many'"],
		['concurrency', 21, "'Concurrency' must be a whole number from 1 to 20, not the number 21"],
		['timeout', -1, "'Timeout' must be a whole number from 1 to 3600000, not the number -1"],
	])('%s = %j stop the workflow, or fail every row', async (name, value, sentence) => {
		const parameters = { ...batch, options: { [name]: value } };
		expect(errorOf(await service.jsms.runNode(parameters, people(...GOOD)))?.message).toBe(sentence);
		const run = await service.jsms.runNode(parameters, people(...GOOD), { onError: 'continueRegularOutput' });
		expect(jsonOf(run, 1)).toMatchObject(GOOD.map((mobile) => ({ mobile, error_message: sentence })));
		expect(service.calls).toEqual([]);
	});

	it('a template ID that is fixed and cannot be right stops the workflow too', async () => {
		const run = await service.jsms.runNode({ ...batch, templateId: -5 }, people(...GOOD));
		expect(errorOf(run)?.message).toBe("'Template ID' must be a whole number of 1 or more, not the number -5");
		expect(service.calls).toEqual([]);
	});
});

it('fails the whole list of recipients, one row each, for a template ID that cannot be right', async () => {
	const recipients = JSON.stringify(GOOD.map((mobile) => ({ mobile })));
	const list = {
		resource: 'message',
		operation: 'sendBatch',
		recipientsFrom: 'list',
		recipients,
		templateId: '={{ "abc" }}',
	};
	const run = await service.jsms.runNode(list, [{}], { onError: 'continueRegularOutput' });
	expect(jsonOf(run, 1).map(({ mobile }) => mobile)).toEqual(GOOD);
});

it('goes on without stopping when five requests in a row had no known result, and says so in the rows kept back', async () => {
	service.sandbox.fault({ kind: 'resetAfter', times: 'always' });
	const phones = numbers(8);
	const run = await service.jsms.runNode(batch, people(...phones));
	expect(errorOf(run)).toBeUndefined();
	expect([0, 1, 2].map((output) => jsonOf(run, output).length)).toEqual([0, 3, 5]);
	expect(service.reached).toEqual(phones.slice(0, 5));
});
