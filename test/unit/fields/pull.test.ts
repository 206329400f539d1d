import { readPullLimit } from '../../../nodes/JSms/fields/pull';
import { readFrom } from './read';

it('reads everything where all results are wanted, whatever the limit says', () => {
	expect(readPullLimit(readFrom({ returnAll: true, limit: 5 }))).toBe(Number.POSITIVE_INFINITY);
	expect(readPullLimit(readFrom({ returnAll: true }))).toBe(Number.POSITIVE_INFINITY);
});

it.each([
	[{ returnAll: false, limit: 1 }, 1],
	[{ limit: '500' }, 500],
	[{ returnAll: 'yes', limit: 7 }, 7],
])('reads the limit of %j', (fields, limit) => {
	expect(readPullLimit(readFrom(fields))).toBe(limit);
});

it.each([
	[0, "'Limit' must be a whole number of 1 or more, not the number 0"],
	['', "'Limit' is empty"],
])('refuses the limit %j with what to do', (limit, message) => {
	expect(() => readPullLimit(readFrom({ limit }))).toThrow(
		expect.objectContaining({
			message,
			hint: "Set 'Limit' to a whole number of 1 or more, or switch 'Return All' on.",
		}) as Error,
	);
});
