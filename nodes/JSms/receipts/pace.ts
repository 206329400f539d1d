import { PULL_GAP_MS } from './pullGap';

/** What an application has to wait for before it may pull again. */
interface PullState {
	/** A call is under way. */
	busy: boolean;
	/** From when on the next may begin. */
	free: number;
}

/**
 * By application, for all executions in this process, because the service counts them together. Times are those of
 * `performance.now()`: they go on whatever is done to the clock of the machine.
 */
const states = new Map<string, PullState>();

/** While a call is under way nobody knows how long it takes: ask again after this time. */
const ASK_AGAIN_MS = 200;

/**
 * How long an application has to wait for its turn.
 * @param application a name that tells applications apart
 * @param now `performance.now()`
 * @returns milliseconds; 0 when it may begin now
 */
export function waitFor(application: string, now: number): number {
	const state = states.get(application);
	if (!state) return 0;
	return state.busy ? ASK_AGAIN_MS : Math.max(0, state.free - now);
}

/** Notes that an application pulls; to be called when there was nothing to wait for. */
export function beginTurn(application: string): void {
	states.set(application, { busy: true, free: 0 });
}

/**
 * Notes that the response is there. The time counts from here: a call may have taken long to arrive, and the service counts
 * from its arrival.
 */
export function endTurn(application: string, now: number): void {
	// Whoever may pull at once needs no record, so that the map does not grow.
	for (const [name, { busy, free }] of states) if (!busy && free <= now) states.delete(name);
	states.set(application, { busy: false, free: now + PULL_GAP_MS });
}
