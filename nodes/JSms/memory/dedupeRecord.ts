import { randomUUID } from 'node:crypto';
import { sleep, type IExecuteFunctions } from 'n8n-workflow';

import { afterLookUp, Neighbors, safeWait, type Finding } from './lookUps';

/**
 * One record of n8n's dedupe store, which holds hashes of all its entries: one for each node (scope `node`), one for the
 * workflow (scope `workflow`).
 *
 * Calls of this process go one after the other; what waits goes into a single call. A call that takes longer than
 * `CALL_DEADLINE_MS` is given up, and the next one starts. What was written is looked up a moment later, in the background or
 * on the way of another call (`lookUps`).
 *
 * Of two processes that record an entry at the same moment n8n tells both that it is new. Where others may write, an exclusive
 * record therefore adds a mark of its own to each write. Only the mark of the later write stays: who finds the entry without
 * its own mark has lost the entry to the other process.
 */
export interface DedupeRecord {
	/** Records entries, which must differ from each other. Throws when the store refuses or does not respond in time. */
	record(entries: readonly string[]): Promise<Recorded>;
	/** Forgets entries, so that they count as new again. Throws as `record` does. */
	forget(entries: readonly string[]): Promise<void>;
	/**
	 * Waits until entries were looked up, at most `CONFIRM_DEADLINE_MS`.
	 * @returns those that another process recorded at the same moment, and keeps
	 */
	confirm(entries: Iterable<string>): Promise<Set<string>>;
	/** True where this process was found to be the only one that writes. */
	isAlone(): boolean;
	/** Waits as long as a call would take that can be spared, going by the last one; at most half a second, and calls under way. */
	waitForOthers(): Promise<void>;
}

/** What a call told. */
export interface Recorded {
	/** Entries that were there before. */
	known: Set<string>;
	/** True where the call was refused at first: an entry that is there may come from the refused try. */
	repeated: boolean;
}

export interface RecordSettings {
	scope: 'node' | 'workflow';
	/** Entries that the record keeps; the oldest make room. The same in all processes: n8n cuts the record with every call. */
	maxEntries: number;
	/** True where an entry must belong to one process only. */
	exclusive: boolean;
}

/** A call of n8n's store that takes longer is given up. */
const CALL_DEADLINE_MS = 4_000;

/** Added to each deadline, for what a busy process has not come to. */
const GRACE_MS = 500;

/** A run that waits for look-ups goes on after this time. */
const CONFIRM_DEADLINE_MS = 8_000;

/** Where other processes write, what was found is looked up once more after this time. */
const LATE_MS = 2_000;

/** From so many entries on a write gets a mark in any case: a write is undone as a whole, so one entry tells. */
const MARKED_FROM = 500;

/** Marks that are not needed any more are removed together. */
const MARKS_TO_REMOVE = 50;

/** Room for marks that are still needed. */
const ROOM_FOR_MARKS = 1_000;

/** Longest wait for others, to record something together. */
const MAX_WAIT_FOR_OTHERS_MS = 500;

/** Of all records: they lie in the same database. */
const neighbors = new Neighbors();

const now = () => performance.now();

/** Opens a record for a run; undefined where there is no store, as in a workflow that was never saved. */
export function openDedupeRecord(context: IExecuteFunctions, settings: RecordSettings): DedupeRecord | undefined {
	const { id } = context.getWorkflow();
	if (!id || !context.helpers.checkProcessedAndRecord) return undefined;
	const { scope, maxEntries } = settings;
	const record = recordOf(scope === 'node' ? `${id}/${context.getNode().id}` : id, settings);
	const options = { mode: 'entries' as const, maxEntries: maxEntries + ROOM_FOR_MARKS };
	const check = async (entries: string[]) =>
		new Set((await context.helpers.checkProcessedAndRecord(entries, scope, options)).processed.map(String));
	const calls: StoreCalls = {
		check: async (entries) => {
			try {
				return { known: await check(entries), repeated: false };
			} catch {
				// Of two first uses at the same moment n8n refuses one, because both want to create the record.
				return { known: await check(entries), repeated: true };
			}
		},
		remove: async (entries) => await context.helpers.removeProcessed(entries, scope, options),
	};
	return {
		record: async (entries) => await record.record(entries, calls),
		forget: async (entries) => await record.forget(entries, calls),
		confirm: async (entries) => await record.confirm(entries, calls),
		isAlone: () => neighbors.none,
		waitForOthers: async () => await record.waitForOthers(),
	};
}

