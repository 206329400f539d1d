import type { Settings } from '../../sandbox/settings';
import { error, useSandbox } from './support';

const jsms = useSandbox();
const HOUR = 3600_000;

/** A time on the service's clock (UTC+8), so many ms from now. */
const wallClock = (ms: number) =>
	new Date(jsms.sandbox.now() + ms + 8 * HOUR).toISOString().replace('T', ' ').slice(0, 19);
const single = (changes = {}) => ({
	send_time: wallClock(HOUR),
	mobile: '13800000001',
	temp_id: 1250,
	temp_para: { number: '741627' },
	...changes,
});
const batch = (mobiles: string[], changes = {}) => ({
	send_time: wallClock(HOUR),
	temp_id: 1250,
	recipients: mobiles.map((mobile, index) => ({ mobile, temp_para: { number: String(index) } })),
	...changes,
});
const create = async (body = single()) => (await jsms.post('/schedule', body)).json.schedule_id;
const put = (path: string, body: unknown) => jsms.api(path, { method: 'PUT', body });
const sentTo = () => jsms.sandbox.ledger.map(({ mobile }) => mobile);
const balance = async () => (await jsms.api('/accounts/app')).json.app_balance;

describe('a schedule', () => {
	test('is answered with a UUID, sends nothing before its time, and then exactly what GET shows', async () => {
		const asked = single();
		const made = await jsms.post('/schedule', asked);
		expect([made.status, made.json]).toEqual([200, { schedule_id: expect.stringMatching(/^[0-9a-f-]{36}$/) }]);
		const { json } = await jsms.api(`/schedule/${made.json.schedule_id}`);
		expect(json).toEqual({
			schedule_id: made.json.schedule_id,
			send_time: asked.send_time,
			temp_id: 1250,
			recipients: [{ msg_id: expect.stringMatching(/^\d+$/), mobile: '13800000001', temp_para: { number: '741627' } }],
		});
		jsms.sandbox.advance(HOUR - 2000);
		expect(sentTo()).toEqual([]);
		jsms.sandbox.advance(2000);
		expect(jsms.sandbox.ledger).toEqual([
			expect.objectContaining({
				msg_id: json.recipients[0].msg_id,
				kind: 'schedule',
				schedule_id: made.json.schedule_id,
				mobile: '13800000001',
				text: '【示例科技】您的取件码是741627，请凭取件码到服务台领取包裹。',
				accepted_at: expect.any(Number),
			}),
		]);
		expect(jsms.sandbox.ledger[0].accepted_at).toBeGreaterThanOrEqual(jsms.sandbox.schedules.list()[0].at);
	});

	test('is sent by itself when its time comes', async () => {
		await create(single({ send_time: wallClock(2000) }));
		const end = Date.now() + 10_000;
		while (sentTo().length === 0 && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 50));
		expect(sentTo()).toEqual(['13800000001']);
	});

	test('that was deleted is never sent, and gives back what it took', async () => {
		const before = await balance();
		const id = await create();
		expect(await balance()).toBe(before - 1);
		const { status, text, headers } = await jsms.api(`/schedule/${id}`, { method: 'DELETE' });
		expect([status, text, headers['content-length']]).toEqual([200, '', '0']);
		expect(headers['content-type']).toMatch(/^application\/json/);
		expect(await balance()).toBe(before);
		jsms.sandbox.advance(2 * HOUR);
		expect(sentTo()).toEqual([]);
	});

	test('that was replaced sends the new content at the new time', async () => {
		const id = await create();
		const answer = await put(`/schedule/${id}`, single({ mobile: '13800000002', send_time: wallClock(2 * HOUR) }));
		expect(answer.json).toEqual({ schedule_id: id });
		jsms.sandbox.advance(HOUR);
		expect(sentTo()).toEqual([]);
		jsms.sandbox.advance(HOUR);
		expect(sentTo()).toEqual(['13800000002']);
	});

	test('stays as it was when what shall replace it is refused', async () => {
		const id = await create();
		const left = await balance();
		expect((await put(`/schedule/${id}`, single({ mobile: '13800000006' }))).json).toEqual(
			error(50006, 'invalid mobile'),
		);
		expect(await balance()).toBe(left);
		jsms.sandbox.advance(HOUR);
		expect(sentTo()).toEqual(['13800000001']);
	});
});

describe('a scheduled batch', () => {
	test('lists only those who failed, without msg_id; the others are in GET', async () => {
		const { json } = await jsms.post(
			'/schedule/batch',
			batch(['13800000001', '1390000', '13800000002'], { tag: 'may' }),
		);
		expect(json).toEqual({
			schedule_id: expect.any(String),
			success_count: 2,
			failure_count: 1,
			failure_recipients: [
				{ mobile: '1390000', error_code: '50006', error_message: 'invalid mobile', temp_para: { number: '1' } },
			],
		});
		const { recipients } = (await jsms.api(`/schedule/${json.schedule_id}`)).json;
		expect(recipients.map(({ mobile }) => mobile)).toEqual(['13800000001', '13800000002']);
		jsms.sandbox.advance(HOUR);
		expect(jsms.sandbox.ledger.map(({ mobile, tag, msg_id: id }) => [mobile, tag, id])).toEqual(
			recipients.map(({ mobile, msg_id: id }) => [mobile, 'may', id]),
		);
	});

	test.each<[Settings['noScheduleFailures'], object]>([
		['empty', { failure_recipients: [] }],
		['absent', {}],
		['null', { failure_recipients: null }],
	])('has "%s" where nobody failed', async (noScheduleFailures, list) => {
		jsms.sandbox.settings.noScheduleFailures = noScheduleFailures;
		const { json } = await jsms.post('/schedule/batch', batch(['13800000001']));
		expect(json).toEqual({ schedule_id: json.schedule_id, success_count: 1, failure_count: 0, ...list });
	});

	test.each([
		['no recipients', [], 50030],
		['1001 recipients', Array.from({ length: 1001 }, (_, index) => String(13800100001 + index)), 50031],
	])('with %s is refused', async (_, mobiles, code) => {
		expect((await jsms.post('/schedule/batch', batch(mobiles))).json.error.code).toBe(code);
		expect(jsms.sandbox.schedules.list()).toEqual([]);
	});

	test('is replaced as a whole', async () => {
		const { schedule_id: id } = (await jsms.post('/schedule/batch', batch(['13800000001', '13800000002']))).json;
		const { json } = await put(`/schedule/batch/${id}`, batch(['13800000003']));
		expect(json).toMatchObject({ schedule_id: id, success_count: 1, failure_count: 0 });
		jsms.sandbox.advance(HOUR);
		expect(sentTo()).toEqual(['13800000003']);
	});
});

