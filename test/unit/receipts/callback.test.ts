import fc from 'fast-check';

import {
	isRefused,
	MAX_CALLBACK_LENGTH,
	readCallback,
	type CallbackChecks,
} from '../../../nodes/JSms/receipts/callback';
import { callbackForm, TEST_DATA, type CallbackType } from '../../support/callbacks';
import { KEYS as keys } from '../../support/keys';

const now = 1_700_000_000_123;
const checks: CallbackChecks = { keys, maxAge: 3600, now };
const report = { msgId: '288193860302', status: 4001, receiveTime: 1_700_000_000_456, phone: '13800138000' };

const formOf = (type: string, data: unknown, timestamp: number | string = now) =>
	callbackForm(keys, type, data, { nonce: '7659972084945889195', timestamp });
const judge = (body: unknown, changed: Partial<CallbackChecks> = {}) => readCallback(body, { ...checks, ...changed });
const statusOf = (body: unknown, changed: Partial<CallbackChecks> = {}) => {
	const verdict = judge(body, changed);
	return isRefused(verdict) ? verdict.status : 'taken';
};

describe('a genuine callback', () => {
	it.each([
		['SMS_REPORT', 'deliveryReport', report],
		['SMS_REPLY', 'reply', { phone: '13800138000', replyTime: 1_700_000_000_456, content: 'TD' }],
		['SMS_TEMPLATE', 'templateReview', { tempId: 1250, status: 2, refuseReason: 'no company name' }],
		['SMS_SIGN', 'signatureReview', { signId: 37001, status: 1, refuseReason: null }],
	])('of type %s is the event %s', (type, event, record) => {
		const form = formOf(type, record);
		expect(judge(form)).toEqual({ event, record, isTest: false, form });
	});

	it('is read from the form as the service writes it', () => {
		const [appKey, masterSecret] = 'a1b2c3d4e5f60718293a4b5c/0f1e2d3c4b5a69788796a5b4'.split('/');
		const body =
			'nonce=7659972084945889195&timestamp=1700000000123&signature=a61c645ec5463a7ddcdc173e3d0560289cd88642&type=SMS_REPORT&data=%7B%22msgId%22%3A%22288193860302%22%2C%22status%22%3A4001%2C%22receiveTime%22%3A1700000000456%2C%22phone%22%3A%2213800138000%22%7D';
		const form = Object.fromEntries(new URLSearchParams(body));
		expect(judge(form, { keys: { appKey, masterSecret } })).toMatchObject({ event: 'deliveryReport', record: report });
	});

	it('keeps every digit of long numbers', () => {
		const form = formOf('SMS_REPORT', '{"msgId":9223372036854775807,"phone":"13800138000"}');
		expect(judge(form)).toMatchObject({ record: { msgId: '9223372036854775807' } });
	});

	it('may hold fields that we do not know', () => {
		expect(judge(formOf('SMS_REPORT', { ...report, carrier: 'x' }))).toMatchObject({ record: { carrier: 'x' } });
	});

	it('may come with further fields in the form', () => {
		expect(statusOf({ ...formOf('SMS_REPORT', report), version: '2' })).toBe('taken');
	});
});

describe('a form that is not one of the service', () => {
	const form = formOf('SMS_REPORT', report);

	it.each(['nonce', 'timestamp', 'signature', 'type', 'data'])('lacks %s, or has it empty or twice: 400', (field) => {
		expect(statusOf({ ...form, [field]: undefined })).toBe(400);
		expect(statusOf({ ...form, [field]: '' })).toBe(400);
		expect(statusOf({ ...form, [field]: ['1', '1'] })).toBe(400);
	});

	it.each([[undefined], [null], [''], ['nonce=1'], [[]], [{}], [7]])('is %j: 400', (body) => {
		expect(statusOf(body)).toBe(400);
	});

	it('has numbers instead of text, as JSON would: 400, because the nonce has lost digits', () => {
		expect(statusOf({ ...form, nonce: Number(form.nonce), timestamp: now })).toBe(400);
	});
});

describe('the signature', () => {
	it('does not fit: 401, whatever else is wrong', () => {
		const forged = { signature: '0'.repeat(40) };
		for (const form of [
			formOf('SMS_REPORT', report),
			formOf('SMS_OTHER', report),
			formOf('SMS_REPORT', '{'),
			formOf('SMS_REPORT', report, 'yesterday'),
		]) {
			expect(statusOf({ ...form, ...forged })).toBe(401);
		}
	});

	it('of other keys does not fit', () => {
		const other = { ...keys, masterSecret: 'dummymastersecret0000002' };
		expect(statusOf(callbackForm(other, 'SMS_REPORT', report, { timestamp: now }))).toBe(401);
	});

	it('does not cover type and data, so other content with a captured signature passes until it is too old', () => {
		const altered = { ...formOf('SMS_REPORT', report), data: JSON.stringify({ ...report, status: 4004 }) };
		expect(judge(altered)).toMatchObject({ record: { status: 4004 } });
		expect(statusOf(altered, { now: now + 3_600_001 })).toBe(401);
	});
});

describe('the age', () => {
	it.each([
		['just young enough', 3_600_000, 'taken'],
		['too old', 3_600_001, 401],
		['of a clock that is behind', -3_600_000, 'taken'],
		['of a clock that is far behind', -3_600_001, 401],
	])('%s', (_what, later, expected) => {
		expect(statusOf(formOf('SMS_REPORT', report), { now: now + later })).toBe(expected);
	});

	it('does not matter with a limit of 0', () => {
		expect(statusOf(formOf('SMS_REPORT', report, 1), { maxAge: 0 })).toBe('taken');
	});

	it.each(['yesterday', '1700000000123.5', '-1', '99999999999999999', '0x1'])('cannot be read from %j: 400', (time) => {
		expect(statusOf(formOf('SMS_REPORT', report, time), { maxAge: 0 })).toBe(400);
	});
});