/** n8n's functions, as one run may call them. */
interface StoreCalls {
	check(entries: string[]): Promise<Recorded>;
	remove(entries: string[]): Promise<void>;
}

/** A call that waits for its turn and takes more entries until then. */
interface WaitingCall {
	entries: Set<string>;
	recorded: Promise<Recorded>;
}

/** What one call wrote, as long as it is looked up. */
interface Write {
	/** Without those that were forgotten, or lost to another process. */
	entries: Set<string>;
	/** Written with the entries, and by nobody else. */
	mark: string | undefined;
	/** True where a look-up without a clear response may have recorded the mark itself: then the mark alone proves nothing. */
	isDoubtful: boolean;
	/** Entries that another process has. */
	lost: Set<string>;
	/** When it was last written. */
	at: number;
	/** How many entries this process had recorded by then. */
	position: number;
	/** Resolves once it was found complete, or is not looked up any more. */
	found: Promise<void>;
}

/** What a look-up asked for and what was there. */
interface LookUp extends Recorded {
	signs: string[];
}

/** A call that was given up. */
interface GivenUp {
	entries: ReadonlySet<string>;
	/** Those of them that nobody has recorded since, or that were forgotten again. */
	unused: Set<string>;
}

/** A look-up that goes with a call. */
interface Passenger {
	/** What has to be there; asked right before the call, since entries may be forgotten until then. */
	signsOf: () => string[];
	board: (looked: Promise<LookUp>) => void;
}

/** A record as all runs of this process use it. */
class SharedRecord {
	private last: Promise<unknown> = Promise.resolve();

	private waiting: WaitingCall | undefined;

	private readonly writeOf = new Map<string, Write>();

	/** Look-ups that go with the next call. */
	private readonly passengers = new Set<Passenger>();

	/** How many runs wait for look-ups. */
	private waitingRuns = 0;

	/** Calls that were given up and may still be carried out. */
	private readonly givenUp = new Set<GivenUp>();

	private marksToRemove: string[] = [];

	private position = 0;

	/** How long the last call took, in ms. */
	private tookMs = 0;

	constructor(private readonly settings: RecordSettings) {}

	async record(entries: readonly string[], calls: StoreCalls): Promise<Recorded> {
		// An entry that waits already has to go into a later call, which then finds it.
		if (!this.waiting || entries.some((entry) => this.waiting?.entries.has(entry))) this.waiting = this.openCall(calls);
		const { waiting } = this;
		for (const entry of entries) waiting.entries.add(entry);
		const { known, repeated } = await waiting.recorded;
		return { known: new Set(entries.filter((entry) => known.has(entry))), repeated };
	}

	async forget(entries: readonly string[], calls: StoreCalls): Promise<void> {
		await this.inTurn(async () => {
			for (const entry of entries) {
				this.writeOf.get(entry)?.entries.delete(entry);
				this.writeOf.delete(entry);
				for (const call of this.givenUp) if (call.entries.has(entry)) call.unused.add(entry);
			}
			await this.timed(calls.remove([...entries]));
		});
	}

	async confirm(entries: Iterable<string>, calls: StoreCalls): Promise<Set<string>> {
		const asked = [...entries];
		const writes = new Set<Write>();
		const until = now() + CONFIRM_DEADLINE_MS;
		// Once more where an entry was written again meanwhile.
		while (now() < until) {
			const open = new Set(asked.flatMap((entry) => this.writeOf.get(entry) ?? []).filter((one) => !writes.has(one)));
			if (open.size === 0) break;
			for (const write of open) writes.add(write);
			this.waitingRuns += 1;
			if (this.passengers.size > 0) void this.record([], calls).catch(() => undefined);
			await inTime(Promise.all([...open].map(({ found }) => found)), Math.ceil(until - now())).catch(() => undefined);
			this.waitingRuns -= 1;
		}
		return new Set([...writes].flatMap(({ lost }) => [...lost]));
	}

	/** Who waits for a call under way loses nothing by it: a call of its own has to come after it in any case. */
	async waitForOthers(): Promise<void> {
		await this.last;
		await sleep(Math.min(this.tookMs, MAX_WAIT_FOR_OTHERS_MS));
	}

