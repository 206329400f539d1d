import { PULL_GAP_MS } from './pullGap';

/** What has to be awaited before an application may pull again. */
interface Line {
	/** A call is under way. */
	busy: boolean;
	/** From when on the next may begin. */
	free: number;
}

/**
 * By application, for all executions in this process, because the service counts them together. Times are those of
 * `performance.now()`: they go on whatever is done to the clock of the machine.
 */
const lines = new Map<string, Line>();

/** While a call is under way nobody knows how long it takes: ask again after this time. */
const ASK_AGAIN_MS = 200;

/**
 * How long an application has to wait for its turn.
 * @param application a name that tells applications apart
 * @param now `performance.now()`
 * @returns milliseconds; 0 when it may begin now
 */
export function waitFor(application: string, now: number): number {
	const line = lines.get(application);
	if (!line) return 0;
	return line.busy ? ASK_AGAIN_MS : Math.max(0, line.free - now);
}

/** Notes that an application pulls; to be called when there was nothing to wait for. */
export function beginTurn(application: string): void {
	lines.set(application, { busy: true, free: 0 });
}

/**
 * Notes that the answer is there. The time counts from here: a call may have taken long to arrive, and the service counts
 * from its arrival.
 */
export function endTurn(application: string, now: number): void {
	// Whoever may pull at once needs no record, so that the map does not grow.
	for (const [name, { busy, free }] of lines) if (!busy && free <= now) lines.delete(name);
	lines.set(application, { busy: false, free: now + PULL_GAP_MS });
}
