import type { IExecuteFunctions } from 'n8n-workflow';

export interface RecordSettings {
	scope: 'node' | 'workflow';
	/** Entries that the record keeps; the oldest make room. The same in all processes: n8n cuts the record with every call. */
	maxEntries: number;
	/** True where an entry must belong to one process only. */
	exclusive: boolean;
}

/** What a call told. */
export interface Recorded {
	/** Entries that were there before. */
	known: Set<string>;
	/** True where the call was refused at first: an entry that is there may come from the refused try. */
	repeated: boolean;
}

/** n8n's functions for one record of its dedupe store. */
export interface Store {
	check(entries: Iterable<string>): Promise<Recorded>;
	remove(entries: readonly string[]): Promise<void>;
}

/** Room for marks that are still needed. */
const ROOM_FOR_MARKS = 1_000;

/** The store as a run may use it; what it holds of the run is the workflow and the node, not the data. */
export function storeOf({ helpers }: IExecuteFunctions, { scope, maxEntries }: RecordSettings): Store {
	const { checkProcessedAndRecord, removeProcessed } = helpers;
	const options = { mode: 'entries' as const, maxEntries: maxEntries + ROOM_FOR_MARKS };
	const ask = async (entries: string[]) =>
		new Set((await checkProcessedAndRecord(entries, scope, options)).processed.map(String));
	return {
		check: async (entries) => {
			const asked = [...entries];
			try {
				return { known: await ask(asked), repeated: false };
			} catch {
				// Of two first uses at the same moment n8n refuses one, because both want to create the record.
				return { known: await ask(asked), repeated: true };
			}
		},
		remove: async (entries) => await removeProcessed([...entries], scope, options),
	};
}