	private openCall(calls: StoreCalls): WaitingCall {
		const entries = new Set<string>();
		const recorded = this.inTurn(async () => await this.ask(entries, calls));
		return { entries, recorded };
	}

	/** Lets calls go one after the other, in the order in which they were asked for. */
	private async inTurn<T>(call: () => Promise<T>): Promise<T> {
		// What is asked for from now on comes after this call.
		this.waiting = undefined;
		const turn = this.last.then(call);
		this.last = turn.catch(() => undefined);
		return await turn;
	}

	/** Records entries, and takes look-ups along: n8n reads and writes the whole record in any case. */
	private async ask(entries: Set<string>, calls: StoreCalls): Promise<Recorded> {
		if (this.waiting?.entries === entries) this.waiting = undefined;
		const passengers = [...this.passengers];
		this.passengers.clear();
		const mark = this.markFor(entries.size);
		const lookUps = passengers.map(({ signsOf }) => signsOf());
		const asked = new Set([...entries, ...lookUps.flat(), ...(mark ? [mark] : [])]);
		if (asked.size === 0) return { known: new Set(), repeated: false };
		// Recorded here, and perhaps undone since by another process.
		const ours = [...entries].filter((entry) => this.writeOf.has(entry));
		const call = calls.check([...asked]);
		const response = this.timed(call);
		passengers.forEach(({ board }, index) =>
			board(response.then((recorded) => ({ ...recorded, signs: lookUps[index] }))),
		);
		if (this.settings.exclusive) response.catch(() => this.forgetLater(call, entries, calls));
		const { known, repeated } = await response;
		// What another process undid was written again by this call, and carries its mark now.
		const written = [...entries].filter((entry) => !known.has(entry));
		for (const entry of written) this.writeOf.get(entry)?.entries.delete(entry);
		this.noteWrite(written, mark, calls);
		return { known: new Set([...known, ...ours]), repeated };
	}

	/** A mark for a write of so many entries, where it needs one. */
	private markFor(entries: number): string | undefined {
		const isNeeded = entries >= MARKED_FROM || (entries > 0 && this.settings.exclusive && !neighbors.none);
		return isNeeded ? `mark:${randomUUID()}` : undefined;
	}

	private async timed<T>(call: Promise<T>): Promise<T> {
		const started = now();
		const result = await inTime(call, CALL_DEADLINE_MS);
		this.tookMs = now() - started;
		return result;
	}

	/** A call that was given up may still be carried out: nobody uses what it records then. */
	private forgetLater(call: Promise<Recorded>, entries: Set<string>, calls: StoreCalls): void {
		const unused = new Set(entries);
		const givenUp = { entries, unused };
		this.givenUp.add(givenUp);
		void call
			.then(async ({ known }) => {
				const recorded = [...unused].filter((entry) => !known.has(entry));
				if (recorded.length > 0) await this.forget(recorded, calls);
			})
			.catch(() => undefined)
			.finally(() => this.givenUp.delete(givenUp));
	}

	private noteWrite(entries: string[], mark: string | undefined, calls: StoreCalls): void {
		this.position += entries.length;
		for (const { unused } of this.givenUp) for (const entry of entries) unused.delete(entry);
		let resolve = () => {};
		const found = new Promise<void>((done) => (resolve = done));
		const write: Write = {
			entries: new Set(entries),
			mark,
			isDoubtful: false,
			lost: new Set(),
			at: now(),
			position: this.position,
			found,
		};
		for (const entry of entries) this.writeOf.set(entry, write);
		void this.lookUpUntilDone(write, resolve, calls).finally(() => {
			for (const entry of write.entries) this.writeOf.delete(entry);
			resolve();
			this.removeMark(write.mark, calls);
		});
	}

	private async lookUpUntilDone(write: Write, onFound: () => void, calls: StoreCalls): Promise<void> {
		let wasFound = false;
		for (let lookUps = 1; write.entries.size > 0; lookUps += 1) {
			await sleep(wasFound ? LATE_MS : safeWait(this.tookMs) * (1 + jitter()));
			if (write.entries.size === 0 || this.madeRoom(write)) return;
			const finding = await this.look(write, calls);
			neighbors.learn(finding, { writtenAt: write.at, now: now() });
			const next = afterLookUp(finding, { lookUps, wasFound, others: neighbors.some });
			if (next === 'done') return;
			wasFound = next === 'late';
			if (wasFound) onFound();
		}
	}

