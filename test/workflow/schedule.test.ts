import { createDedupeStore, errorOf, outputsOf } from '../support/engine';
import { JSMS } from '../support/jsms';
import { arrivedAt, jsonOf, pairs, people, useService } from './service';

/** Schedules of one SMS each. */
const service = useService();
const HOUR = 3600_000;
/** A time on the service's clock, so many ms from now. */
const wallClock = (ms: number) => new Date(Date.now() + ms + 8 * HOUR).toISOString().replace('T', ' ').slice(0, 19);
const inTwoHours = () => new Date(Date.now() + 2 * HOUR).toISOString();
const create = () => ({
	resource: 'schedule',
	operation: 'create',
	sendTime: inTwoHours(),
	mobile: '={{ $json.phone }}',
	templateId: 1250,
	...pairs({ number: '741627' }),
});
const ANNA = '13800000001';
const scheduled = () => service.sandbox.schedules.list();
const createOne = async () => {
	const [{ schedule_id: scheduleId }] = jsonOf(await service.jsms.runNode(create(), people(ANNA)));
	return String(scheduleId);
};

it('schedules an SMS, says when in both forms, and the service sends it then', async () => {
	const parameters = create();
	const run = await service.jsms.runNode(parameters, people(ANNA));
	expect(errorOf(run)).toBeUndefined();
	const [schedule] = scheduled();
	expect(outputsOf(run, JSMS)).toEqual([
		[
			{
				json: {
					schedule_id: schedule.schedule_id,
					send_time: schedule.send_time,
					send_at: `${schedule.send_time.replace(' ', 'T')}+08:00`,
					mobile: ANNA,
					temp_id: 1250,
					temp_para: { number: '741627' },
				},
				pairedItem: { item: 0 },
			},
		],
	]);
	expect(Math.abs(schedule.at - Date.parse(parameters.sendTime))).toBeLessThan(1000);
	expect(service.reached).toEqual([]);
	service.sandbox.advance(2 * HOUR);
	expect(service.reached).toEqual([ANNA]);
});

it('takes the form of the editor, a date and time without a zone, and times of expressions', async () => {
	const times = [
		'={{ $now.plus({ hours: 2 }) }}',
		'={{ $now.plus({ hours: 2 }).toISO() }}',
		'={{ Date.now() + 7200000 }}',
	];
	for (const sendTime of times) {
		expect(errorOf(await service.jsms.runNode({ ...create(), sendTime }, people(ANNA)))).toBeUndefined();
	}
	const local = await service.jsms.runNode({ ...create(), sendTime: '2090-05-04T10:30:00' }, people(ANNA));
	expect(jsonOf(local)[0].send_time).toMatch(/^2090-05-0[45] \d\d:\d\d:00$/);
	expect(scheduled()).toHaveLength(4);
	for (const { at } of scheduled().slice(0, 3)) expect(Math.abs(at - Date.now() - 2 * HOUR)).toBeLessThan(60_000);
});

it('refuses a time that is past or no time for its item alone, before anything is sent', async () => {
	const run = await service.jsms.runNode(
		{ ...create(), sendTime: '={{ $json.time }}' },
		[
			{ phone: ANNA, time: '2020-01-01T10:00:00' },
			{ phone: ANNA, time: 'soon' },
			{ phone: ANNA, time: inTwoHours() },
		],
		{ onError: 'continueRegularOutput' },
	);
	expect(jsonOf(run)).toEqual([
		{
			error: expect.stringMatching(/^'Send Time' is 2020-01-01.* in the past$/) as string,
			details: expect.objectContaining({ outcome: 'invalidInput' }) as object,
		},
		{
			error: "'Send Time' must be a date and time, not the text 'soon'",
			details: expect.objectContaining({ outcome: 'invalidInput' }) as object,
		},
		expect.objectContaining({ mobile: ANNA }),
	]);
	expect(service.calls).toEqual(['POST /schedule']);
});

it('never repeats creating after a result that nobody knows, and says where to look', async () => {
	service.sandbox.fault({ kind: 'resetAfter' });
	const run = await service.jsms.runNode(create(), people(ANNA), { onError: 'continueRegularOutput' });
	expect(service.calls).toEqual(['POST /schedule']);
	expect(jsonOf(run)).toMatchObject([
		{
			details: {
				outcome: 'unknown',
				safe_to_retry: false,
				hint: 'The message may or may not have been scheduled. Before you schedule it again, look for the number in the Jiguang console: among the scheduled messages, if it lists them, or after the send time in 发送记录 (send records).',
			},
		},
	]);
	expect(scheduled()).toHaveLength(1);
});

it('answers from memory what "Retry On Fail" would schedule again', async () => {
	service.sandbox.fault({ kind: 'answer', code: 50009, after: 1 });
	const run = await service.jsms.runNode(create(), people(ANNA, '13800000002'), {
		retryOnFail: true,
		waitBetweenTries: 0,
	});
	expect(errorOf(run)).toBeUndefined();
	expect(scheduled().map(({ recipients }) => recipients[0].mobile)).toEqual([ANNA, '13800000002']);
});

it('replaces a schedule as a whole', async () => {
	const scheduleId = await createOne();
	const run = await service.jsms.runNode(
		{ ...create(), operation: 'update', scheduleId, sendTime: new Date(Date.now() + 3 * HOUR).toISOString() },
		people('13800000002'),
	);
	expect(jsonOf(run)).toMatchObject([{ schedule_id: scheduleId, mobile: '13800000002' }]);
	service.sandbox.advance(2.5 * HOUR);
	expect(service.reached).toEqual([]);
	service.sandbox.advance(HOUR);
	expect(service.reached).toEqual(['13800000002']);
});