test.each([
	'',
	undefined,
	null,
	5,
	'2030-05-04',
	'2030-05-04T10:30:00',
	'2030-02-30 10:00:00',
	'2030-05-04 24:00:00',
	'2020-01-01 00:00:00',
])('send_time %j is 50027', async (given) => {
	expect((await jsms.post('/schedule', single({ send_time: given }))).json).toEqual(error(50027, 'invalid send_time'));
});

test('how far ahead one may schedule is a switch', async () => {
	jsms.sandbox.settings.scheduleHorizonDays = 30;
	const after = async (days: number) =>
		(await jsms.post('/schedule', single({ send_time: wallClock(days * 24 * HOUR) }))).status;
	expect([await after(29), await after(31)]).toEqual([200, 403]);
});

test('the zone of send_time is a switch', async () => {
	jsms.sandbox.settings.sendTimeOffsetMinutes = 0;
	const utc = new Date(jsms.sandbox.now() + HOUR).toISOString().replace('T', ' ').slice(0, 19);
	await create(single({ send_time: utc }));
	jsms.sandbox.advance(HOUR);
	expect(sentTo()).toEqual(['13800000001']);
});

describe.each([
	['GET', undefined],
	['PUT', () => single()],
	['DELETE', undefined],
])('%s', (method, body) => {
	const call = (id: string) => jsms.api(`/schedule/${id}`, { method, body: body?.() });

	test('of an unknown schedule, or of one of another application, is 50028', async () => {
		expect((await call('00000000-0000-4000-8000-000000000000')).json).toEqual(error(50028, 'invalid schedule_id'));
		const { schedule_id: id } = (
			await jsms.post('/schedule', single(), {
				pair: { user: 'exampleappkey00000000004', secret: 'dummymastersecret0000004' },
			})
		).json;
		expect((await call(id)).json).toEqual(error(50028, 'invalid schedule_id'));
	});

	test.each([
		['sent', async () => jsms.sandbox.advance(HOUR)],
		['deleted', async (id: string) => await jsms.api(`/schedule/${id}`, { method: 'DELETE' })],
	])('of one that was %s is refused', async (_, end) => {
		const id = await create();
		await end(id);
		const expected = method === 'GET' ? error(50028, 'invalid schedule_id') : error(50029, 'wrong schedule status');
		expect((await call(id)).json).toEqual(expected);
	});
});

test('whether an ended schedule can still be read is a switch', async () => {
	const id = await create();
	jsms.sandbox.advance(HOUR);
	jsms.sandbox.settings.endedSchedule = 'answer';
	expect((await jsms.api(`/schedule/${id}`)).json).toMatchObject({ schedule_id: id });
	jsms.sandbox.settings.endedSchedule = 50029;
	expect((await jsms.api(`/schedule/${id}`)).json.error.code).toBe(50029);
});

test('a single message on a scheduled batch is refused, or taken where the switch says so', async () => {
	const { schedule_id: id } = (await jsms.post('/schedule/batch', batch(['13800000001']))).json;
	expect((await put(`/schedule/${id}`, single())).json.error.code).toBe(50028);
	jsms.sandbox.settings.scheduleKinds = 'either';
	expect((await put(`/schedule/${id}`, single())).json).toEqual({ schedule_id: id });
});

test('money can be asked for at sending instead: who is not covered gets nothing', async () => {
	jsms.sandbox.settings.scheduleMoney = 'atSending';
	jsms.sandbox.settings.quotaSource = 'applicationOnly';
	const before = await balance();
	await jsms.post('/schedule/batch', batch(['13800000001', '13800000002']));
	expect(await balance()).toBe(before);
	jsms.sandbox.accounts.patch('exampleappkey00000000001', { quota: { balance: 1 } });
	jsms.sandbox.advance(HOUR);
	expect(sentTo()).toEqual(['13800000001']);
});

test('control calls list and cancel schedules', async () => {
	const id = await create();
	expect((await jsms.control('/schedules')).json).toEqual([
		expect.objectContaining({
			schedule_id: id,
			status: 'waiting',
			kind: 'single',
			app_key: 'exampleappkey00000000001',
		}),
	]);
	expect((await jsms.control(`/schedules/${id}`, { method: 'DELETE' })).status).toBe(200);
	expect((await jsms.control(`/schedules/${id}`, { method: 'DELETE' })).status).toBe(400);
	jsms.sandbox.advance(HOUR);
	expect(sentTo()).toEqual([]);
});

test('a reset forgets schedules', async () => {
	await create();
	jsms.sandbox.reset();
	expect(jsms.sandbox.schedules.list()).toEqual([]);
	jsms.sandbox.advance(HOUR);
	expect(sentTo()).toEqual([]);
});
