import { reserveTurn } from '../../../nodes/JSms/receipts/pace';

it('lets an application pull once in five seconds, in the order of asking', () => {
	const waits = [0, 0, 1000, 16_000, 16_001].map((now) => reserveTurn('a', now));
	expect(waits).toEqual([0, 5000, 9000, 0, 4999]);
});

it('does not let applications wait for each other', () => {
	expect([reserveTurn('b', 0), reserveTurn('c', 0), reserveTurn('b', 0)]).toEqual([0, 0, 5000]);
});
