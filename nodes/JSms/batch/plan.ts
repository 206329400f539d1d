import type { BatchRequest, Entry, Shared } from '../model/recipient';

/**
 * Groups the recipients whose shared values agree and cuts each group into requests.
 * The order of the input is kept within a group; groups follow each other in the order of their first recipient.
 *
 * @param entries   what was read of the input; rejected ones are left out
 * @param batchSize recipients per request, 1..1000
 */
export function planRequests(entries: readonly Entry[], batchSize: number): BatchRequest[] {
	const groups = new Map<string, BatchRequest>();
	let last: BatchRequest | undefined;
	entries.forEach((entry, position) => {
		if ('problem' in entry) return;
		// Neighbours mostly share the very object, which spares its key.
		// Stryker disable next-line ConditionalExpression: without it only more keys are computed
		if (entry.shared !== last?.shared) {
			const key = sharedKey(entry.shared);
			last = groups.get(key) ?? { shared: entry.shared, positions: [] };
			groups.set(key, last);
		}
		last.positions.push(position);
	});
	return [...groups.values()].flatMap((group) => chunk(group, batchSize));
}

/** Cuts a request into pieces of at most `size` recipients. */
export function chunk({ shared, positions }: BatchRequest, size: number): BatchRequest[] {
	const pieces: BatchRequest[] = [];
	for (let start = 0; start < positions.length; start += size) {
		pieces.push({ shared, positions: positions.slice(start, start + size) });
	}
	return pieces;
}

/** True when recipients with these values may go out in the same request. */
export function canShareRequest(one: Shared, other: Shared): boolean {
	return (
		one.tempId === other.tempId &&
		one.signId === other.signId &&
		one.tag === other.tag &&
		one.sendTime === other.sendTime &&
		one.scheduleId === other.scheduleId
	);
}

function sharedKey({ tempId, signId, tag, sendTime, scheduleId }: Shared): string {
	return JSON.stringify([tempId, signId ?? null, tag ?? null, sendTime ?? null, scheduleId ?? null]);
}