it('does not repeat replacing after a broken connection: the result is unknown', async () => {
	const scheduleId = await createOne();
	service.sandbox.fault({ kind: 'resetAfter', method: 'PUT' });
	const run = await service.jsms.runNode({ ...create(), operation: 'update', scheduleId }, people('13800000002'));
	expect(errorOf(run)?.message).toMatch(/ is unknown$/);
	expect(service.calls.slice(1)).toEqual([`PUT /schedule/${scheduleId}`]);
});

it('reads a schedule with its recipients, IDs as text', async () => {
	const scheduleId = await createOne();
	service.sandbox.fault({ kind: 'bigIds' });
	const run = await service.jsms.runNode({ resource: 'schedule', operation: 'get', scheduleId });
	const [{ send_time, recipients }] = scheduled();
	expect(jsonOf(run)).toEqual([
		{
			schedule_id: scheduleId,
			send_time,
			send_at: `${send_time.replace(' ', 'T')}+08:00`,
			temp_id: 1250,
			recipients: [{ msg_id: recipients[0].msg_id, mobile: ANNA, temp_para: { number: '741627' } }],
		},
	]);
});

it('deletes a schedule: nothing is sent, and the empty answer is no fault', async () => {
	const scheduleId = await createOne();
	const run = await service.jsms.runNode({ resource: 'schedule', operation: 'delete', scheduleId });
	expect(outputsOf(run, JSMS)).toEqual([
		[{ json: { deleted: true, schedule_id: scheduleId }, pairedItem: { item: 0 } }],
	]);
	service.sandbox.advance(3 * HOUR);
	expect(service.reached).toEqual([]);
});

describe('a delete that is tried again', () => {
	const GONE = '6ac91ae2-5a3b-4b52-9b0c-2f4d8c1e7a90';
	const notThere = { kind: 'answer', code: 50028 } as const;
	const remove = (scheduleId: string) => ({ resource: 'schedule', operation: 'delete', scheduleId });
	const retry = { retryOnFail: true, maxTries: 2 };

	it('deletes once what the first try deleted', async () => {
		const ids = [await createOne(), await createOne()];
		service.sandbox.fault({ ...notThere, method: 'DELETE', after: 1, times: 1 });
		const run = await service.jsms.runNode(
			remove('={{ $json.id }}'),
			ids.map((id) => ({ id })),
			retry,
		);
		expect(jsonOf(run)).toEqual(ids.map((schedule_id) => ({ deleted: true, schedule_id })));
		expect(service.calls.filter((call) => call.startsWith('DELETE'))).toHaveLength(3);
	});

	it.each([
		['is not there: it was deleted', 50028, { deleted: true }],
		['has ended: it may have been sent', 50029, { details: { outcome: 'unknown', safe_to_retry: true } }],
	])('knows what an earlier try without a result means, when the schedule %s', async (_, code, result) => {
		// All requests of the first try.
		service.sandbox.fault({ kind: 'resetAfter', method: 'DELETE', times: 3 });
		service.sandbox.fault({ ...notThere, code, method: 'DELETE' });
		const run = await service.jsms.runNode(remove(GONE), [{}], { ...retry, onError: 'continueRegularOutput' });
		expect(jsonOf(run)).toMatchObject([result]);
	});

	it.each([
		['in the execution that was interrupted', '77', { deleted: true }],
		['in another one', '78', { details: { outcome: 'refused', code: 50028 } }],
	])('counts as done where the schedule is not there, %s', async (_, executionId, result) => {
		const dataDeduplication = createDedupeStore();
		const run = (id: string) =>
			({ run: { executionId: id, dataDeduplication }, onError: 'continueRegularOutput' }) as const;
		await service.jsms.runNode(remove(await createOne()), [{}], run('77'));
		service.sandbox.fault({ ...notThere, method: 'DELETE' });
		expect(jsonOf(await service.jsms.runNode(remove(GONE), [{}], run(executionId)))).toMatchObject([result]);
	});
});

it.each(['get', 'delete', 'update'])('%s says that there is no such schedule', async (operation) => {
	const run = await service.jsms.runNode(
		{ ...create(), operation, scheduleId: '6ac91ae2-5a3b-4b52-9b0c-2f4d8c1e7a90' },
		people(ANNA),
		{ onError: 'continueErrorOutput' },
	);
	expect(arrivedAt(run, 1)).toMatchObject([
		{
			error: expect.stringContaining('here is no schedule with this ID (50028 invalid schedule_id)') as string,
			details: { code: 50028 },
		},
	]);
});

it.each(['delete', 'update'])('%s says that the schedule was sent already', async (operation) => {
	const scheduleId = await createOne();
	service.sandbox.advance(3 * HOUR);
	const run = await service.jsms.runNode(
		{ ...create(), sendTime: wallClock(24 * HOUR), operation, scheduleId },
		people(ANNA),
		{ onError: 'continueRegularOutput' },
	);
	expect(jsonOf(run)).toMatchObject([
		{ error: expect.stringContaining('already sent or deleted') as string, details: { code: 50029 } },
	]);
});

it.each(['', '.', '..', 'batch', null, ['x']])('refuses %j as the ID of a schedule', async (id) => {
	const parameters = { resource: 'schedule', operation: 'delete', scheduleId: '={{ $json.id }}' };
	const run = await service.jsms.runNode(parameters, [{ id }]);
	expect(errorOf(run)?.message).toMatch(/^'Schedule ID' /);
	expect(service.calls).toEqual([]);
});
