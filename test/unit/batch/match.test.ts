import { SERVER_ERROR } from '../../../nodes/JSms/model/returnCodes';
import { matchRows } from '../../../nodes/JSms/batch/match';
import { parseJson } from '../../../nodes/JSms/model/json';
import { recipient } from './build';

const [ANNA, BEN, CARL] = ['13800000001', '13800000002', '13800000003'];
const sent = (msgId: string) => ({ status: 'sent', msgId });
const sentRow = (mobile: string, msg_id: unknown) => ({ mobile, msg_id });
const failedRow = (mobile: string, msg_id: string, temp_para?: object) => ({
	mobile,
	msg_id,
	error_code: '50006',
	error_message: 'invalid mobile',
	...(temp_para && { temp_para }),
});
const failed = (msgId?: string) => ({
	status: 'failed',
	code: 50006,
	message: 'The mobile number is not valid (50006 invalid mobile)',
	hint: expect.any(String) as string,
	safeToRetry: false,
	scope: 'recipient',
	...(msgId !== undefined && { msgId }),
});
const unknown = {
	status: 'unknown',
	message: expect.any(String) as string,
	hint: expect.any(String) as string,
	safeToRetry: false,
};
const match = (recipients: ReturnType<typeof recipient>[], rows: unknown[]) =>
	matchRows(recipients, { recipients: rows });

it('gives each recipient its row, in whatever order they come', () => {
	const rows = [sentRow(CARL, '3'), failedRow(ANNA, '1'), sentRow(BEN, '2')];
	expect(match([recipient(ANNA), recipient(BEN), recipient(CARL)], rows)).toEqual({
		results: [failed('1'), sent('2'), sent('3')],
		unmatched: 0,
	});
});

it.each([undefined, 'words', []])('takes the body %j for one without rows', (body) => {
	expect(matchRows([recipient(ANNA)], body)).toEqual(match([recipient(ANNA)], []));
});

it('does not compare rows without a msg_id with each other', () => {
	const repeated = [sentRow(ANNA, '1'), sentRow(ANNA, '1')];
	const others = [
		{ mobile: ANNA, error_code: 50006, error_message: 'invalid mobile' },
		{ mobile: ANNA, error_code: 'E?' },
	];
	const three = [recipient(ANNA), recipient(ANNA), recipient(ANNA)];
	expect(match(three, [...repeated, ...others]).results).toEqual([sent('1'), failed(), unknown]);
});

it('takes null for no error', () => {
	const row = { ...sentRow(ANNA, '1'), error: null, error_code: null, error_message: null };
	expect(match([recipient(ANNA)], [row]).results).toEqual([sent('1')]);
	expect(match([recipient(ANNA)], [{ ...row, error_message: 'invalid mobile' }]).results).toEqual([
		{ ...unknown, msgId: '1' },
	]);
});

it('counts a row with a msg_id and an error code as failed', () => {
	expect(match([recipient(ANNA)], [failedRow(ANNA, '1')]).results).toEqual([failed('1')]);
});

it.each([
	['a text', '50006'],
	['a number', 50006],
])('reads an error code that is %s', (_, error_code) => {
	expect(match([recipient(ANNA)], [{ mobile: ANNA, error_code, error_message: 'invalid mobile' }]).results).toEqual([
		failed(),
	]);
});

it.each(['', ' ', 'OK', 'E?', '5e4', '0x0', '50006.0', 1.5, {}, [], [0], true, false, 1e300])(
	'is not certain about a row with the error code %j, which cannot be read',
	(error_code) => {
		const { results } = match([recipient(ANNA)], [{ mobile: ANNA, msg_id: '1', error_code }]);
		expect(results).toEqual([{ ...unknown, msgId: '1' }]);
		expect(results[0]).not.toHaveProperty('code');
	},
);

it.each([{ error_message: 'invalid mobile' }, { error: { code: 50006 } }, { error: 'no' }, { error: false }])(
	'is not certain about a row without a code that holds %j',
	(extra) => {
		expect(match([recipient(ANNA)], [{ mobile: ANNA, ...extra }]).results).toEqual([unknown]);
	},
);

