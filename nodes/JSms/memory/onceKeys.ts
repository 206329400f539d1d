import { InputProblem } from '../fields/problem';
import type { DedupeStore } from './dedupeStore';

/** Keys a node remembers where the option is used: n8n rewrites the whole record with every request. */
export const MAX_ONCE_KEYS = 100_000;

/** Remembers the 'Send Once Keys' that a node has used, across executions. */
export interface OnceKeys {
	/**
	 * Claims keys before sending.
	 * @returns those that were used before; they must not be sent
	 */
	claim(keys: string[]): Promise<Set<string>>;
	/** Gives keys back after a send that certainly did not happen. */
	release(keys: string[]): Promise<void>;
}

/** @param store of the node; without one there are no keys to remember */
export function openOnceKeys(store: DedupeStore | undefined): OnceKeys {
	const claimed = new Set<string>();
	return {
		claim: async (keys) => {
			if (keys.length === 0 || !store) return new Set();
			// The store takes entries that are new together for new each, so repeats within the run are found here.
			const repeated = keys.filter((key) => claimed.has(key));
			const fresh = keys.filter((key) => !claimed.has(key));
			try {
				const entries = fresh.map(entryOf);
				const used = entries.length > 0 ? await store.record(entries) : new Set<string>();
				// The process may die while it sends: without its keys the next run would send again.
				await store.secure(entries.filter((entry) => !used.has(entry)));
				for (const key of fresh) claimed.add(key);
				return new Set([...repeated, ...fresh.filter((key) => used.has(entryOf(key)))]);
			} catch (error) {
				throw noStore(error instanceof Error ? error.message : String(error));
			}
		},
		release: async (keys) => {
			if (keys.length === 0 || !store) return;
			for (const key of keys) claimed.delete(key);
			try {
				await store.forget(keys.map(entryOf));
			} catch {
				// The keys stay used: what they stand for is not sent again, which is the safe side.
			}
		},
	};
}

/** The user asked for a protection that cannot be given. */
export function noStore(reason: string): InputProblem {
	return new InputProblem(
		`'Send Once Key' cannot be used because n8n's memory of used keys is not available (${reason})`,
		"Nothing was sent. Save the workflow first, or remove the option 'Send Once Key'.",
		'everyone',
	);
}

function entryOf(key: string): string {
	return `once:${key}`;
}
