import fc from 'fast-check';

import { InputProblem } from '../../../nodes/JSms/model/inputProblem';
import { momentOf, readSendTime, readServiceTimeZone } from '../../../nodes/JSms/fields/sendTime';
import { readFrom } from './read';

const NOW = Date.parse('2026-11-24T08:00:00Z');
beforeEach(() => jest.spyOn(Date, 'now').mockReturnValue(NOW));
afterEach(() => jest.restoreAllMocks());

const timeOf = (sendTime: unknown, timeZone = 'Europe/Berlin', serviceTimeZone?: unknown) =>
	readSendTime(readFrom({ sendTime }), readFrom({ serviceTimeZone }), timeZone);
const problemOf = (sendTime: unknown, serviceTimeZone?: unknown): InputProblem => {
	try {
		timeOf(sendTime, 'Europe/Berlin', serviceTimeZone);
	} catch (error) {
		if (error instanceof InputProblem) return error;
	}
	throw new Error(`${String(sendTime)} was taken`);
};

describe('a time without a zone', () => {
	it.each([
		['2030-05-04T10:30:00', 'Asia/Shanghai', '2030-05-04 10:30:00'],
		['2030-05-04 10:30', 'Asia/Shanghai', '2030-05-04 10:30:00'],
		['2030-05-04 10:30:15.250', 'Asia/Shanghai', '2030-05-04 10:30:15'],
		[' 2030-05-04T10:30:00 ', 'UTC', '2030-05-04 18:30:00'],
		['2030-05-04T10:30:00', 'Europe/Berlin', '2030-05-04 16:30:00'],
		['2030-01-04T10:30:00', 'Europe/Berlin', '2030-01-04 17:30:00'],
		['2030-05-04T23:59:59', 'America/New_York', '2030-05-05 11:59:59'],
		// Right behind the hour that clocks skip there.
		['2030-03-10T03:30:00', 'America/New_York', '2030-03-10 15:30:00'],
		['2030-03-10T01:30:00', 'America/New_York', '2030-03-10 14:30:00'],
	])('%j is read in the zone of the workflow, %s', (given, zone, sendTime) => {
		expect(timeOf(given, zone).sendTime).toBe(sendTime);
	});

	it('that clocks skip is taken as that much later, one that they show twice as the first or the second', () => {
		expect(timeOf('2030-03-31T02:30:00').sendAt).toBe('2030-03-31T09:30:00+08:00');
		expect(timeOf('2030-03-10T02:30:00', 'America/New_York', 'UTC').sendAt).toBe('2030-03-10T07:30:00+00:00');
		expect(['2030-10-27T08:30:00+08:00', '2030-10-27T09:30:00+08:00']).toContain(timeOf('2030-10-27T02:30:00').sendAt);
	});
});

it.each([
	['2030-05-04T10:30:00Z', '2030-05-04 18:30:00'],
	['2030-05-04T10:30:00.000+08:00', '2030-05-04 10:30:00'],
	['2030-05-04 10:30:00-0500', '2030-05-04 23:30:00'],
	['2030-05-04T10:30-05:00', '2030-05-04 23:30:00'],
	['2030-05-04 10:30:00 -0500', '2030-05-04 23:30:00'],
	['2030-05-04 10:30+08:00', '2030-05-04 10:30:00'],
	['2030-05-04 10:30 UTC', '2030-05-04 18:30:00'],
	['2030-05-04T10:30:00+14:00', '2030-05-04 04:30:00'],
	['2030-05-04T10:30:00+05:45', '2030-05-04 12:45:00'],
	['2030-05-04T10:30:00-12:00', '2030-05-05 06:30:00'],
	['2030-05-04T10:30:00-09:30', '2030-05-05 04:00:00'],
	['2030-05-04T10:30:00-03:30', '2030-05-04 22:00:00'],
	['2030-05-04T10:30:00-02:30', '2030-05-04 21:00:00'],
	[Date.parse('2030-05-04T02:30:00Z'), '2030-05-04 10:30:00'],
	[new Date('2030-05-04T02:30:00Z'), '2030-05-04 10:30:00'],
	[{ valueOf: () => Date.parse('2030-05-04T02:30:00Z'), toISO: () => 'x' }, '2030-05-04 10:30:00'],
])('%j is the moment it names', (given, sendTime) => {
	expect(timeOf(given).sendTime).toBe(sendTime);
});

it('gives both forms, in the zone of the service', () => {
	expect(timeOf('2030-05-04T10:30:00Z')).toEqual({
		sendTime: '2030-05-04 18:30:00',
		sendAt: '2030-05-04T18:30:00+08:00',
	});
	expect(timeOf('2030-05-04T10:30:00Z', 'UTC', 'America/St_Johns')).toEqual({
		sendTime: '2030-05-04 08:00:00',
		sendAt: '2030-05-04T08:00:00-02:30',
	});
});

