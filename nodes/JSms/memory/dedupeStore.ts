import { sleep, type IExecuteFunctions } from 'n8n-workflow';

/**
 * n8n's own dedupe store: one database record per saved workflow and node that holds the hashes of all its entries.
 *
 * n8n reads and writes the record as a whole without a lock, so calls at the same moment undo each other: of 20
 * executions at once on two workers, four fifths of the entries were lost. Therefore all calls of one process go one
 * after the other, with what has to wait recorded in a single call; and what was recorded is looked up again a moment
 * later, by default while the send is already under way. What remains possible: two processes that record the same entry at the
 * same moment are both told that it is new.
 */
export interface DedupeStore {
	/** Records entries and tells which of them were there before. Entries must differ from each other. */
	record(entries: string[]): Promise<Set<string>>;
	/** Forgets entries, so that they count as new again. */
	forget(entries: string[]): Promise<void>;
	/** Keeps at least so many entries from now on. */
	reserve(entries: number): void;
	/**
	 * Waits until these entries were looked up again: a process that dies before that may leave a record without them. Waits
	 * for nothing in a process that was found to be the only one.
	 */
	secure(entries: string[]): Promise<void>;
	/** Waits until what was recorded here was looked up again, which happens in any case. */
	settle(): Promise<void>;
	/** True once another process was seen to write this record. */
	isContested(): boolean;
}

/** How often entries are recorded again that another process has undone. */
const MAX_CONFIRMATIONS = 10;

/** After so many look-ups that found everything in its place this process counts as the only one. */
const ENOUGH_ALONE = 10;

/** Look-ups, of all nodes, that found everything in its place; below any count once one did not. */
let lookUpsAlone = 0;

/**
 * Opens the store of this node; undefined where there is none, as in a workflow that was never saved.
 * @param maxEntries how many entries the node keeps; the oldest make room
 */
export function openDedupeStore(context: IExecuteFunctions, maxEntries: number): DedupeStore | undefined {
	const { id } = context.getWorkflow();
	if (!id || !context.helpers.checkProcessedAndRecord) return undefined;
	const place = placeOf(`${id}/${context.getNode().id}`);
	place.keep(maxEntries);
	const options = () => ({ mode: 'entries' as const, maxEntries: place.maxEntries });
	const check = async (entries: string[]) => {
		if (entries.length === 0) return new Set<string>();
		const call = async () => await context.helpers.checkProcessedAndRecord(entries, 'node', options());
		// Of two first uses at the same moment n8n refuses one, because both want to create the database record. At
		// the second try it is there.
		const { processed } = await call().catch(async () => {
			place.contested = true;
			return await call();
		});
		return new Set(processed.map(String));
	};
	const recorded = new Set<string>();
	return {
		record: async (entries) => {
			const known = await place.record(entries, check);
			for (const entry of entries) recorded.add(entry);
			place.confirm(entries, check);
			return known;
		},
		forget: async (entries) => {
			place.drop(entries);
			await place.inTurn(async () => await context.helpers.removeProcessed(entries, 'node', options()));
		},
		reserve: (count) => place.keep(count),
		secure: async (entries) => {
			if (lookUpsAlone < ENOUGH_ALONE) await place.settled(entries);
		},
		settle: async () => await place.settled(recorded),
		isContested: () => place.contested,
	};
}

type Check = (entries: string[]) => Promise<Set<string>>;

/** One database record as this process uses it, by all executions of the node. */
class Place {
	/** The most that any execution in this process asked to keep: n8n cuts the record with every call. */
	maxEntries = 0;

	/** True once entries were undone, or a call was refused that may have met another one. */
	contested = false;

	private last: Promise<unknown> = Promise.resolve();

	/** The call that waits for its turn and can take more entries. */
	private waiting: { entries: Set<string>; known: Promise<Set<string>> } | undefined;

	/** Entries still to be looked up, with the rounds they had. */
	private readonly pending = new Map<string, number>();

	private confirming: Promise<void> | undefined;

	private tookMs = 0;

	keep(entries: number): void {
		this.maxEntries = Math.max(this.maxEntries, entries);
	}

	/** Records entries with those that wait already; returns which of them were there before. */
	async record(entries: string[], check: Check): Promise<Set<string>> {
		// An entry that waits already has to go into a later call, which then finds it.
		if (!this.waiting || entries.some((entry) => this.waiting?.entries.has(entry))) this.waiting = this.openCall(check);
		const { waiting } = this;
		for (const entry of entries) waiting.entries.add(entry);
		const known = await waiting.known;
		return new Set(entries.filter((entry) => known.has(entry)));
	}

	private openCall(check: Check): NonNullable<Place['waiting']> {
		const entries = new Set<string>();
		const known = this.inTurn(async () => {
			if (this.waiting?.entries === entries) this.waiting = undefined;
			return await check([...entries]);
		});
		return { entries, known };
	}

	/** Lets calls go one after the other, in the order in which they were asked for. */
	async inTurn<T>(call: () => Promise<T>): Promise<T> {
		// What is asked for from now on comes after this call.
		this.waiting = undefined;
		const timed = async () => {
			const started = Date.now();
			try {
				return await call();
			} finally {
				this.tookMs = Date.now() - started;
			}
		};
		const turn = this.last.then(timed, timed);
		this.last = turn.catch(() => undefined);
		return await turn;
	}

	/** Looks entries up again in the background, those of all executions together: each look-up writes the record too. */
	confirm(entries: string[], check: Check): void {
		for (const entry of entries) this.pending.set(entry, 0);
		this.confirming ??= this.confirmAll(check).finally(() => {
			this.confirming = undefined;
		});
	}

	drop(entries: Iterable<string>): void {
		for (const entry of entries) this.pending.delete(entry);
	}

	async settled(entries: Iterable<string>): Promise<void> {
		const mine = [...entries];
		while (this.confirming && mine.some((entry) => this.pending.has(entry))) await sleep(5);
	}

	private async confirmAll(check: Check): Promise<void> {
		while (this.pending.size > 0) {
			// Only entries that waited from the start of the round: younger ones may still be undone.
			const due = [...this.pending.keys()];
			await sleep(this.waitMs());
			await this.inTurn(async () => {
				const asked = due.filter((entry) => this.pending.has(entry));
				const known = await check(asked).catch(() => undefined);
				for (const entry of asked) this.noteRound(entry, known?.has(entry) === true);
				if (known) this.noteLookUp(known.size === asked.length);
			});
		}
	}

	private noteLookUp(foundAll: boolean): void {
		this.contested ||= !foundAll;
		lookUpsAlone = foundAll ? lookUpsAlone + 1 : Number.NEGATIVE_INFINITY;
	}

	private noteRound(entry: string, kept: boolean): void {
		const rounds = (this.pending.get(entry) ?? 0) + 1;
		if (kept || rounds === MAX_CONFIRMATIONS) this.pending.delete(entry);
		else this.pending.set(entry, rounds);
	}

	/**
	 * Long enough for a call of another process that read before ours wrote to have written in turn. By chance longer, so
	 * that two processes do not keep undoing each other's entries.
	 */
	private waitMs(): number {
		return Math.round((30 + 3 * this.tookMs) * (1 + Math.random()));
	}
}

/** One for each node that sends, shared by all executions in this process. */
const places = new Map<string, Place>();

function placeOf(name: string): Place {
	const place = places.get(name) ?? new Place();
	places.set(name, place);
	return place;
}
