import { sleep } from 'n8n-workflow';

import { SCHEDULE_UNKNOWN } from '../../nodes/JSms/fields/schedule';
import { createDedupeStore, type DedupeStore } from '../support/engine';
import { jsonOf, pairs, people, useService } from './service';

/** n8n 1.x runs an execution again from its first node, under the same id, when its worker died. */
const service = useService();
const batch = {
	resource: 'message',
	operation: 'sendBatch',
	mobile: '={{ $json.phone }}',
	templateId: 1250,
	...pairs({ number: '={{ $json.no }}' }),
};
const PHONES = ['13800000001', '13800000002', '13800000003', '13800000004', '13800000005', '13800000008'];
const items = (no: string) => people(...PHONES).map((item) => ({ ...item, no, id: `key-${item.phone}` }));
const mobilesAt = (run: Awaited<ReturnType<typeof service.jsms.runNode>>, output: number) =>
	jsonOf(run, output).map(({ mobile }) => mobile);

const tryOf = async (
	dataDeduplication: DedupeStore,
	sent: ReturnType<typeof items>,
	{ options = {}, executionId = '77', signal }: { options?: object; executionId?: string; signal?: AbortSignal } = {},
) =>
	await service.jsms.runNode({ ...batch, options: { batchSize: 2, concurrency: 1, ...options } }, sent, {
		run: { mode: 'webhook', executionId, dataDeduplication, signal },
	});

/** The first try ends while its second request is under way: nothing it knew is left, but for the store. */
async function interruptedTry(store: DedupeStore, options = {}) {
	const abort = new AbortController();
	service.sandbox.fault({ kind: 'delayAfterAccepting', ms: 500, after: 1 });
	const run = tryOf(store, items('1'), { options, signal: abort.signal });
	while (service.sandbox.ledger.length < 4) await sleep(5);
	abort.abort();
	await run;
	expect(service.reached).toEqual(PHONES.slice(0, 4));
}

it.each([
	['nothing changed', items('1')],
	['texts', items('2')],
	['recipients', items('1').slice(1)],
	['an order of recipients', items('1').reverse()],
])('sends nothing to anybody the second time, whatever is other than before (%s)', async (_, changed) => {
	const store = createDedupeStore();
	await interruptedTry(store);
	const run = await tryOf(store, changed);
	expect([0, 1, 2].map((output) => mobilesAt(run, output))).toEqual([[], [], changed.map(({ phone }) => phone)]);
	expect(jsonOf(run, 2)[0]).toMatchObject({
		error_message: 'n8n was interrupted while sending and ran this execution again',
		safe_to_retry: false,
	});
	expect(service.reached).toEqual(PHONES.slice(0, 4));
});

it('sends by Send Once Key what the first try did not claim, whatever the order and the texts', async () => {
	const options = { sendOnceKey: '={{ $json.id }}' };
	const store = createDedupeStore();
	await interruptedTry(store, options);
	const run = await tryOf(store, items('2').reverse(), { options });
	expect(mobilesAt(run, 2)).toEqual(PHONES.slice(0, 4).reverse());
	expect(mobilesAt(run, 0)).toEqual(PHONES.slice(4).reverse());
	expect([...service.reached].sort()).toEqual(PHONES);
});

it('takes another execution for another one', async () => {
	const store = createDedupeStore();
	await tryOf(store, items('1'));
	const run = await tryOf(store, items('2'), { executionId: '78' });
	expect(mobilesAt(run, 0)).toEqual(PHONES);
	expect(service.reached).toEqual([...PHONES, ...PHONES]);
});

it('calls a recipient whom it cannot read now unknown, too', async () => {
	const store = createDedupeStore();
	await interruptedTry(store);
	const run = await tryOf(store, [{ ...items('1')[0], phone: '' }, items('1')[1]]);
	expect([0, 1, 2].map((output) => jsonOf(run, output).length)).toEqual([0, 0, 2]);
});

it('says where to look up schedules, which are not among the send records yet', async () => {
	const store = createDedupeStore();
	const schedule = { ...batch, resource: 'schedule', operation: 'createBatch', sendTime: '2090-12-01 10:00:00' };
	const run = async () =>
		await service.jsms.runNode(schedule, items('1'), {
			run: { mode: 'webhook', executionId: '77', dataDeduplication: store },
		});
	expect(jsonOf(await run(), 0)).toHaveLength(PHONES.length);
	const rows = jsonOf(await run(), 2);
	expect(rows).toHaveLength(PHONES.length);
	expect(rows[0]).toMatchObject({ error_hint: SCHEDULE_UNKNOWN });
});