describe('type and content', () => {
	it.each(['SMS_OTHER', 'sms_report', 'constructor', '__proto__'])('of the unknown type %s: 400', (type) => {
		expect(statusOf(formOf(type, report))).toBe(400);
	});

	it.each(['{', 'null', '"text"', '7', '[]', `[${JSON.stringify(report)}]`, '{"a":}', '\u0000'])('%j: 400', (data) => {
		expect(statusOf(formOf('SMS_REPORT', data))).toBe(400);
	});

	it('with thousands of levels: 400', () => {
		expect(statusOf(formOf('SMS_REPORT', `{"a":${'['.repeat(20_000)}${']'.repeat(20_000)}}`))).toBe(400);
	});

	it('of more than 64 kB: 413', () => {
		const data = (length: number) => `{"a":"${'x'.repeat(length - '{"a":""}'.length)}"}`;
		expect(statusOf(formOf('SMS_REPORT', data(MAX_CALLBACK_LENGTH)))).toBe('taken');
		expect(statusOf(formOf('SMS_REPORT', data(MAX_CALLBACK_LENGTH + 1)))).toBe(413);
		expect(statusOf({ ...formOf('SMS_REPORT', report), nonce: '1'.repeat(MAX_CALLBACK_LENGTH + 1) })).toBe(413);
	});
});

describe("the console's test button", () => {
	const types: CallbackType[] = ['SMS_REPORT', 'SMS_REPLY', 'SMS_TEMPLATE', 'SMS_SIGN'];

	it.each(types)('is recognised by its fixed data: %s', (type) => {
		expect(judge(formOf(type, TEST_DATA[type]))).toMatchObject({ isTest: true });
		const asText = Object.fromEntries(
			Object.entries(TEST_DATA[type]).map(([name, value]) => [name, value === null ? null : String(value)]),
		);
		expect(judge(formOf(type, asText))).toMatchObject({ isTest: true });
	});

	it.each(types)('is not mistaken for a callback that differs in one field: %s', (type) => {
		for (const field of Object.keys(TEST_DATA[type])) {
			expect(judge(formOf(type, { ...TEST_DATA[type], [field]: 'other' }))).toMatchObject({ isTest: false });
		}
	});

	it('is not mistaken for somebody who unsubscribes', () => {
		const reply = { phone: '13800138000', replyTime: 1_700_000_000_456, content: 'TD' };
		expect(judge(formOf('SMS_REPLY', reply))).toMatchObject({ isTest: false });
	});
});

describe('whatever arrives', () => {
	const text = fc.oneof(
		fc.string({ unit: 'binary' }),
		fc.constantFrom('SMS_REPORT', 'SMS_REPLY', '1', '{}', '{"a":1}'),
	);

	it('is refused with a status below 500 when nobody with the keys signed it', () => {
		const form = fc.dictionary(
			fc.oneof(fc.constantFrom('nonce', 'timestamp', 'signature', 'type', 'data', '__proto__'), fc.string()),
			fc.oneof(text, fc.array(text), fc.anything()),
		);
		fc.assert(
			fc.property(fc.oneof(form, fc.anything()), (body) => {
				expect([400, 401, 413]).toContain(statusOf(body));
			}),
			{ numRuns: 2000 },
		);
	});

	it('is read, or refused with 400, when it is signed', () => {
		const data = fc.oneof(
			text,
			fc.json(),
			fc.jsonValue().map((value) => JSON.stringify({ value })),
		);
		fc.assert(
			fc.property(fc.constantFrom('SMS_REPORT', 'SMS_REPLY', 'SMS_TEMPLATE', 'SMS_SIGN'), data, (type, value) => {
				expect([400, 'taken']).toContain(statusOf(formOf(type, value)));
			}),
			{ numRuns: 2000 },
		);
	});

	it.each([
		[{ nonce: '1' }, 400, 'it is not the form that JSMS sends'],
		[{ ...formOf('SMS_REPORT', report), type: 'x'.repeat(MAX_CALLBACK_LENGTH + 1) }, 413, 'it is too large'],
		[
			{ ...formOf('SMS_REPORT', report), signature: 'no' },
			401,
			"its signature does not match the 'App Key' and 'Master Secret' in the credential",
		],
		[formOf('SMS_REPORT', report, 'soon'), 400, 'its timestamp is not a number'],
		[
			formOf('SMS_REPORT', report, 1),
			401,
			"its timestamp is further from this machine's clock than 'Max Age' allows. Check the clock of the n8n server",
		],
		[formOf('SMS_OTHER', report), 400, 'its type is not known'],
		[formOf('SMS_REPORT', '7'), 400, "its 'data' is not a JSON object"],
	])('is refused with a reason that helps whoever reads the log: case %#', (body, status, reason) => {
		expect(judge(body)).toEqual({ status, reason });
	});

	it('never shows in the reason for n8n’s log', () => {
		const secret = 'tell-nobody';
		const bodies = [
			{ nonce: secret },
			{ ...formOf('SMS_REPORT', report), signature: secret },
			formOf(secret, report),
			formOf('SMS_REPORT', secret),
			formOf('SMS_REPORT', report, secret),
			formOf('SMS_REPORT', secret.repeat(MAX_CALLBACK_LENGTH)),
		];
		for (const body of bodies) {
			const verdict = judge(body);
			expect(verdict).toEqual({ status: expect.any(Number) as number, reason: expect.any(String) as string });
			expect(JSON.stringify(verdict)).not.toContain(secret);
		}
	});
});
