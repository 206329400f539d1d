import { KEYS } from '../../support/keys';
import { JSMS, runJsms } from './workflows';
import type { Instance } from './instance';

const SEND = {
	resource: 'message',
	operation: 'send',
	mobile: '={{ $json.mobile }}',
	templateId: 1250,
	parameterMode: 'json',
	parametersJson: '={{ { number: $json.number } }}',
};
const BATCH = { ...SEND, operation: 'sendBatch', recipientsFrom: 'inputItems' };

// The second number is one the sandbox always refuses.
const ITEMS = [
	{ mobile: '13800005101', number: '1' },
	{ mobile: '13800000006', number: '2' },
	{ mobile: '13800005103', number: '3' },
];
const REFUSED = {
	error: expect.any(String),
	details: expect.objectContaining({ code: 50006, http_status: 403, outcome: 'refused', safe_to_retry: false }),
};

/** The three On Error settings and Retry On Fail, as n8n itself applies them. */
export function describeErrors(get: () => Instance) {
	const mobiles = () => get().sandbox.ledger.map(({ mobile }) => mobile);
	const wrongKeys = () =>
		get().client.createCredential({
			name: 'Wrong keys',
			type: 'jSmsApi',
			data: {
				...KEYS,
				masterSecret: 'dummywrongsecret00000001',
				baseUrl: get().sandbox.baseUrl,
			},
		});

	describe('On Error, one send per item', () => {
		beforeEach(() => get().sandbox.reset());

		test('Stop Workflow: the execution fails with our sentence, the item and what was accepted before', async () => {
			const execution = await runJsms(get(), { ...SEND, options: { concurrency: 1 } }, { items: ITEMS });
			expect(execution.status).toBe('error');
			const error = execution.nodeError(JSMS);
			expect(error?.context.itemIndex).toBe(1);
			expect(error?.message).toMatch(/138\*{4}0006/);
			const [{ msg_id: accepted }] = get().sandbox.ledger;
			expect(JSON.stringify(error)).toContain(accepted);
			expect(mobiles()).toEqual(['13800005101']);
		});

		test('Continue: the refused item becomes an error item in its place', async () => {
			const execution = await runJsms(get(), SEND, { items: ITEMS, settings: { onError: 'continueRegularOutput' } });
			expect(execution.status).toBe('success');
			expect(execution.json(JSMS)).toEqual([
				expect.objectContaining({ mobile: '13800005101' }),
				expect.objectContaining(REFUSED),
				expect.objectContaining({ mobile: '13800005103' }),
			]);
			expect(mobiles().sort()).toEqual(['13800005101', '13800005103']);
		});

		test('Continue (using error output): the refused item leaves on the error output, its own fields kept', async () => {
			const execution = await runJsms(get(), SEND, { items: ITEMS, settings: { onError: 'continueErrorOutput' } });
			expect(execution.status).toBe('success');
			expect(execution.json(JSMS, 0).map(({ mobile }) => mobile)).toEqual(['13800005101', '13800005103']);
			expect(execution.json(JSMS, 1)).toEqual([{ ...ITEMS[1], ...REFUSED }]);
			expect(mobiles().sort()).toEqual(['13800005101', '13800005103']);
		});
	});

	describe('On Error, batch', () => {
		beforeEach(() => get().sandbox.reset());

		test('Stop Workflow: wrong keys stop with one clear error, nothing was sent', async () => {
			const execution = await runJsms(get(), BATCH, { items: ITEMS, credentials: { jSmsApi: await wrongKeys() } });
			expect(execution.status).toBe('error');
			expect(execution.nodeError(JSMS)).toEqual(
				expect.objectContaining({
					message: expect.stringContaining('50002'),
					description: expect.stringContaining('Master Secret'),
				}),
			);
			expect(mobiles()).toEqual([]);
		});

		test.each(['continueRegularOutput', 'continueErrorOutput'] as const)(
			'%s: wrong keys give a Failed row for each person, none passes as success',
			async (onError) => {
				const credentials = { jSmsApi: await wrongKeys() };
				const execution = await runJsms(get(), BATCH, { items: ITEMS, credentials, settings: { onError } });
				expect(execution.status).toBe('success');
				const counts = [0, 1, 2, 3].map((output) => execution.json(JSMS, output).length);
				expect(counts).toEqual([0, 3, 0, 0]);
				expect(execution.json(JSMS, 1)[0]).toEqual(expect.objectContaining({ status: 'failed', error_code: 50002 }));
				expect(mobiles()).toEqual([]);
			},
		);

		test('Stop Workflow: a refused row does not stop the others, nor the workflow', async () => {
			const execution = await runJsms(get(), BATCH, { items: ITEMS });
			expect(execution.status).toBe('success');
			expect([0, 1, 2].map((output) => execution.json(JSMS, output).length)).toEqual([2, 1, 0]);
			expect(mobiles().sort()).toEqual(['13800005101', '13800005103']);
		});

		test('a connection that breaks after the request leaves the rows on Unknown, and nothing is sent again', async () => {
			get().sandbox.fault({ kind: 'resetAfter' });
			const execution = await runJsms(get(), BATCH, { items: [ITEMS[0], ITEMS[2]] });
			expect(execution.status).toBe('success');
			expect([0, 1, 2].map((output) => execution.json(JSMS, output).length)).toEqual([0, 0, 2]);
			expect(mobiles().sort()).toEqual(['13800005101', '13800005103']);
		});
	});

	describe('Retry On Fail', () => {
		beforeEach(() => get().sandbox.reset());
		const retry = { retryOnFail: true, maxTries: 3, waitBetweenTries: 100 };
		// n8n also starts again when the first item it gets back is an error item.
		const failingFirst = [ITEMS[1], ITEMS[0], ITEMS[2]];

		test.each([
			['stopWorkflow', 'error'],
			['continueRegularOutput', 'success'],
			['continueErrorOutput', 'success'],
		] as const)('%s: the node runs three times, nobody is sent to twice', async (onError, status) => {
			const execution = await runJsms(get(), SEND, { items: failingFirst, settings: { ...retry, onError } });
			expect(execution.status).toBe(status);
			const asked = get().sandbox.requests.filter(({ body }) => body.includes('13800000006'));
			expect(asked).toHaveLength(3);
			expect(mobiles().sort()).toEqual(
				onError === 'stopWorkflow' ? mobilesOnce(mobiles()) : ['13800005101', '13800005103'],
			);
		});

		test('batch: one request, whatever came of its rows', async () => {
			const execution = await runJsms(get(), BATCH, { items: failingFirst, settings: retry });
			expect(execution.status).toBe('success');
			expect(get().sandbox.requests).toHaveLength(1);
			expect(mobiles().sort()).toEqual(['13800005101', '13800005103']);
		});
	});
}

/** The same list with everybody in it once. */
function mobilesOnce(mobiles: string[]) {
	return [...new Set(mobiles)].sort();
}
