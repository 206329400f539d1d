import { canShareRequest, chunk, planRequests } from '../../../nodes/JSms/batch/plan';
import { entries, entry, rejected, request } from './build';

const count = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => from + index);

it('cuts a long list into requests of at most the batch size, in order', () => {
	const plan = planRequests(entries(2500), 1000);
	expect(plan.map(({ positions }) => positions)).toEqual([count(0, 1000), count(1000, 2000), count(2000, 2500)]);
});

it('makes no empty request where the list divides evenly', () => {
	expect(planRequests(entries(4), 2)).toEqual([request([0, 1]), request([2, 3])]);
});

it('groups by template, signature and tag, and keeps the order of the input within a group', () => {
	const shared = [
		{ tempId: 1 },
		{ tempId: 2 },
		{ tempId: 1, signId: 5 },
		{ tempId: 1, tag: 'spring' },
		{ tempId: 1, sendTime: '2030-01-01 08:00:00' },
		{ tempId: 1, scheduleId: 'a' },
	];
	const twice = [...shared, ...[...shared].reverse()];
	expect(
		planRequests(
			twice.map((one, index) => entry(String(index), one)),
			1000,
		),
	).toEqual(shared.map((one, index) => ({ shared: one, positions: [index, 11 - index] })));
});

it('does not mix up values that only look alike when joined', () => {
	expect(planRequests([entry('1', { tempId: 1, tag: '2' }), entry('2', { tempId: 1, signId: 2 })], 10)).toHaveLength(2);
	expect(planRequests([entry('1', { tempId: 1 }), entry('2', { tempId: 1, tag: 'null' })], 10)).toHaveLength(2);
});

it('leaves rejected lines out without moving the others', () => {
	expect(planRequests([rejected(0), entry('1'), rejected(2), entry('3')], 1000)).toEqual([request([1, 3])]);
});

it('plans nothing for an empty list or one of rejected lines', () => {
	expect(planRequests([], 1000)).toEqual([]);
	expect(planRequests([rejected(0)], 1000)).toEqual([]);
});

it('cuts a request into pieces that together hold each position once', () => {
	expect(chunk(request([4, 8, 15, 16, 23]), 2)).toEqual([request([4, 8]), request([15, 16]), request([23])]);
});

it.each([{ tempId: 2 }, { signId: 2 }, { tag: 'b' }, { sendTime: '2030-01-01 09:00:00' }, { scheduleId: 'b' }])(
	'lets recipients share a request only where all values agree, not with %j',
	(other) => {
		const shared = { tempId: 1, signId: 1, tag: 'a', sendTime: '2030-01-01 08:00:00', scheduleId: 'a' };
		expect(canShareRequest(shared, { ...shared })).toBe(true);
		expect(canShareRequest(shared, { ...shared, ...other })).toBe(false);
	},
);
