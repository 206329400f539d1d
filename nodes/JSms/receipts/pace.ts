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
	const at = Math.max(now, free.get(application) ?? 0);
	free.set(application, at + PULL_GAP_MS);
	return at - now;
}
