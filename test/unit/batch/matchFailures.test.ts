import fc from 'fast-check';

import { matchFailures } from '../../../nodes/JSms/batch/matchFailures';
import type { Recipient, Result } from '../../../nodes/JSms/model/recipient';

const ID = 'b0c7c1de-0000-4000-8000-000000000001';
const ANNA = '13800000001';
const BEN = '13800000002';
const to = (mobile: string, number = '1', item = 0): Recipient => ({ item, mobile, tempPara: { number } });
const failure = (mobile: string, tempPara?: object) => ({
	mobile,
	error_code: '50006',
	error_message: 'invalid mobile',
	...(tempPara && { temp_para: tempPara }),
});
const SCHEDULED = { status: 'sent', scheduleId: ID };
const FAILED = expect.objectContaining({ status: 'failed', code: 50006, scheduleId: ID }) as object;
const UNKNOWN = expect.objectContaining({ status: 'unknown', safeToRetry: false }) as object;
const statusesOf = (results: Result[]) => results.map(({ status }) => status);

it.each([
	['an empty list', { failure_recipients: [] }],
	['no list', {}],
	['null', { failure_recipients: null }],
])('takes %s for nobody failed', (_, list) => {
	expect(matchFailures([to(ANNA), to(BEN)], { schedule_id: ID, ...list })).toEqual({
		results: [SCHEDULED, SCHEDULED],
		unmatched: 0,
	});
});

it('schedules those whom the list does not name', () => {
	const body = { schedule_id: ID, success_count: 1, failure_count: 1, failure_recipients: [failure(BEN)] };
	expect(matchFailures([to(ANNA), to(BEN)], body)).toEqual({ results: [SCHEDULED, FAILED], unmatched: 0 });
});

it('takes a count of null for none', () => {
	const body = { schedule_id: ID, success_count: null, failure_count: null, failure_recipients: [failure(BEN)] };
	expect(matchFailures([to(ANNA), to(BEN)], body).results).toEqual([SCHEDULED, FAILED]);
});

it('reads counts given as text', () => {
	const body = { schedule_id: ID, success_count: '1', failure_count: '1', failure_recipients: [failure(BEN)] };
	expect(matchFailures([to(ANNA), to(BEN)], body).results).toEqual([SCHEDULED, FAILED]);
});

describe('is not certain about those whom the list does not name', () => {
	it('when more are scheduled than the list leaves', () => {
		const body = { schedule_id: ID, success_count: 2, failure_recipients: [{ mobile: BEN, error_code: 'E?' }] };
		expect(matchFailures([to(ANNA), to(BEN)], body).results).toEqual([UNKNOWN, UNKNOWN]);
	});

	it.each([
		[
			'more failures are counted than listed',
			{ success_count: 1, failure_count: 2, failure_recipients: [failure(BEN)] },
		],
		['a count cannot be read', { success_count: 1, failure_count: 1, failure_recipients: [failure(BEN), 'x'] }],
		['fewer are scheduled than the list leaves', { success_count: 0, failure_recipients: [failure(BEN)] }],
		['the list names somebody else', { failure_recipients: [failure(BEN), failure('+8613800000001')] }],
		['a line is there twice', { failure_recipients: [failure(BEN), failure(BEN)] }],
		['the list holds what is no line', { failure_recipients: [failure(BEN), 'x'] }],
	])('when %s', (_, body) => {
		const { results } = matchFailures([to(ANNA), to(BEN)], { schedule_id: ID, ...body });
		expect(results).toEqual([UNKNOWN, FAILED]);
	});

	it.each([undefined, null, 5, 'text', [], {}, { schedule_id: '' }, { schedule_id: ID, failure_recipients: 'none' }])(
		'when the answer is %j',
		(body) => {
			expect(matchFailures([to(ANNA), to(BEN)], body).results).toEqual([UNKNOWN, UNKNOWN]);
		},
	);
});

it.each([
	{ failure_count: 0 },
	{ success_count: 2 },
	{ success_count: 2, failure_count: 0 },
	{ failure_count: {} },
	{ success_count: '' },
	{ success_count: -1 },
])('is certain about nobody when the counts %j leave no room for those that are named', (counts) => {
	const body = { schedule_id: ID, ...counts, failure_recipients: [failure(BEN)] };
	expect(matchFailures([to(ANNA), to(BEN)], body).results).toEqual([UNKNOWN, UNKNOWN]);
});

it.each(['', ' ', 'OK', {}, 1.5, false])('is not certain about a line with the code %j', (error_code) => {
	const body = { schedule_id: ID, failure_recipients: [{ mobile: BEN, error_code }] };
	expect(statusesOf(matchFailures([to(ANNA), to(BEN)], body).results)).toEqual(['sent', 'unknown']);
});

