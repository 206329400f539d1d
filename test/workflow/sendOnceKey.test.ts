import { createDedupeStore, errorOf } from '../support/engine';
import { jsonOf, pairs, useService } from './service';

/** A key that was already used is not sent again, in this run or in a later one. */
const service = useService();
const common = { resource: 'message', mobile: '={{ $json.phone }}', templateId: 1250, ...pairs({ number: '1' }) };
const options = { sendOnceKey: '={{ $json.order }}', concurrency: 1 };
const send = { ...common, operation: 'send', options };
const batch = { ...common, operation: 'sendBatch', options: { ...options, batchSize: 1 } };
const ANNA = { phone: '13800000001', order: 'order-1' };
const BEN = { phone: '13800000002', order: 'order-2' };
const ALREADY = "Already sent: this 'Send Once Key' was used before";
const EMPTY = "'Send Once Key' is switched on, but the key is empty";
const REPEATED = "This 'Send Once Key' is also the key of item 0; only that message is sent";

/** The runs of one saved workflow, each with an execution id of its own. */
function workflow() {
	const dataDeduplication = createDedupeStore();
	let executions = 0;
	return (parameters: object, items: object[], more: object = {}) =>
		service.jsms.runNode(parameters as never, items as never, {
			...more,
			run: { dataDeduplication, executionId: String((executions += 1)) },
		});
}

describe('a batch', () => {
	it('sends a key once over several runs, and the others', async () => {
		const run = workflow();
		await run(batch, [ANNA]);
		const second = await run(batch, [ANNA, BEN]);
		expect(service.reached).toEqual([ANNA.phone, BEN.phone]);
		expect(jsonOf(second)).toMatchObject([{ mobile: BEN.phone }]);
		expect(jsonOf(second, 1)).toMatchObject([
			{ mobile: ANNA.phone, error_message: ALREADY, safe_to_retry: false, temp_para: { number: '1' } },
		]);
	});

	it('sends a key once within a run', async () => {
		const run = await workflow()(batch, [ANNA, { ...BEN, order: ANNA.order }]);
		expect(service.reached).toEqual([ANNA.phone]);
		expect(jsonOf(run, 1)).toMatchObject([{ mobile: BEN.phone, error_message: REPEATED }]);
	});

	it('may send a key again when nothing was sent the first time', async () => {
		const run = workflow();
		service.sandbox.fault({ kind: 'answer', code: 50014 });
		expect(errorOf(await run(batch, [ANNA]))?.message).toContain('no money');
		expect(jsonOf(await run(batch, [ANNA]))).toMatchObject([{ mobile: ANNA.phone }]);
	});

	it('may send a key again when the service refused its row', async () => {
		const run = workflow();
		service.sandbox.settings.optOutApplies = 'all';
		service.sandbox.settings.optedOut = [ANNA.phone];
		const both = { ...batch, options: { ...options, batchSize: 10 } };
		expect(jsonOf(await run(both, [ANNA, BEN]), 1)).toMatchObject([{ mobile: ANNA.phone, error_code: 50024 }]);
		service.sandbox.settings.optedOut = [];
		const second = await run(both, [ANNA, BEN]);
		expect(jsonOf(second)).toMatchObject([{ mobile: ANNA.phone }]);
		expect(jsonOf(second, 1)).toMatchObject([{ mobile: BEN.phone, error_message: ALREADY }]);
	});

	it('does not send a key again whose result is unknown', async () => {
		const run = workflow();
		service.sandbox.fault({ kind: 'resetAfter' });
		expect(jsonOf(await run(batch, [ANNA]), 2)).toHaveLength(1);
		expect(jsonOf(await run(batch, [ANNA]), 1)).toMatchObject([{ error_message: ALREADY }]);
		expect(service.reached).toEqual([ANNA.phone]);
	});
});

