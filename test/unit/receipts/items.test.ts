import { parseJson } from '../../../nodes/JSms/model/json';
import { toEventItem, toReceipt } from '../../../nodes/JSms/receipts/items';

const REPORT = { msgId: '700100200301', phone: '13800001111', receiveTime: 1700000000000, status: 4001 };
const REPLY = { phone: '13800001111', replyTime: 1700000001000, content: 'TD' };

/** A list that is in itself `levels` times. */
const nested = (levels: number): unknown => (levels === 0 ? 'end' : [nested(levels - 1)]);

describe('a delivery report', () => {
	it('keeps what the service says and adds what a workflow needs, most important first', () => {
		const item = toReceipt('deliveryReport', REPORT);
		expect(item).toEqual({
			msg_id: '700100200301',
			msgId: '700100200301',
			phone: '13800001111',
			status: 4001,
			receiveTime: 1700000000000,
			delivered: true,
			statusMessage: 'Delivered',
			receivedAt: '2023-11-14T22:13:20.000Z',
		});
		expect(Object.keys(item).slice(0, 4)).toEqual(['msg_id', 'msgId', 'phone', 'status']);
	});

	it.each([
		[4001, true, /^Delivered$/],
		[4002, false, /blacklist/],
		[4003, false, /off or out of service/],
		[4004, false, /does not exist/],
		[4005, false, /quota/],
		[4006, false, /frequency/],
		[4007, false, /not answered/],
		[4008, false, /busy/],
		[4009, false, /could not be reached/],
		[4010, false, /sensitive word/],
		[4100, false, /another reason/],
		['4001', true, /^Delivered$/],
		[4711, false, /Unknown delivery status 4711/],
		['later', false, /No readable delivery status/],
		[null, false, /No readable delivery status/],
	])('with status %j is delivered: %s', (status, delivered, words) => {
		expect(toReceipt('deliveryReport', { ...REPORT, status })).toMatchObject({
			status,
			delivered,
			statusMessage: expect.stringMatching(words) as string,
		});
	});

	it.each([
		['a number', '{"msgId":700100200301}', '700100200301'],
		['a number beyond 2^53', '{"msgId":9007199254740993123}', '9007199254740993123'],
		['a UUID', '{"msgId":"0b8e6e1c-5c5b-4a2e-9f39-2d6c7d0a8f11"}', '0b8e6e1c-5c5b-4a2e-9f39-2d6c7d0a8f11'],
		['the name that sends use', '{"msg_id":"700100200301"}', '700100200301'],
	])('has its message ID as text, given as %s', (_, text, id) => {
		expect(toReceipt('deliveryReport', parseJson(text))).toMatchObject({ msg_id: id, msgId: id });
	});

	it('passes unknown fields on, which must not hide ours', () => {
		const record = { ...REPORT, carrier: 'CMCC', detail: { code: 'DELIVRD' }, delivered: 'maybe', statusMessage: 'x' };
		expect(toReceipt('deliveryReport', record)).toMatchObject({
			carrier: 'CMCC',
			detail: { code: 'DELIVRD' },
			delivered: true,
			statusMessage: 'Delivered',
		});
	});

	it('has no field that n8n takes for a failure of the node, and loses nothing', () => {
		const item = toReceipt('deliveryReport', { error: { code: 1 }, ...REPORT });
		expect(item).toMatchObject({ msgId: REPORT.msgId, serviceError: { code: 1 } });
		expect(item).not.toHaveProperty('error');
		const both = { ...REPORT, error: 'a', serviceError: 'b', serviceError_: 'c' };
		expect(toEventItem('reply', both)).toMatchObject({ serviceError: 'b', serviceError_: 'c', serviceError__: 'a' });
		expect(toReceipt('reply', parseJson('{"error":null}'))).not.toHaveProperty('error');
	});

	it('keeps a time that cannot be read, and says that it could not', () => {
		expect(toReceipt('deliveryReport', { ...REPORT, receiveTime: 'soon' })).toMatchObject({
			receiveTime: 'soon',
			receivedAt: null,
		});
	});

	it('has its number as text, and keeps what is no number', () => {
		expect(toReceipt('deliveryReport', { ...REPORT, phone: 13800001111 })).toMatchObject({ phone: '13800001111' });
		expect(toReceipt('deliveryReport', { ...REPORT, phone: ['13800001111'] })).toMatchObject({
			phone: ['13800001111'],
		});
	});

	it('becomes an item however little it holds', () => {
		expect(toReceipt('deliveryReport', {})).toStrictEqual({
			msg_id: null,
			delivered: false,
			statusMessage: 'No readable delivery status',
			receivedAt: null,
		});
	});
});

describe('a reply', () => {
	it('holds number, text and time', () => {
		expect(toReceipt('reply', REPLY)).toEqual({
			phone: '13800001111',
			content: 'TD',
			replyTime: 1700000001000,
			repliedAt: '2023-11-14T22:13:21.000Z',
		});
	});

	it('keeps an empty text and has its number as text', () => {
		expect(toReceipt('reply', { ...REPLY, phone: 13800001111, content: '' })).toMatchObject({
			phone: '13800001111',
			content: '',
		});
	});
});

describe('a review', () => {
	it.each([
		['templateReview', { tempId: 144923, status: 1, refuseReason: null }, 'approved'],
		['signatureReview', { signId: 37001, status: 2, refuseReason: '示例' }, 'rejected'],
		['templateReview', { tempId: 144923, status: 7, refuseReason: null }, 'unknown status 7'],
		['templateReview', { tempId: 144923, status: 'later', refuseReason: null }, 'unknown'],
	] as const)('%s of %j is %s', (event, record, statusMessage) => {
		expect(toReceipt(event, record)).toEqual({ ...record, statusMessage });
	});

	it.each([
		['templateReview', 'tempId'],
		['signatureReview', 'signId'],
	] as const)('%s begins with %s, wherever the service puts it', (event, id) => {
		expect(Object.keys(toReceipt(event, { refuseReason: null, status: 1, [id]: 5 }))).toEqual([
			id,
			'status',
			'statusMessage',
			'refuseReason',
		]);
	});

	it('has a reason even where the service leaves it out', () => {
		expect(toReceipt('templateReview', { tempId: 144923, status: 1 })).toMatchObject({ refuseReason: null });
	});
});

describe('any record', () => {
	it('carries the event in front where triggers ask for it', () => {
		const item = toEventItem('reply', { ...REPLY, event: 'of the service' });
		expect(Object.entries(item)[0]).toEqual(['event', 'reply']);
		expect(item).toMatchObject({ phone: '13800001111', repliedAt: '2023-11-14T22:13:21.000Z' });
	});

	it.each([
		['a text', 'TD'],
		['a number', 5],
		['nothing', null],
		['a list', [1]],
	])('that is %s is kept as it came', (_, raw) => {
		expect(toReceipt('deliveryReport', raw)).toEqual({ raw });
	});

	it('stays small enough for n8n where a value has thousands of levels', () => {
		const item = toReceipt('deliveryReport', { ...REPORT, deep: nested(4000) });
		expect(item).toMatchObject({ msg_id: '700100200301', deep: expect.stringMatching(/too many levels/) as string });
	});
});
