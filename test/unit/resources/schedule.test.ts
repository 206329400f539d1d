import { batch, inputOf, single } from './operation';

const message = { mobile: '13812345678', templateId: 1250, sendTime: '2090-05-04 10:30' };
const body = { send_time: '2090-05-04 10:30:00', mobile: '13812345678', temp_id: 1250, temp_para: { name: '王芳' } };
const metadata = { send_at: '2090-05-04T10:30:00+08:00' };
const UNKNOWN =
	'The message may or may not have been scheduled. Before you schedule it again, look for the number in the Jiguang console: among the scheduled messages, if it lists them, or after the send time in 发送记录 (send records).';

describe.each([
	['create', 'POST', '/schedule', 'once'],
	['update', 'PUT', '/schedule/abc', 'once'],
])('%s', (value, method, path, effect) => {
	const { operation, requestOf, itemsOf } = single('schedule', value);

	it('sends the message with its time', async () => {
		expect(await requestOf({ ...message, scheduleId: 'abc' }, {}, { name: '王芳' })).toEqual({
			method,
			path,
			body,
			metadata,
		});
		expect([operation.effect, operation.sends, operation.usesTemplate, operation.ifUnknown]).toEqual([
			effect,
			true,
			true,
			UNKNOWN,
		]);
	});

	it('gives what was scheduled under the ID that it has', () => {
		expect(itemsOf({ schedule_id: 12 }, { body, metadata })).toEqual([{ schedule_id: '12', ...body, ...metadata }]);
		expect(Object.keys(itemsOf({ schedule_id: 'a' })?.[0] ?? {})).toEqual([
			'schedule_id',
			'send_time',
			'send_at',
			'mobile',
			'temp_id',
			'temp_para',
		]);
		expect([itemsOf({}), itemsOf([]), itemsOf(null)]).toEqual(new Array(3).fill(undefined));
	});
});

describe.each([
	['createBatch', 'POST', '/schedule/batch', {}, undefined],
	['updateBatch', 'PUT', '/schedule/batch/a%2Fb', { scheduleId: 'a/b' }, true],
])('%s', (value, method, path, own, replaces) => {
	const operation = batch('schedule', value);

	it('sends what the recipients share with its time, and each of them', () => {
		const shared = operation.readShared(inputOf({ ...message, scheduleId: 'a/b' }, { tag: 'spring' }));
		expect(shared).toStrictEqual({ tempId: 1250, tag: 'spring', sendTime: body.send_time, ...own });
		const recipients = [{ mobile: '13812345678', tempPara: { name: '王芳' } }];
		expect(operation.buildRequest(shared, recipients)).toEqual({
			method,
			path,
			body: {
				send_time: body.send_time,
				temp_id: 1250,
				tag: 'spring',
				recipients: [{ mobile: '13812345678', temp_para: { name: '王芳' } }],
			},
		});
		expect([operation.usesTemplate, operation.done, operation.ifUnknown, operation.replaces]).toEqual([
			true,
			'scheduled',
			UNKNOWN,
			replaces,
		]);
	});
});

describe('delete', () => {
	const { operation, requestOf, itemsOf } = single('schedule', 'delete');

	it('names what was deleted', async () => {
		const request = await requestOf({ scheduleId: 'a/b' });
		expect(request).toEqual({ method: 'DELETE', path: '/schedule/a%2Fb', metadata: { schedule_id: 'a/b' } });
		expect(itemsOf(undefined, request)).toEqual([{ deleted: true, schedule_id: 'a/b' }]);
		expect(itemsOf(undefined)).toEqual([{ deleted: true, schedule_id: undefined }]);
		expect([operation.expects, operation.effect, operation.sends]).toEqual(['empty', 'delete', undefined]);
	});
});

describe('get', () => {
	const { operation, requestOf, itemsOf } = single('schedule', 'get');
	const request = { metadata: { timeZone: 'Asia/Shanghai' } };

	it('reads a schedule', async () => {
		expect(await requestOf({ scheduleId: 'a/b' }, { serviceTimeZone: 'UTC' })).toEqual({
			method: 'GET',
			path: '/schedule/a%2Fb',
			metadata: { timeZone: 'UTC' },
		});
		expect([operation.effect, operation.sends]).toEqual(['idempotent', undefined]);
	});

	it('gives the moment beside the time of the service, and IDs of messages as text in front', () => {
		const items = itemsOf(
			{
				schedule_id: 'a',
				temp_id: 1250,
				send_time: '2090-05-04 10:30:00',
				recipients: [{ mobile: '13812345678', msg_id: 5 }, { mobile: '13812345679' }, 'none'],
			},
			request,
		);
		expect(items).toStrictEqual([
			{
				schedule_id: 'a',
				send_time: '2090-05-04 10:30:00',
				send_at: '2090-05-04T10:30:00+08:00',
				temp_id: 1250,
				recipients: [{ msg_id: '5', mobile: '13812345678' }, { mobile: '13812345679' }, {}],
			},
		]);
		expect(Object.keys(items?.[0] ?? {})).toEqual(['schedule_id', 'send_time', 'send_at', 'temp_id', 'recipients']);
		expect(JSON.stringify(items)).toContain('{"msg_id":"5","mobile":"13812345678"}');
	});

	it.each([['soon'], [5], [undefined]])('makes no moment of the time %j', (send_time) => {
		expect(itemsOf({ schedule_id: 'a', send_time }, request)).toStrictEqual([
			{ schedule_id: 'a', send_time, recipients: [] },
		]);
	});

	it('takes nothing but a record that n8n can keep', () => {
		let deep: unknown = 1;
		for (let level = 0; level < 50; level += 1) deep = { deep };
		expect([itemsOf([]), itemsOf('a'), itemsOf(null), itemsOf({ deep })]).toEqual(new Array(4).fill(undefined));
	});
});