	/** Looks a write up, and records again what is missing. */
	private async look(write: Write, calls: StoreCalls): Promise<Finding> {
		const { mark } = write;
		if (mark && write.isDoubtful) return await this.recordAgain(write, calls, mark);
		const finding = findingOf(await this.lookUp(() => (mark ? [mark] : [...write.entries]), calls));
		write.isDoubtful = finding === 'noResponse';
		if (finding !== 'missing') return finding;
		write.at = now();
		// This look-up has recorded the mark, which says nothing of the entries from now on.
		if (mark) await this.recordAgain(write, calls);
		return finding;
	}

	/**
	 * Records the entries of a write under a new mark.
	 * @param doubtful the mark before, where it may still be right
	 */
	private async recordAgain(write: Write, calls: StoreCalls, doubtful?: string): Promise<Finding> {
		const mark = `mark:${randomUUID()}`;
		const looked = await this.lookUp(() => [...(doubtful ? [doubtful] : []), ...write.entries, mark], calls);
		if (!looked && doubtful) return 'noResponse';
		this.removeMark(write.mark, calls);
		write.mark = mark;
		write.isDoubtful = false;
		// What a refused try left behind is no sign of another process.
		if (!looked || looked.repeated) return 'missing';
		if (doubtful && [doubtful, ...write.entries].every((sign) => looked.known.has(sign))) return 'complete';
		if (!this.settings.exclusive) return 'missing';
		for (const entry of [...write.entries].filter((one) => looked.known.has(one))) {
			write.lost.add(entry);
			write.entries.delete(entry);
			this.writeOf.delete(entry);
		}
		return 'missing';
	}

	/** True where this process has recorded so much since that n8n may have dropped the entries of this write. */
	private madeRoom({ position, entries }: Write): boolean {
		return this.position - position + entries.size > this.settings.maxEntries;
	}

	/** Looks up on the way of another call, or after a while in one of its own; undefined without a response. */
	private async lookUp(signsOf: Passenger['signsOf'], calls: StoreCalls): Promise<LookUp | undefined> {
		const looked = new Promise<LookUp>((board) => {
			const passenger = { signsOf, board };
			this.passengers.add(passenger);
			void sleep(this.waitingRuns > 0 ? 0 : safeWait(this.tookMs)).then(async () => {
				if (this.passengers.has(passenger)) await this.record([], calls).catch(() => undefined);
			});
		});
		return await looked.catch(() => undefined);
	}

	private removeMark(mark: string | undefined, calls: StoreCalls): void {
		if (!mark) return;
		this.marksToRemove.push(mark);
		if (this.marksToRemove.length < MARKS_TO_REMOVE) return;
		const marks = this.marksToRemove;
		this.marksToRemove = [];
		void this.forget(marks, calls).catch(() => undefined);
	}
}

/** By chance, where others may write: two processes that look up at the same times keep undoing each other. */
function jitter(): number {
	return neighbors.none ? 0 : Math.random();
}

function findingOf(looked: LookUp | undefined): Finding {
	if (!looked || looked.repeated) return 'noResponse';
	return looked.signs.every((sign) => looked.known.has(sign)) ? 'complete' : 'missing';
}

/** On a monotonic clock, and without a timer that keeps the process alive. */
async function inTime<T>(call: Promise<T>, ms: number): Promise<T> {
	const deadline = AbortSignal.timeout(ms);
	return await new Promise<T>((resolve, reject) => {
		const giveUp = () => {
			// A process that was busy all the time may have the response already, and not have come to it yet.
			void sleep(GRACE_MS).then(() => reject(new Error(`no response within ${ms / 1000} seconds`)));
		};
		deadline.addEventListener('abort', giveUp, { once: true });
		call.then(resolve, reject).finally(() => deadline.removeEventListener('abort', giveUp));
	});
}

const records = new Map<string, SharedRecord>();

function recordOf(name: string, settings: RecordSettings): SharedRecord {
	const record = records.get(name) ?? new SharedRecord(settings);
	records.set(name, record);
	return record;
}