it.each([undefined, null, '', '  '])('says that %j is empty', (given) => {
	expect(problemOf(given)).toMatchObject({
		message: "'Send Time' is empty",
		hint: 'Pick a date and time, or give one such as 2030-05-04 10:30 or 2030-05-04T10:30:00+08:00.',
		concerns: 'recipient',
	});
});

it.each([
	['tomorrow', "the text 'tomorrow'"],
	['2030-02-30 10:00', "the text '2030-02-30 10:00'"],
	['2030-05-04 25:00', "the text '2030-05-04 25:00'"],
	['2030-05-04', "the text '2030-05-04'"],
	['04.05.2030 10:30', "the text '04.05.2030 10:30'"],
	['at 2030-05-04 10:30', "the text 'at 2030-05-04 10:30'"],
	["2030-05-04 10:30 o'clock", "the text '2030-05-04 10:30 o'clock'"],
	['at 2030-05-04T10:30:00Z', "the text 'at 2030-05-04T10:30:00Z'"],
	['2030-05-04T10:30:00Z sharp', "the text '2030-05-04T10:30:00Z sharp'"],
	['2030-05-04T25:30:00Z', "the text '2030-05-04T25:30:00Z'"],
	['2030-02-30T10:00:00+08:00', "the text '2030-02-30T10:00:00+08:00'"],
	['2030-02-30T10:00:00Z', "the text '2030-02-30T10:00:00Z'"],
	['2030-04-31T10:00:00.000-05:00', "the text '2030-04-31T10:00:00.000-05:00'"],
	['2030-05-04T24:00:00+08:00', "the text '2030-05-04T24:00:00+08:00'"],
	['2030-05-04 10:30 - 11:30', "the text '2030-05-04 10:30 - 11:30'"],
	['2030-05-04 10:30–11:30', "the text '2030-05-04 10:30–11:30'"],
	['2030-05-04 10:30-11:30:00', "the text '2030-05-04 10:30-11:30:00'"],
	['2030-05-04 10:30 2030-05-05 10:30+08:00', "the text '2030-05-04 10:30 2030-05-05 10:30+08:00'"],
	['1904092200000', "the text '190****0000'"],
	['+002030-05-04T10:30:00Z', "the text '+002****0504T10:30:00Z'"],
	[1904092200, 'the number 1904092200'],
	[1e11 - 1, 'the number 999****9999'],
	[1e14, 'the number 100****0000'],
	[Number.POSITIVE_INFINITY, 'the number Infinity'],
	[Number.NaN, 'the number NaN'],
	[new Date('x'), 'a date and time'],
	[{}, 'an object'],
	[['2030-05-04T10:30:00'], 'a list'],
	[true, 'the boolean true'],
])('refuses %j', (given, kind) => {
	const problem = problemOf(given);
	expect(problem.message).toBe(`'Send Time' must be a date and time, not ${kind}`);
	expect([problem.hint, problem.concerns]).toEqual([expect.stringMatching(/^Pick a date and time/), 'recipient']);
});

it.each(['2030-05-04 10:30-11:30', '2030-05-04 10:30 -11:30', '2030-05-04 10:30-11:00', '2030-05-04 09:00-1200'])(
	'refuses %j as a range of times',
	(given) => {
		expect(problemOf(given)).toMatchObject({
			message: "'Send Time' looks like a range of times",
			hint: 'Give one time. An offset needs seconds before it, as in 2030-05-04T10:30:00-05:00.',
			concerns: 'recipient',
		});
	},
);

it.each([
	['2030-05-04T10:30:00+14:15', '+14:15'],
	['2030-05-04T10:30:00+15:00', '+15:00'],
	['2030-05-04T10:30:00+9900', '+9900'],
	['2030-05-04T10:30:00+08:60', '+08:60'],
	['2030-05-04T10:30:00+08:07', '+08:07'],
	['2030-05-04T10:30:00-13:00', '-13:00'],
	['2030-05-04T10:30-11:30', '-11:30'],
	['2030-05-04T10:30:00-14:30', '-14:30'],
])('refuses %j, whose offset no zone has', (given, offset) => {
	expect(problemOf(given)).toMatchObject({
		message: `'Send Time' ends in ${offset}, which is the offset of no time zone`,
		hint: 'Write the offset of the time zone, such as +08:00 for China.',
	});
});

it.each([
	['2030-05-04 10:30 CST', 'CST'],
	['2030-05-04T10:30:00EST', 'EST'],
	['2030-05-04 10:30:00 pdt', 'pdt'],
])('refuses %j: an abbreviation stands for several zones', (given, zone) => {
	expect(problemOf(given)).toMatchObject({
		message: `'Send Time' ends in '${zone}', which stands for several time zones`,
		hint: expect.stringContaining('Asia/Shanghai') as string,
		concerns: 'recipient',
	});
});

