import { reserveTurn, waitFor } from '../../../nodes/JSms/receipts/pace';
import { PULL_GAP_MS } from '../../../nodes/JSms/receipts/pullGap';

it('keeps to the five seconds of the service', () => {
	expect(PULL_GAP_MS).toBeGreaterThanOrEqual(5000);
});

it('lets an application pull once in that time, in the order of asking', () => {
	const waits = [0, 0, 1000, 60_000, 60_001].map((now) => reserveTurn('a', now));
	expect(waits).toEqual([0, PULL_GAP_MS, 2 * PULL_GAP_MS - 1000, 0, PULL_GAP_MS - 1]);
});

it('tells how long the wait would be without taking the turn', () => {
	reserveTurn('d', 0);
	expect([waitFor('d', 0), waitFor('d', 0), waitFor('d', PULL_GAP_MS)]).toEqual([PULL_GAP_MS, PULL_GAP_MS, 0]);
});

it('does not let applications wait for each other', () => {
	expect([reserveTurn('b', 0), reserveTurn('c', 0), reserveTurn('b', 0)]).toEqual([0, 0, PULL_GAP_MS]);
});
