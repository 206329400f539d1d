import { createDedupeStore, errorOf, hintsOf } from '../support/engine';
import { JSMS } from '../support/jsms';
import { jsonOf, numbers, pairs, people, useService } from './service';

/** Schedules of many SMS, with a result for each recipient. */
const service = useService({ frequencyRules: 'off' });
const HOUR = 3600_000;
const later = (hours = 2) => new Date(Date.now() + hours * HOUR).toISOString();
const batch = (changes = {}) => ({
	resource: 'schedule',
	operation: 'createBatch',
	recipientsFrom: 'inputItems',
	sendTime: later(),
	mobile: '={{ $json.phone }}',
	templateId: 1250,
	...pairs({ number: '1' }),
	...changes,
});
const [ANNA, BEN, CARL] = numbers(3);
const BAD = '13800000006';
const scheduled = () => service.sandbox.schedules.list();
const rowsOf = (run: Parameters<typeof jsonOf>[0]) => [0, 1, 2].map((output) => jsonOf(run, output));
const mobilesOf = (run: Parameters<typeof jsonOf>[0]) => rowsOf(run).map((rows) => rows.map(({ mobile }) => mobile));
const update = (scheduleId: string, changes = {}) => batch({ operation: 'updateBatch', scheduleId, ...changes });
const createFor = async (...mobiles: string[]) => {
	await service.jsms.runNode(batch(), people(...mobiles));
	return scheduled()[0].schedule_id;
};

it('gives every recipient a row, with the schedule it belongs to', async () => {
	const run = await service.jsms.runNode(batch(), people(ANNA, BAD, BEN, ''));
	expect(errorOf(run)).toBeUndefined();
	const [{ schedule_id, send_time }] = scheduled();
	const [sent, failed, unknown] = rowsOf(run);
	const common = { temp_id: 1250, temp_para: { number: '1' } };
	expect(sent).toEqual([ANNA, BEN].map((mobile) => ({ status: 'sent', mobile, schedule_id, send_time, ...common })));
	expect(failed).toEqual([
		{
			status: 'failed',
			mobile: BAD,
			error_code: 50006,
			error_message: 'The mobile number is not valid (50006 invalid mobile)',
			error_hint: expect.any(String) as string,
			safe_to_retry: false,
			schedule_id,
			send_time,
			...common,
		},
		expect.objectContaining({ error_message: "'Mobile Number' is empty" }),
	]);
	expect(unknown).toEqual([]);
	expect(hintsOf(run, JSMS)[0].message).toMatch(/^2 scheduled, 2 failed/);
	service.sandbox.advance(3 * HOUR);
	expect(service.reached).toEqual([ANNA, BEN]);
});

it.each(['empty', 'absent', 'null'] as const)(
	'takes it for no failure when the list is %s',
	async (noScheduleFailures) => {
		service.sandbox.settings.noScheduleFailures = noScheduleFailures;
		expect(mobilesOf(await service.jsms.runNode(batch(), people(ANNA, BEN)))).toEqual([[ANNA, BEN], [], []]);
	},
);

it('puts items with different times into different schedules', async () => {
	const items = [ANNA, BEN, CARL].map((phone, index) => ({ phone, time: later(1 + (index % 2)) }));
	await service.jsms.runNode(batch({ sendTime: '={{ $json.time }}', options: { concurrency: 1 } }), items);
	expect(scheduled().map(({ recipients }) => recipients.map(({ mobile }) => mobile))).toEqual([[ANNA, CARL], [BEN]]);
});

it('makes several schedules of a long list, each row with its own', async () => {
	const run = await service.jsms.runNode(batch({ options: { batchSize: 2 } }), people(ANNA, BEN, CARL));
	const ids = jsonOf(run).map(({ schedule_id: id }) => id);
	expect(new Set(ids).size).toBe(2);
	expect(ids[0]).toBe(ids[1]);
});

it('calls unknown what nobody knows, and does not repeat it', async () => {
	service.sandbox.fault({ kind: 'resetAfter' });
	const run = await service.jsms.runNode(batch(), people(ANNA, BEN));
	expect(mobilesOf(run)).toEqual([[], [], [ANNA, BEN]]);
	expect(service.calls).toEqual(['POST /schedule/batch']);
	expect(rowsOf(run)[2][0].error_hint).toMatch(/^The message may or may not have been scheduled/);
});