describe('a time without a zone, in a workflow elsewhere', () => {
	const notesOf = (sendTime: unknown, timeZone: string, serviceTimeZone?: string) => {
		const notes: string[][] = [];
		readSendTime(readFrom({ sendTime }), readFrom({ serviceTimeZone }), timeZone, (...note) => notes.push(note));
		return notes;
	};

	it('is noted with both times', () => {
		expect(notesOf('2030-05-04 10:30', 'Europe/Berlin')).toEqual([
			[
				'sendTime',
				"'Send Time' has no time zone: 2030-05-04 10:30 was read as a time in Europe/Berlin, the time zone of the workflow. For JSMS (Asia/Shanghai) that is 2030-05-04 16:30. If you meant the time in China, set the time zone of the workflow to Asia/Shanghai, or add +08:00 after the time.",
			],
		]);
	});

	it.each([
		['in China', '2030-05-04 10:30', 'Asia/Shanghai'],
		['where clocks show the same', '2030-05-04 10:30', 'Asia/Singapore'],
		['with an offset', '2030-05-04T10:30:00+02:00', 'Europe/Berlin'],
		['as a moment', new Date('2030-05-04T10:30:00Z'), 'Europe/Berlin'],
	])('is not noted %s', (_, sendTime, timeZone) => {
		expect(notesOf(sendTime, timeZone)).toEqual([]);
	});
});

it.each(['CST', 'cst', ' EST ', 'PST', 'IST', 'BST', 'CST6CDT'])(
	'refuses %j as the zone of the service: it stands for several',
	(zone) => {
		expect(problemOf('2030-05-04 10:30', zone)).toMatchObject({
			message: `'Time Zone of JSMS' is '${zone.trim()}', which stands for several time zones`,
			hint: "Use a name such as Asia/Shanghai, or remove the option 'Time Zone of JSMS'.",
			concerns: 'everyone',
		});
	},
);

it.each(['UTC', 'GMT', 'PRC', 'Japan', 'Etc/GMT-8', 'asia/shanghai'])('takes %j as the zone of the service', (zone) => {
	expect(timeOf('2030-05-04T10:30:00Z', 'UTC', zone).sendTime).toMatch(/^2030-05-04/);
});

it.each(['2026-11-24T08:59:59', '2026-11-24T08:00:00Z', '2020-01-01 00:00:00', 1e12])('refuses %j as past', (given) => {
	expect(problemOf(given)).toMatchObject({
		message: expect.stringMatching(/^'Send Time' is 20.+\+08:00, which is in the past$/) as string,
		hint: "Choose a later 'Send Time'. Without a zone, times are read in the workflow's time zone.",
		concerns: 'recipient',
	});
});

it('takes numbers from 1973 for milliseconds', () => {
	expect(problemOf(1e11).message).toBe("'Send Time' is 1973-03-03T17:46:40+08:00, which is in the past");
	expect(timeOf(NOW + 1).sendAt).toBe('2026-11-24T16:00:00+08:00');
	expect(timeOf(1e14 - 1).sendTime).toBe('5138-11-16 17:46:39');
});

it.each(['Mars/Olympus', 8, {}])('refuses %j as the zone of the service, for all items', (zone) => {
	const kind = { string: `the text '${String(zone)}'`, number: 'the number 8', object: 'an object' }[
		typeof zone as string
	];
	expect(problemOf('2030-05-04 10:30', zone)).toMatchObject({
		message: `'Time Zone of JSMS' must be a time zone, not ${kind}`,
		hint: "Use a name such as Asia/Shanghai, or remove the option 'Time Zone of JSMS'.",
		concerns: 'everyone',
	});
});

it('reads the zone of the service', () => {
	expect([readServiceTimeZone(readFrom({})), readServiceTimeZone(readFrom({ serviceTimeZone: ' UTC ' }))]).toEqual([
		'Asia/Shanghai',
		'UTC',
	]);
});

it('tells the moment of a wall clock of the service', () => {
	expect([momentOf('2030-05-04 10:30:00', 'Asia/Shanghai'), momentOf('soon', 'Asia/Shanghai')]).toEqual([
		'2030-05-04T10:30:00+08:00',
		undefined,
	]);
});

it('never moves a moment, whatever the zones', () => {
	const zones = fc.constantFrom(
		'Asia/Shanghai',
		'UTC',
		'Europe/Berlin',
		'America/St_Johns',
		'Pacific/Apia',
		'Asia/Kathmandu',
	);
	const moments = fc.integer({ min: NOW + 1000, max: Date.parse('2090-01-01') }).map((ms) => ms - (ms % 1000));
	fc.assert(
		fc.property(moments, zones, zones, (ms, ours, theirs) => {
			const { sendTime, sendAt } = timeOf(new Date(ms).toISOString(), ours, theirs);
			expect(Date.parse(sendAt)).toBe(ms);
			expect(sendAt.startsWith(sendTime.replace(' ', 'T'))).toBe(true);
		}),
	);
});