describe('counts', () => {
	const people = [recipient(ANNA), recipient(BEN)];
	const rows = [sentRow(ANNA, '1'), failedRow(BEN, '2')];
	const withCounts = (success_count: unknown, failure_count: unknown, recipients: unknown[] = rows) =>
		matchRows(people, { success_count, failure_count, recipients }).results;

	it.each([
		[1, 1],
		['1', '1'],
		[null, undefined],
		[1, undefined],
	])('that agree with the rows, or are not given, change nothing (%j, %j)', (success, failure) => {
		expect(withCounts(success, failure)).toEqual([sent('1'), failed('2')]);
	});

	it.each([
		[0, 2],
		[2, 0],
		[0, undefined],
		[undefined, 0],
		[undefined, 2],
		[-1, 1],
		['', 1],
		[{}, 1],
		[1.5, 1],
	])('that contradict the rows make all of them unknown (%j, %j)', (success, failure) => {
		expect(withCounts(success, failure)).toEqual([unknown, unknown]);
	});

	it('may count rows that are missing or belong to nobody either way', () => {
		for (const [success, failure] of [
			[2, 0],
			[1, 1],
		]) {
			expect(withCounts(success, failure, [rows[0]])).toEqual([sent('1'), unknown]);
		}
		expect(withCounts(0, 2, [rows[0]])).toEqual([unknown, unknown]);
		expect(withCounts(2, 1, [...rows, sentRow('19900000000', '9')])).toEqual([sent('1'), failed('2')]);
	});
});

it.each([0, '0', 50000, '50000', null])('counts the error code %j as sent', (error_code) => {
	expect(match([recipient(ANNA)], [{ mobile: ANNA, msg_id: '1', error_code }]).results).toEqual([sent('1')]);
});

it('makes texts of ids given as text, as number or beyond 2^53', () => {
	const body = parseJson(
		`{"recipients":[{"mobile":"${ANNA}","msg_id":"7"},{"mobile":${BEN},"msg_id":8},{"mobile":"${CARL}","msg_id":9007199254740993123}]}`,
	);
	expect(matchRows([recipient(ANNA), recipient(BEN), recipient(CARL)], body).results).toEqual([
		sent('7'),
		sent('8'),
		sent('9007199254740993123'),
	]);
});

it('keeps a sent row without an id as sent', () => {
	expect(match([recipient(ANNA)], [{ mobile: ANNA }]).results).toEqual([{ status: 'sent' }]);
});

it('makes unknown what the answer leaves out, and says that the others are certain', () => {
	expect(match([recipient(ANNA), recipient(BEN)], [sentRow(BEN, '2')])).toEqual({
		results: [unknown, sent('2')],
		unmatched: 0,
	});
});

it('counts and ignores rows that nobody asked for, and rows that are no rows', () => {
	const rows = [sentRow('19900000000', '9'), sentRow(ANNA, '1'), null, 'text', { msg_id: '5' }, []];
	expect(match([recipient(ANNA)], rows)).toEqual({ results: [sent('1')], unmatched: 5 });
});

it.each([undefined, null, 'text', 12, [], {}, { recipients: null }, { recipients: {} }])(
	'makes everything unknown when the answer is %j',
	(body) => {
		expect(matchRows([recipient(ANNA), recipient(BEN)], body)).toEqual({ results: [unknown, unknown], unmatched: 0 });
	},
);