it('calls unknown whom a doubtful list of failures does not name', async () => {
	service.sandbox.fault({ kind: 'dropRows' });
	expect(mobilesOf(await service.jsms.runNode(batch(), people(ANNA, BAD)))).toEqual([[], [], [ANNA, BAD]]);
});

it('finds the bad row of a request that is refused as a whole', async () => {
	service.sandbox.settings.wholeRequestCodes = [50006];
	const run = await service.jsms.runNode(batch({ options: { concurrency: 1 } }), people(ANNA, BAD, BEN, CARL));
	expect(mobilesOf(run)).toEqual([[ANNA, BEN, CARL], [BAD], []]);
	service.sandbox.advance(3 * HOUR);
	expect([...service.reached].sort()).toEqual([ANNA, BEN, CARL]);
});

it('schedules a key once, and not again when the execution runs again after a crash', async () => {
	const dataDeduplication = createDedupeStore();
	const keyed = batch({ options: { sendOnceKey: '={{ $json.phone }}' } });
	await service.jsms.runNode(keyed, people(ANNA), { run: { dataDeduplication, executionId: '6' } });
	const again = await service.jsms.runNode(keyed, people(ANNA, BEN), { run: { dataDeduplication, executionId: '7' } });
	expect(mobilesOf(again)).toEqual([[BEN], [ANNA], []]);
	const unkeyed = batch();
	const other = { dataDeduplication: createDedupeStore(), executionId: '8' };
	await service.jsms.runNode(unkeyed, people(CARL), { run: other });
	expect(mobilesOf(await service.jsms.runNode(unkeyed, people(CARL), { run: other }))).toEqual([[], [], [CARL]]);
});

describe('replacing a schedule', () => {
	it('replaces the whole list in one request', async () => {
		const id = await createFor(ANNA, BEN);
		const run = await service.jsms.runNode(update(id, { sendTime: later(4) }), people(CARL, BAD));
		expect(mobilesOf(run)).toEqual([[CARL], [BAD], []]);
		expect(jsonOf(run)[0].schedule_id).toBe(id);
		service.sandbox.advance(3 * HOUR);
		expect(service.reached).toEqual([]);
		service.sandbox.advance(2 * HOUR);
		expect(service.reached).toEqual([CARL]);
	});

	it('refuses a list that would need several requests, because the last one alone would count', async () => {
		const id = await createFor(ANNA);
		const many = people(...numbers(1001));
		const run = await service.jsms.runNode(update(id), many, { onError: 'continueRegularOutput' });
		expect(rowsOf(run).map(({ length }) => length)).toEqual([0, 1001, 0]);
		expect(jsonOf(run, 1)[0].error_message).toMatch(/cannot be replaced in one request/);
		expect(service.calls).toEqual(['POST /schedule/batch']);
	});

	it('refuses items of one schedule that differ in their time, and leaves other schedules alone', async () => {
		await createFor(ANNA);
		await service.jsms.runNode(batch(), people(BEN));
		const [first, second] = scheduled().map(({ schedule_id }) => schedule_id);
		const run = await service.jsms.runNode(
			{ ...update(''), scheduleId: '={{ $json.id }}', sendTime: '={{ $json.time }}' },
			[
				{ phone: ANNA, id: first, time: later(3) },
				{ phone: BEN, id: second, time: later(3) },
				{ phone: CARL, id: first, time: later(4) },
			],
		);
		expect(mobilesOf(run)).toEqual([[BEN], [ANNA, CARL], []]);
	});

	it('does not split what is refused as a whole: the halves would replace each other', async () => {
		const id = await createFor(ANNA, BEN);
		service.sandbox.settings.wholeRequestCodes = [50006];
		const run = await service.jsms.runNode(update(id), people(CARL, BAD));
		expect(mobilesOf(run)).toEqual([[], [CARL, BAD], []]);
		expect(service.calls.filter((call) => call.startsWith('PUT'))).toHaveLength(1);
		service.sandbox.advance(3 * HOUR);
		expect(service.reached).toEqual([ANNA, BEN]);
	});

	it('says which schedule is not there', async () => {
		const run = await service.jsms.runNode(update('6ac91ae2-5a3b-4b52-9b0c-2f4d8c1e7a90'), people(ANNA), {
			onError: 'continueRegularOutput',
		});
		expect(jsonOf(run, 1)).toMatchObject([
			{ error_code: 50028, schedule_id: '6ac91ae2-5a3b-4b52-9b0c-2f4d8c1e7a90', safe_to_retry: false },
		]);
	});
});
