import type { BatchRequest } from '../model/recipient';

/** So many bad rows can be found one by one in a request before the rest of it is not sent. */
const MAX_BAD_ROWS = 10;

/** Cuts a request in two; the order of its recipients is kept. */
export function splitInHalves({ shared, positions }: BatchRequest): [BatchRequest, BatchRequest] {
	const middle = Math.ceil(positions.length / 2);
	return [
		{ shared, positions: positions.slice(0, middle) },
		{ shared, positions: positions.slice(middle) },
	];
}

/**
 * Extra requests that splitting one request may cost: finding k bad rows among n takes at most about
 * 2 * k * log2(n), and a request with more bad rows than MAX_BAD_ROWS is better fixed by a person.
 *
 * @param size recipients of the request, at least one
 */
export function maxSplitRequests(size: number): number {
	return 2 * MAX_BAD_ROWS * Math.ceil(Math.log2(size));
}