describe('a number that occurs more than once', () => {
	const [one, two] = [recipient(ANNA, { no: '1' }), recipient(ANNA, { no: '2' })];

	it('takes its rows in the order of occurrence', () => {
		expect(
			match([one, recipient(BEN), two], [sentRow(ANNA, '1'), sentRow(BEN, '2'), sentRow(ANNA, '3')]).results,
		).toEqual([sent('1'), sent('2'), sent('3')]);
	});

	it('finds a failed row by the parameters it repeats, also when rows are reordered', () => {
		expect(match([one, two], [failedRow(ANNA, '2', { no: '2' }), sentRow(ANNA, '1')]).results).toEqual([
			sent('1'),
			failed('2'),
		]);
		expect(match([one, two], [sentRow(ANNA, '2'), failedRow(ANNA, '1', { no: '1' })]).results).toEqual([
			failed('1'),
			sent('2'),
		]);
	});

	it('gives a refusal to the later of two equal messages, because the service sends the first', () => {
		const answer = [sentRow(ANNA, '1'), failedRow(ANNA, '2', { no: '1' })];
		expect(match([one, { ...one, item: 1 }], answer).results).toEqual([sent('1'), failed('2')]);
	});

	it('gives each of two refusals to one of the later of three equal messages, also where they come first', () => {
		const answer = [failedRow(ANNA, '3', { no: '1' }), failedRow(ANNA, '2', { no: '1' }), sentRow(ANNA, '1')];
		expect(match([one, { ...one, item: 1 }, { ...one, item: 2 }], answer).results).toEqual([
			sent('1'),
			failed('2'),
			failed('3'),
		]);
	});

	it('compares repeated parameters as texts and in any order of keys', () => {
		const recipients = [recipient(ANNA, { a: '1', b: '2' }), recipient(ANNA, { a: '1', b: '3' })];
		expect(match(recipients, [sentRow(ANNA, '1'), failedRow(ANNA, '2', { b: 2, a: 1 })]).results).toEqual([
			failed('2'),
			sent('1'),
		]);
	});

	it('is certain about none of them when a row is missing and the texts differ', () => {
		expect(match([one, two], [sentRow(ANNA, '1')]).results).toEqual([unknown, unknown]);
	});

	it('counts one as sent and one as unknown when a row is missing and the texts are the same', () => {
		expect(match([one, { ...one }], [sentRow(ANNA, '1')]).results).toEqual([sent('1'), unknown]);
	});

	it('stays certain about the failed one when the sent one is left out', () => {
		expect(match([one, two], [failedRow(ANNA, '2', { no: '2' })]).results).toEqual([unknown, failed('2')]);
	});
});

describe('more rows than recipients for one number', () => {
	it('takes the first when they agree, and counts the rest as unmatched', () => {
		expect(match([recipient(ANNA)], [sentRow(ANNA, '1'), sentRow(ANNA, '2')])).toEqual({
			results: [sent('1')],
			unmatched: 1,
		});
	});

	it('counts a line that repeats another one as unmatched', () => {
		expect(match([recipient(ANNA)], [sentRow(ANNA, '1'), sentRow(ANNA, '1')])).toEqual({
			results: [sent('1')],
			unmatched: 1,
		});
	});

	it('is not certain when one says sent and one says failed', () => {
		expect(match([recipient(ANNA)], [failedRow(ANNA, '1'), sentRow(ANNA, '2')]).results).toEqual([unknown]);
	});
});

it('is not fooled by rows with a prototype in them', () => {
	const body = parseJson(`{"recipients":[{"__proto__":{"error_code":"50006"},"mobile":"${ANNA}","msg_id":"1"}]}`);
	expect(matchRows([recipient(ANNA)], body).results).toEqual([sent('1')]);
});

it('matches a thousand rows in reverse order', () => {
	const recipients = Array.from({ length: 1000 }, (_, index) => recipient(String(13800000000 + index)));
	const rows = recipients.map(({ mobile }, index) => sentRow(mobile, String(index))).reverse();
	expect(match(recipients, rows).results).toEqual(recipients.map((_, index) => sent(String(index))));
});

