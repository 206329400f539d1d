import type { IExecuteFunctions } from 'n8n-workflow';

import { InputProblem } from '../model/inputProblem';
import { openDedupeRecord, type DedupeRecord } from './dedupeRecord';

/** Keys that a node remembers; the oldest make room. */
export const MAX_ONCE_KEYS = 100_000;

/** Why a message must not be sent: its key was used before, or nobody can tell whether it was. */
export type KeyVerdict = 'used' | 'doubtful';

/** Remembers the 'Send Once Keys' that a node has used, across executions. */
export interface OnceKeys {
	/**
	 * Claims keys before sending.
	 * @returns those that must not be sent
	 * @throws InputProblem when the store cannot be used: nothing must be sent then
	 */
	claim(keys: readonly string[]): Promise<Map<string, KeyVerdict>>;
	/** Gives back keys of this run whose messages certainly were not sent; never throws. */
	release(keys: readonly string[]): Promise<void>;
	/** Waits when asking together with others takes less of the store's time; see DedupeRecord. */
	waitForOthers(): Promise<void>;
	/** Waits until what was claimed is safely stored: the next run may ask for it at once, and the process may end. */
	confirm(): Promise<void>;
}

/**
 * Opens the keys of a run.
 * @throws InputProblem where there is no store: the user asked for a protection that cannot be given
 */
export function openOnceKeys(context: IExecuteFunctions): OnceKeys {
	const record = openDedupeRecord(context, { scope: 'node', maxEntries: MAX_ONCE_KEYS, exclusive: true });
	if (!record) throw noStore('the workflow was never saved');
	return new KeysOfRun(record);
}

class KeysOfRun implements OnceKeys {
	/** Keys that this run recorded as new. */
	private readonly claimed = new Set<string>();

	/** A store that failed once fails the rest of the run at once, instead of making every message wait for it. */
	private failure: InputProblem | undefined;

	constructor(private readonly record: DedupeRecord) {}

	async claim(keys: readonly string[]): Promise<Map<string, KeyVerdict>> {
		if (keys.length === 0) return new Map();
		if (this.failure) throw this.failure;
		try {
			const { known, repeated } = await this.record.record(keys.map(entryOf));
			const fresh = keys.filter((key) => !known.has(entryOf(key)));
			const verdicts = new Map<string, KeyVerdict>();
			for (const key of keys) if (known.has(entryOf(key))) verdicts.set(key, repeated ? 'doubtful' : 'used');
			for (const key of fresh) this.claimed.add(key);
			// The process may die while it sends, and another one may claim the same key now.
			if (!this.record.isAlone()) {
				const lost = await this.record.confirm(fresh.map(entryOf));
				for (const key of fresh.filter((one) => lost.has(entryOf(one)))) {
					this.claimed.delete(key);
					verdicts.set(key, 'used');
				}
			}
			return verdicts;
		} catch (error) {
			this.failure = noStore(error instanceof Error ? error.message : String(error));
			throw this.failure;
		}
	}

	async release(keys: readonly string[]): Promise<void> {
		const own = keys.filter((key) => this.claimed.delete(key));
		// When this fails, the keys stay used: what they stand for is not sent again, which is the safe side.
		await this.record.forget(own.map(entryOf)).catch(() => undefined);
	}

	async waitForOthers(): Promise<void> {
		await this.record.waitForOthers();
	}

	async confirm(): Promise<void> {
		await this.record.confirm([...this.claimed].map(entryOf));
	}
}

function noStore(reason: string): InputProblem {
	return new InputProblem(
		`'Send Once Key' cannot be used now: n8n's dedupe store is not available (${reason})`,
		"Nothing was sent. Save the workflow, check n8n's database, then run the workflow again, or remove the option 'Send Once Key'.",
		'everyone',
	);
}

function entryOf(key: string): string {
	return `once:${key}`;
}