it('says why it is not certain', () => {
	const messagesOf = (recipients: Recipient[], body: object) =>
		matchFailures(recipients, body).results.map((result) => 'message' in result && result.message);
	expect(messagesOf([to(ANNA)], {})).toEqual(["JSMS's response lacks the ID of the schedule or its list of failures"]);
	expect(messagesOf([to(ANNA)], { schedule_id: ID, failure_count: 1 })).toEqual([
		"JSMS's response contradicts itself: its count of failures does not match those that it lists",
	]);
	expect(messagesOf([to(ANNA, '1'), to(ANNA, '2')], { schedule_id: ID, failure_recipients: [failure(ANNA)] })).toEqual(
		new Array(2).fill("JSMS's response does not say which of several messages to this number it means"),
	);
});

it('is not certain about a line that tells no code', () => {
	const body = { schedule_id: ID, failure_recipients: [{ mobile: BEN }] };
	expect(statusesOf(matchFailures([to(ANNA), to(BEN)], body).results)).toEqual(['sent', 'unknown']);
});

describe('a number that occurs more than once', () => {
	it('is told apart by the parameters that a line repeats', () => {
		const body = { schedule_id: ID, failure_recipients: [failure(ANNA, { number: '1' })] };
		expect(matchFailures([to(ANNA, '1'), to(ANNA, '2')], body).results).toEqual([FAILED, SCHEDULED]);
	});

	it('is unknown as a whole where texts differ and the line does not say which it means', () => {
		const body = { schedule_id: ID, success_count: 2, failure_count: 1, failure_recipients: [failure(ANNA)] };
		expect(matchFailures([to(ANNA, '1'), to(ANNA, '2'), to(BEN)], body).results).toEqual([UNKNOWN, UNKNOWN, SCHEDULED]);
	});

	it('is scheduled but for the text that a line repeats', () => {
		const body = { schedule_id: ID, failure_recipients: [failure(ANNA, { number: '1' })] };
		expect(matchFailures([to(ANNA, '1'), to(ANNA, '2'), to(ANNA, '3')], body).results).toEqual([
			FAILED,
			SCHEDULED,
			SCHEDULED,
		]);
	});

	it('has failed altogether where there is a line for each message, whatever the texts', () => {
		const body = { schedule_id: ID, failure_recipients: [failure(ANNA), failure(ANNA)] };
		expect(matchFailures([to(ANNA, '1'), to(ANNA, '2')], body).results).toEqual([FAILED, FAILED]);
	});

	it('counts the lines that are more than its messages', () => {
		const body = { schedule_id: ID, failure_recipients: [failure(BEN), failure(BEN), failure(BEN)] };
		expect(matchFailures([to(ANNA), to(BEN)], body)).toEqual({ results: [UNKNOWN, FAILED], unmatched: 2 });
	});

	it('gives a refusal to the later of two equal messages, because the service takes the first', () => {
		const body = { schedule_id: ID, failure_recipients: [failure(ANNA)] };
		expect(matchFailures([to(ANNA), to(ANNA)], body).results).toEqual([SCHEDULED, FAILED]);
	});
});

it('never calls scheduled whom the service refused, and never failed whom it took, whatever is hidden from the answer', () => {
	const recipient = fc.record({ mobile: fc.constantFrom(ANNA, BEN, '13800000003'), number: fc.constantFrom('1', '2') });
	const world = fc.record({
		people: fc.array(fc.tuple(recipient, fc.boolean()), { minLength: 1, maxLength: 8 }),
		echo: fc.boolean(),
		counts: fc.boolean(),
		dropped: fc.nat(2),
		order: fc.boolean(),
	});
	fc.assert(
		fc.property(world, ({ people, echo, counts, dropped, order }) => {
			const recipients = people.map(([{ mobile, number }], item) => to(mobile, number, item));
			const refused = people.map(([, isRefused]) => isRefused);
			const lines = recipients.filter((_, index) => refused[index]);
			const list = lines.map(({ mobile, tempPara }) => failure(mobile, echo ? tempPara : undefined));
			if (order) list.reverse();
			const shown = list.slice(0, Math.max(0, list.length - dropped));
			const body = {
				schedule_id: ID,
				failure_recipients: shown,
				...(counts && { failure_count: list.length, success_count: recipients.length - list.length }),
			};
			const { results } = matchFailures(recipients, body);
			expect(results).toHaveLength(recipients.length);
			// Equal messages are interchangeable: what counts is how many of them have which result.
			const groups = new Set(recipients.map(({ mobile, tempPara }) => `${mobile}/${tempPara.number}`));
			for (const group of groups) {
				const of = recipients.flatMap(({ mobile, tempPara }, index) =>
					`${mobile}/${tempPara.number}` === group ? [index] : [],
				);
				const count = (status: string) => of.filter((index) => results[index].status === status).length;
				const trulyRefused = of.filter((index) => refused[index]).length;
				expect(count('failed')).toBeLessThanOrEqual(trulyRefused);
				// A line that was dropped can be noticed only where the answer counts.
				if (counts || dropped === 0) expect(count('sent')).toBeLessThanOrEqual(of.length - trulyRefused);
			}
		}),
		{ numRuns: 3000 },
	);
});
