import { beginTurn, endTurn, waitFor } from '../../../nodes/JSms/receipts/pace';
import { PULL_GAP_MS } from '../../../nodes/JSms/receipts/pullGap';

it('keeps to the five seconds of the service', () => {
	expect(PULL_GAP_MS).toBe(5000);
});

it('lets an application pull again five seconds after the last answer, however long that took', () => {
	expect(waitFor('a', 0)).toBe(0);
	beginTurn('a');
	expect(waitFor('a', 20_000)).toBeGreaterThan(0);
	endTurn('a', 20_000);
	expect([20_000, 24_999, 25_000].map((now) => waitFor('a', now))).toEqual([5000, 1, 0]);
});

it('does not let applications wait for each other', () => {
	beginTurn('b');
	expect(waitFor('c', 0)).toBe(0);
	endTurn('b', 0);
	expect([waitFor('b', 0), waitFor('c', 0)]).toEqual([5000, 0]);
});

it('forgets applications that need not wait, but none that is pulling', () => {
	endTurn('d', 0);
	beginTurn('e');
	endTurn('f', 60_000);
	expect([waitFor('d', 0), waitFor('e', 60_000) > 0]).toEqual([0, true]);
});

it('does not forget the pause of one application when the turn of another ends', () => {
	endTurn('g', 100_000);
	endTurn('h', 101_000);
	expect([waitFor('g', 101_000), waitFor('h', 101_000)]).toEqual([4000, 5000]);
});