describe('a single send', () => {
	it('sends a key once over several runs; the item says so and does not stop the workflow', async () => {
		const run = workflow();
		await run(send, [ANNA]);
		const second = await run(send, [ANNA, BEN]);
		expect(errorOf(second)).toBeUndefined();
		expect(service.reached).toEqual([ANNA.phone, BEN.phone]);
		expect(jsonOf(second)).toMatchObject([
			{ error: ALREADY, details: { outcome: 'alreadySent', safe_to_retry: false, mobile: ANNA.phone } },
			{ mobile: BEN.phone },
		]);
	});

	it('may send a key again when the service refused it', async () => {
		const run = workflow();
		service.sandbox.fault({ kind: 'answer', code: 50009 });
		expect(errorOf(await run(send, [ANNA]))?.message).toContain('out of freq');
		expect(jsonOf(await run(send, [ANNA]))).toMatchObject([{ mobile: ANNA.phone }]);
	});

	it('goes together with "Retry On Fail": what was accepted is not taken for sent by somebody else', async () => {
		service.sandbox.fault({ kind: 'answer', code: 50009, after: 1 });
		const result = await workflow()(send, [ANNA, BEN], { retryOnFail: true, maxTries: 2 });
		expect(errorOf(result)).toBeUndefined();
		expect(jsonOf(result).map(({ mobile }) => mobile)).toEqual([ANNA.phone, BEN.phone]);
		expect(service.reached).toEqual([ANNA.phone, BEN.phone]);
	});
});

describe.each([
	['send', send],
	['sendBatch', batch],
])('%s', (_, parameters) => {
	it.each([
		['', EMPTY],
		[null, EMPTY],
		[undefined, EMPTY],
		[{ a: 1 }, "'Send Once Key' holds an object instead of a text"],
	])('sends nothing for an item whose key is %j', async (order, sentence) => {
		const run = await workflow()(parameters, [{ ...ANNA, order }], { onError: 'continueRegularOutput' });
		expect(JSON.stringify([jsonOf(run), jsonOf(run, 1)])).toContain(sentence);
		expect(service.calls).toEqual([]);
	});

	it('says in a sentence that a workflow that was never saved has no memory, and sends nothing', async () => {
		const run = await service.jsms.runNode(parameters as never, [ANNA], { run: { workflowId: '' } });
		expect(errorOf(run)?.message).toMatch(/^'Send Once Key' cannot be used now: n8n's dedupe store is not available/);
		expect(service.calls).toEqual([]);
	});

	it('says so too where n8n has no such memory at all', async () => {
		const run = await service.jsms.runNode(parameters as never, [ANNA], { run: { dataDeduplication: false } });
		const told = JSON.stringify([errorOf(run)?.message, jsonOf(run), jsonOf(run, 1)]);
		expect(told).toContain("'Send Once Key' cannot be used");
		expect(service.calls).toEqual([]);
	});

	it('sends without the option where n8n has no such memory', async () => {
		const run = await service.jsms.runNode({ ...parameters, options: {} } as never, [ANNA], {
			run: { dataDeduplication: false },
		});
		expect(errorOf(run)).toBeUndefined();
		expect(service.reached).toEqual([ANNA.phone]);
	});
});

it('sends the keys that a crashed execution had not used; the others are unknown', async () => {
	const run = { dataDeduplication: createDedupeStore(), executionId: '7' };
	const keyed = { ...send, options: { sendOnceKey: '={{ $json.phone }}', concurrency: 1 } };
	service.sandbox.fault({ kind: 'answer', code: 50009, after: 1 });
	await service.jsms.runNode(keyed, [ANNA, BEN], { run });
	const again = await service.jsms.runNode(keyed, [ANNA, BEN], { run, onError: 'continueRegularOutput' });
	expect(service.reached).toEqual([ANNA.phone, BEN.phone]);
	expect(jsonOf(again)).toMatchObject([{ details: { outcome: 'unknown' } }, { mobile: BEN.phone }]);
});

it('does not send items again when a crashed execution runs again under its id', async () => {
	const run = { dataDeduplication: createDedupeStore(), executionId: '7' };
	const plain = { ...send, options: {} };
	await service.jsms.runNode(plain, [ANNA, BEN], { run });
	const again = await service.jsms.runNode(plain, [ANNA, BEN], { run, onError: 'continueRegularOutput' });
	expect([...service.reached].sort()).toEqual([ANNA.phone, BEN.phone]);
	expect(jsonOf(again)).toMatchObject(
		[ANNA, BEN].map(({ phone }) => ({
			error: expect.stringContaining('n8n was interrupted while sending and ran this execution again') as string,
			details: { outcome: 'unknown', safe_to_retry: false, mobile: phone },
		})),
	);
});
