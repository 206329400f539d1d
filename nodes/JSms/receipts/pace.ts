import { PULL_GAP_MS } from './pullGap';

/** When an application may pull again, by application: for all executions in this process, because the service counts them together. */
const free = new Map<string, number>();

/**
 * Reserves the next turn of an application to pull.
 * @param application a name that tells applications apart
 * @param now milliseconds
 * @returns milliseconds to wait for it
 */
export function reserveTurn(application: string, now: number): number {
	// Whoever may pull at once needs no record, so that the map does not grow.
	for (const [name, at] of free) if (at <= now) free.delete(name);
	const wait = waitFor(application, now);
	free.set(application, now + wait + PULL_GAP_MS);
	return wait;
}

/** Milliseconds that an application would have to wait for its turn. */
export function waitFor(application: string, now: number): number {
	return Math.max(0, (free.get(application) ?? 0) - now);
}