describe('a number with several messages or lines', () => {
	const [ONE, TWO] = [recipient(ANNA, { number: '1' }), recipient(ANNA, { number: '2' })];
	const unknownWith = (message: string) => ({ ...unknown, message });

	it('is said to have no line where it has none, and to be unclear where a line may mean either text', () => {
		const noLine = unknownWith('JSMS did not report a result for this number');
		const unclear = unknownWith("JSMS's response does not say which of several messages to this number it means");
		expect(match([ONE, TWO], [])).toEqual({ results: [noLine, noLine], unmatched: 0 });
		expect(match([ONE, TWO], [sentRow(ANNA, '7')])).toEqual({ results: [unclear, unclear], unmatched: 0 });
	});

	it('takes the first of two lines that say the same of one message, and counts the other', () => {
		const rows = [failedRow(ANNA, '7'), failedRow(ANNA, '8', { number: '1' })];
		expect(match([ONE], rows)).toEqual({ results: [failed('7')], unmatched: 1 });
	});

	it('takes lines without an id for one message each', () => {
		const rows = [{ mobile: ANNA }, { mobile: ANNA }];
		expect(match([ONE, ONE], rows)).toStrictEqual({ results: [{ status: 'sent' }, { status: 'sent' }], unmatched: 0 });
	});

	it("keeps a line whose parameters are nobody's: it may still mean one of them", () => {
		const rows = [failedRow(ANNA, '7', { number: '3' }), failedRow(ANNA, '8')];
		expect(match([ONE, TWO], rows)).toEqual({ results: [failed('7'), failed('8')], unmatched: 0 });
	});

	it('is not certain where lines with the same id contradict each other', () => {
		const rows = [sentRow(ANNA, '7'), failedRow(ANNA, '7')];
		expect(match([ONE], rows)).toEqual({ results: [unknown], unmatched: 1 });
		expect(match([ONE, ONE], [...rows, sentRow(ANNA, '8')])).toEqual({ results: [unknown, unknown], unmatched: 1 });
	});

	it('takes a second line with the same id for a repeat', () => {
		expect(match([ONE, ONE], [sentRow(ANNA, '7'), sentRow(ANNA, '7')])).toEqual({
			results: [sent('7'), unknown],
			unmatched: 1,
		});
	});

	it('does not break on parameters that have no text', () => {
		const odd = failedRow(ANNA, '7', { number: { toString: 'broken' } });
		expect(match([ONE, TWO], [odd]).results).toEqual([unknown, unknown]);
	});

	it('knows the text "null" again in a null, and no text in an object', () => {
		const [nothing, empty] = [recipient(ANNA, { number: 'null' }), recipient(ANNA, { number: '' })];
		expect(match([nothing, empty], [failedRow(ANNA, '7', { number: null }), sentRow(ANNA, '8')]).results).toEqual([
			failed('7'),
			sent('8'),
		]);
		expect(match([nothing, empty], [failedRow(ANNA, '7', { number: {} })]).results).toEqual([unknown, unknown]);
	});
});

it('gives a failed row without an id no empty one', () => {
	const row = { mobile: ANNA, error_code: 50006, error_message: 'invalid mobile' };
	expect(match([recipient(ANNA)], [row]).results[0]).not.toHaveProperty('msgId');
});

it('is not certain about a row whose code says that something broke in the service', () => {
	const { results } = match([recipient(ANNA)], [{ mobile: ANNA, error_code: SERVER_ERROR, error_message: 'words' }]);
	expect(results).toEqual([{ ...unknown, code: SERVER_ERROR }]);
});

it('looks at each message a few times, however many lines an answer has: 1,000 messages to one number', () => {
	let looks = 0;
	const people = Array.from({ length: 1000 }, (_, index) => ({
		...recipient(ANNA),
		get tempPara() {
			looks += 1;
			return { no: String(index) };
		},
	}));
	const rows = Array.from({ length: 20_000 }, (_, index) =>
		failedRow(ANNA, String(index), { no: String(999 - (index % 2000)) }),
	);
	const { results, unmatched } = match(people, rows);
	expect(results).toHaveLength(1000);
	expect(unmatched).toBe(19_000);
	expect(looks).toBeLessThan(10 * people.length);
});
