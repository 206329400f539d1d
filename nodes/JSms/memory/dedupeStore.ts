import { randomUUID } from 'node:crypto';
import { sleep, type IExecuteFunctions } from 'n8n-workflow';

/**
 * n8n's own dedupe store: one database record per saved workflow and node that holds the hashes of all its entries.
 *
 * n8n reads and writes the record as a whole without a lock, so calls at the same moment undo each other: of 20
 * executions at once on two workers, four fifths of the entries were lost. Therefore all calls of one process go one
 * after the other, with what has to wait recorded in a single call; and what was recorded is looked up again a moment
 * later, by default while the send is already under way, on the way of another call where there is one. A call is undone
 * as a whole, so a large one records a mark of its own, and only that is looked up. Where other processes write the
 * record it is looked up once more, in the background: one of them may have stood still between reading and writing.
 * What remains possible: two processes that record the same entry at the same moment are both told that it is new.
 */
export interface DedupeStore {
	/** Records entries and tells which of them were there before. Entries must differ from each other. */
	record(entries: string[]): Promise<Set<string>>;
	/** Forgets entries, so that they count as new again. */
	forget(entries: string[]): Promise<void>;
	/** Makes room for so many entries beside those that the node keeps in any case. */
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
	/** Waits as long as a call would take that can be spared, going by the last one; at most half a second, but for calls under way. */
	patience(): Promise<void>;
}

/** From so many entries on a call records a mark. It takes room from the entries that the node keeps, so small ones do without. */
const MARKED_FROM = 500;

/** How often entries are looked up, and recorded again, that keep being undone. */
const MAX_CONFIRMATIONS = 10;

/** After so many look-ups that found everything in its place this process counts as the only one. */
const ENOUGH_ALONE = 10;

/** How long after the look-up that found them entries are looked up again where other processes write. */
const LATE_LOOK_UP_MS = 2_000;

/** A call that hung once must not hold everybody up. */
const MAX_PATIENCE_MS = 500;

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
	const options = () => ({ mode: 'entries' as const, maxEntries: place.room() });
	const check = async (entries: string[]) => {
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
			return known;
		},
		forget: async (entries) => {
			await place.forget(entries, async () => await context.helpers.removeProcessed(entries, 'node', options()));
		},
		reserve: (count) => place.keep(maxEntries + count),
		secure: async (entries) => {
			if (!isAlone()) await place.settled(entries, check);
		},
		settle: async () => await place.settled(recorded, check),
		isContested: () => place.contested,
		patience: async () => await place.patience(),
	};
}

function isAlone(): boolean {
	return lookUpsAlone >= ENOUGH_ALONE;
}

type Check = (entries: string[]) => Promise<Set<string>>;

/** A call that waits for its turn and can take more entries until then. */
interface Call {
	entries: Set<string>;
	known: Promise<Set<string>>;
}

/** What one call has recorded and is still to be looked up. */
interface Recorded {
	/** Without those that were forgotten or recorded again since. */
	entries: Set<string>;
	/** Recorded by this call and by no other, so it tells whether the call was undone. */
	mark: string | undefined;
	/** When it was last recorded; 0 where it was undone and is to be looked up at once. */
	since: number;
	/** How much longer than needed it waits: by chance, so that two processes do not keep undoing each other's entries. */
	patience: number;
	/** How often it was looked up. */
	rounds: number;
	/** True once it was found: it is looked up again, but nobody waits for that. */
	isFound: boolean;
}

/** One database record as this process uses it, by all executions of the node. */
class Place {
	/** The most that any execution in this process asked to keep: n8n cuts the record with every call. */
	maxEntries = 0;

	/** True once entries were undone, or a call was refused that may have met another one. */
	contested = false;

	private last: Promise<unknown> = Promise.resolve();

	private waiting: Call | undefined;

	/** Calls that are still to be looked up. */
	private readonly unconfirmed = new Set<Recorded>();

	/** The call that recorded an entry last, while that is still to be looked up. */
	private readonly callOf = new Map<string, Recorded>();

	/** How many runs wait for look-ups now. */
	private waitingRuns = 0;

	private watching: Promise<void> | undefined;

	private tookMs = 0;

	/** When this process was last found alone. */
	private aloneAt = 0;

	keep(entries: number): void {
		this.maxEntries = Math.max(this.maxEntries, entries);
	}

