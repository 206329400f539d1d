import { outputsOf } from '../support/engine';
import { JSMS } from '../support/jsms';
import { jsonOf, pairs, people, useService } from './service';

/** Rows On: One Output, for workflows whose last node's first output is all that the caller gets. */
const service = useService();
const [SENT, REFUSED, LOST, ALSO_SENT] = ['13800000001', '13800000024', '13800000002', '13800000003'];
const later = new Date(Date.now() + 2 * 3600_000).toISOString();
const batch = (changes: object) => ({
	resource: 'message',
	operation: 'sendBatch',
	mobile: '={{ $json.phone }}',
	templateId: 1250,
	...pairs({ number: '1' }),
	...changes,
});
const statusesOf = (rows: ReturnType<typeof jsonOf>) => rows.map(({ mobile, status }) => [mobile, status]);

it('gives all rows of a batch on the first output, in the order of the input', async () => {
	service.sandbox.fault({ kind: 'dropRows', indexes: [2] });
	const input = people(SENT, REFUSED, LOST, '', ALSO_SENT);
	const run = await service.jsms.runNode(batch({ options: { rowsOn: 'oneOutput' } }), input);
	expect(outputsOf(run, JSMS)).toHaveLength(1);
	expect(statusesOf(jsonOf(run))).toEqual([
		[SENT, 'sent'],
		[REFUSED, 'failed'],
		[LOST, 'unknown'],
		['', 'failed'],
		[ALSO_SENT, 'sent'],
	]);
	expect(outputsOf(run, JSMS)[0].map(({ pairedItem }) => pairedItem)).toEqual(
		[0, 1, 2, 3, 4].map((item) => ({ item })),
	);
});

it.each([['createBatch'], ['updateBatch']])('does so for schedules, too: %s', async (operation) => {
	const schedule = { resource: 'schedule', sendTime: later };
	await service.jsms.runNode(batch({ ...schedule, operation: 'createBatch' }), people(SENT));
	const [{ schedule_id: scheduleId }] = service.sandbox.schedules.list();
	const run = await service.jsms.runNode(
		batch({ ...schedule, operation, scheduleId, options: { rowsOn: 'oneOutput' } }),
		people(SENT, '', ALSO_SENT),
	);
	expect(outputsOf(run, JSMS)).toHaveLength(1);
	expect(statusesOf(jsonOf(run))).toEqual([
		[SENT, 'sent'],
		['', 'failed'],
		[ALSO_SENT, 'sent'],
	]);
});

it.each([[{}], [{ rowsOn: 'threeOutputs' }], [{ rowsOn: '' }]])(
	'has three outputs with the options %j',
	async (options) => {
		const run = await service.jsms.runNode(batch({ options }), people(SENT, REFUSED));
		expect(outputsOf(run, JSMS).map((items) => items.length)).toEqual([1, 1, 0]);
	},
);
