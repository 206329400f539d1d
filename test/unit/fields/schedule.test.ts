import { readScheduleId, schedulePath, schedulesWrittenTwice } from '../../../nodes/JSms/fields/schedule';
import { readFrom } from './read';

const HINT = "Use the schedule_id that creating the schedule returned as 'Schedule ID'.";
const read = (scheduleId: unknown) => readScheduleId(readFrom({ scheduleId }));

it.each([
	[' 6ac91ae2-5a3b ', '6ac91ae2-5a3b'],
	[12, '12'],
	['a.b', 'a.b'],
	['...a', '...a'],
	['a...', 'a...'],
	['batches', 'batches'],
])('reads the ID %j', (given, id) => {
	expect(read(given)).toBe(id);
});

it.each([
	['', "'Schedule ID' is empty"],
	[undefined, "'Schedule ID' is empty"],
	[true, "'Schedule ID' holds the boolean true instead of a text"],
	[['a'], "'Schedule ID' holds a list instead of a text"],
	// As part of an address these would name something else.
	['.', "'Schedule ID' is the text '.'"],
	['..', "'Schedule ID' is the text '..'"],
	['batch', "'Schedule ID' is the text 'batch'"],
])('refuses the ID %j', (given, message) => {
	expect(() => read(given)).toThrow(expect.objectContaining({ name: 'InputProblem', message, hint: HINT }) as Error);
});

it('keeps an ID in one step of the address', () => {
	expect(schedulePath('a/b?c 1')).toBe('/schedule/a%2Fb%3Fc%201');
});

it('finds the schedules that more than one request would write to', () => {
	const requests = ['a', 'b', undefined, 'a', 'a', undefined].map((scheduleId) => ({
		shared: { tempId: 1, ...(scheduleId !== undefined && { scheduleId }) },
		recipients: [],
		positions: [],
	}));
	expect(schedulesWrittenTwice(requests)).toEqual(new Set(['a']));
	expect(schedulesWrittenTwice(requests.slice(0, 3))).toEqual(new Set());
});