	/** What n8n is told to keep: the marks come on top. */
	room(): number {
		return this.maxEntries + Math.floor(this.maxEntries / MARKED_FROM);
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

	async forget(entries: string[], remove: () => Promise<void>): Promise<void> {
		await this.inTurn(async () => {
			for (const entry of entries) this.drop(entry);
			await this.timed(remove);
		});
	}

	/** Waits until entries were looked up, which it does as soon as the last of them may be. */
	async settled(entries: Iterable<string>, check: Check): Promise<void> {
		this.waitingRuns += 1;
		for (let calls = this.notFound(entries); calls.length > 0; calls = this.notFound(entries)) {
			const dueAt = calls.reduce((latest, call) => Math.max(latest, this.dueAt(call)), 0);
			// Timers may be a millisecond early, and a look-up that is comes to nothing.
			await sleep(Math.max(0, dueAt + 1 - Date.now()));
			await this.lookUp(check);
		}
		this.waitingRuns -= 1;
	}

	/** Whoever waits for a call under way loses nothing by it: his own has to come after it in any case. */
	async patience(): Promise<void> {
		await this.last;
		await sleep(Math.min(this.tookMs, MAX_PATIENCE_MS));
	}

	private openCall(check: Check): Call {
		const entries = new Set<string>();
		const known = this.inTurn(async () => {
			if (this.waiting?.entries === entries) this.waiting = undefined;
			return await this.ask(entries, check);
		});
		return { entries, known };
	}

	/** Lets calls go one after the other, in the order in which they were asked for. */
	private async inTurn<T>(call: () => Promise<T>): Promise<T> {
		// What is asked for from now on comes after this call.
		this.waiting = undefined;
		const turn = this.last.then(call, call);
		this.last = turn.catch(() => undefined);
		return await turn;
	}

	/** Records entries, and looks up on the way what is due: n8n reads and writes the whole record in any case. */
	private async ask(entries: Set<string>, check: Check): Promise<Set<string>> {
		const due = [...this.unconfirmed].filter((call) => this.dueAt(call) <= Date.now());
		const asked = new Set([...entries, ...due.flatMap(signsOf)]);
		if (asked.size === 0) return new Set();
		const mark = entries.size >= MARKED_FROM ? `mark:${randomUUID()}` : undefined;
		// Last, so that it is not the first to make room.
		if (mark) asked.add(mark);
		// Recorded here, and perhaps undone since by another process.
		const ours = [...entries].filter((entry) => this.callOf.has(entry));
		let known: Set<string> | undefined;
		try {
			known = await this.timed(async () => await check([...asked]));
		} finally {
			this.noteLookUp(due, known);
		}
		if (entries.size > 0) this.noteRecorded(entries, mark);
		for (const entry of ours) known.add(entry);
		if (due.some(({ since }) => since === 0)) void this.lookUp(check);
		this.watching ??= this.watch(check).finally(() => {
			this.watching = undefined;
		});
		return known;
	}

	private async timed<T>(call: () => Promise<T>): Promise<T> {
		const started = Date.now();
		try {
			return await call();
		} finally {
			this.tookMs = Date.now() - started;
		}
	}

	private noteRecorded(entries: Set<string>, mark: string | undefined): void {
		for (const entry of entries) this.drop(entry);
		const patience = isAlone() ? 0 : Math.random();
		const call = { entries, mark, since: Date.now(), patience, rounds: 0, isFound: false };
		for (const entry of entries) this.callOf.set(entry, call);
		this.unconfirmed.add(call);
	}

	/** @param known undefined where the store did not answer */
	private noteLookUp(due: Recorded[], known: Set<string> | undefined): void {
		const now = Date.now();
		const first = due.reduce((earliest, { since }) => Math.min(earliest, since), now);
		const found = new Set(due.filter((call) => known && signsOf(call).every((sign) => known.has(sign))));
		// Where the store refused, another process may have been the reason.
		const isComplete = found.size === due.length;
		this.contested ||= !isComplete;
		for (const call of due) {
			const isFound = found.has(call);
			call.rounds += 1;
			if (isFound ? call.isFound || !this.contested : call.rounds >= MAX_CONFIRMATIONS) {
				for (const entry of call.entries) this.drop(entry);
			} else if (known && !isFound && call.mark) {
				// At once one by one, which records again what is missing.
				Object.assign(call, { mark: undefined, since: 0, isFound: false });
			} else {
				Object.assign(call, { since: now, patience: Math.random(), isFound });
			}
		}
		if (!known || due.length === 0) return;
		if (!isComplete) {
			lookUpsAlone = Number.NEGATIVE_INFINITY;
		} else if (first >= this.aloneAt) {
			// Look-ups whose times overlap tell no more than one.
			lookUpsAlone += 1;
			this.aloneAt = now;
		}
	}

	/** Nothing is to be looked up about an entry any more, as far as the call that recorded it goes. */
	private drop(entry: string): void {
		const call = this.callOf.get(entry);
		if (!call) return;
		this.callOf.delete(entry);
		call.entries.delete(entry);
		if (call.entries.size === 0) this.unconfirmed.delete(call);
	}

	/** Looks up in the background what no call has looked up on its way for as long again, and nobody has waited for. */
	private async watch(check: Check): Promise<void> {
		while (this.unconfirmed.size > 0) {
			const calls = [...this.unconfirmed];
			const dueAt = calls.reduce((earliest, call) => Math.min(earliest, this.dueAt(call)), Number.POSITIVE_INFINITY);
			// A run that waits looks up whatever is due then.
			const left = this.waitingRuns > 0 ? this.safeMs() : dueAt + this.safeMs() - Date.now();
			// In steps: what is recorded meanwhile may be due earlier.
			if (left > 0) await sleep(Math.min(left, this.safeMs()));
			else await this.lookUp(check);
		}
	}

	private async lookUp(check: Check): Promise<void> {
		await this.record([], check).catch(() => undefined);
	}

	/** The calls that recorded these entries, without those that were found. */
	private notFound(entries: Iterable<string>): Recorded[] {
		const calls = new Set<Recorded>();
		for (const entry of entries) {
			const call = this.callOf.get(entry);
			if (call?.isFound === false) calls.add(call);
		}
		return [...calls];
	}

	private dueAt({ since, patience, isFound }: Recorded): number {
		return since + Math.ceil(this.safeMs() * (1 + patience)) + (isFound ? LATE_LOOK_UP_MS : 0);
	}

	/** Long enough for a call of another process that read before ours wrote to have written in turn. */
	private safeMs(): number {
		return 30 + 3 * this.tookMs;
	}
}

/** What has to be in the record, if what this call has recorded is. */
function signsOf({ mark, entries }: Recorded): string[] {
	return mark ? [mark] : [...entries];
}

/** One for each node that sends, shared by all executions in this process. */
const places = new Map<string, Place>();

function placeOf(name: string): Place {
	const place = places.get(name) ?? new Place();
	places.set(name, place);
	return place;
}
