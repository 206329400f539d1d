import { sleep, type IExecuteFunctions } from 'n8n-workflow';

import { inTime } from './deadline';
import { safeWait } from './lookUps';
import { storeOf, type Recorded, type RecordSettings, type Store } from './store';
import { isAlone, Writes, type LookUp, type Write } from './writes';

/** A call of n8n's store that takes longer is given up. */
const CALL_DEADLINE_MS = 4_000;

/** A run that waits for look-ups goes on after this time. */
const CONFIRM_DEADLINE_MS = 8_000;

/** Longest wait for others, to record something together. */
const MAX_WAIT_FOR_OTHERS_MS = 500;

const records = new Map<string, DedupeRecord>();

/** Opens a record for a run; undefined where there is no store, as in a workflow that was never saved. */
export function openDedupeRecord(context: IExecuteFunctions, settings: RecordSettings): DedupeRecord | undefined {
	const { id } = context.getWorkflow();
	if (!id || !context.helpers.checkProcessedAndRecord) return undefined;
	const name = settings.scope === 'node' ? `${id}/${context.getNode().id}` : id;
	const store = storeOf(context, settings);
	const record = records.get(name) ?? new DedupeRecord(store, settings);
	records.set(name, record);
	record.store = store;
	return record;
}

/** A call that waits for its turn and takes more entries until then. */
interface WaitingCall {
	entries: Set<string>;
	recorded: Promise<Recorded>;
}

/** A look-up that goes with a call. */
interface Passenger {
	/** What has to be there; asked right before the call, since entries may be forgotten until then. */
	signsOf: () => string[];
	board: (looked: Promise<LookUp>) => void;
}

/**
 * One record of n8n's dedupe store, as all runs of this process use it. It holds hashes of all its entries: one for each node
 * (scope `node`), one for the workflow (scope `workflow`).
 *
 * Calls of this process go one after the other; what waits goes into a single call. A call that takes longer than
 * `CALL_DEADLINE_MS` is given up, and the next one starts. What was written is looked up a moment later, in the background or
 * on the way of another call (`writes`).
 *
 * Of two processes that record an entry at the same moment n8n tells both that it is new. Where others may write, an exclusive
 * record therefore adds a mark of its own to each write. Only the mark of the later write stays: who finds the entry without
 * its own mark has lost the entry to the other process.
 */
export class DedupeRecord {
	/** How long the last call took, in ms. */
	tookMs = 0;

	private last: Promise<unknown> = Promise.resolve();

	private waiting: WaitingCall | undefined;

	/** Look-ups that go with the next call. */
	private readonly passengers = new Set<Passenger>();

	/** How many runs wait for look-ups. */
	private waitingRuns = 0;

	/** Calls that were given up and may still be carried out: which of their entries were recorded since. */
	private readonly givenUp = new Set<Map<string, boolean>>();

	private readonly writes: Writes;

	/** @param store as the last run that opened the record may use it */
	constructor(
		public store: Store,
		private readonly settings: RecordSettings,
	) {
		this.writes = new Writes(this, settings);
	}

	/** True where this process was found to be the only one that writes. */
	isAlone(): boolean {
		return isAlone();
	}

	/** Records entries, which must differ from each other. Throws when the store refuses or does not respond in time. */
	async record(entries: readonly string[]): Promise<Recorded> {
		const open = this.waiting;
		// An entry that waits already has to go into a later call, which then finds it.
		const call = open && !entries.some((entry) => open.entries.has(entry)) ? open : this.openCall();
		for (const entry of entries) call.entries.add(entry);
		const { known, repeated } = await call.recorded;
		return { known: new Set(entries.filter((entry) => known.has(entry))), repeated };
	}

	/** Forgets entries, so that they count as new again. Throws as `record` does. */
	async forget(entries: readonly string[]): Promise<void> {
		if (entries.length === 0) return;
		await this.inTurn(async () => {
			for (const entry of entries) this.writes.drop(entry);
			this.noteUse(entries, false);
			await this.timed(this.store.remove(entries));
		});
	}

	/**
	 * Waits until entries were looked up, at most `CONFIRM_DEADLINE_MS`.
	 * @returns those that another process recorded at the same moment, and keeps
	 */
	async confirm(entries: readonly string[]): Promise<Set<string>> {
		const writes = new Set<Write>();
		await inTime(this.waitForLookUps(entries, writes), CONFIRM_DEADLINE_MS).catch(() => undefined);
		return new Set([...writes].flatMap(({ lost }) => [...lost]));
	}

	/**
	 * Waits as long as a call would take that can be spared, going by the last one; at most half a second, and calls under way:
	 * a call of its own has to come after them in any case.
	 */
	async waitForOthers(): Promise<void> {
		await this.last;
		await sleep(Math.min(this.tookMs, MAX_WAIT_FOR_OTHERS_MS));
	}

	/** Looks up on the way of another call, or after a while in one of its own; undefined without a clear response. */
	async lookUp(signsOf: Passenger['signsOf']): Promise<LookUp | undefined> {
		const looked = new Promise<LookUp>((board) => {
			const passenger = { signsOf, board };
			this.passengers.add(passenger);
			void sleep(this.waitingRuns > 0 ? 0 : safeWait(this.tookMs)).then(() => {
				if (this.passengers.has(passenger)) this.callNow();
			});
		});
		return await looked.then(
			(one) => (one.repeated ? undefined : one),
			() => undefined,
		);
	}

	/** Collects the writes that it waited for. */
	private async waitForLookUps(entries: readonly string[], writes: Set<Write>): Promise<void> {
		const open = entries.flatMap((entry) => this.writes.of(entry) ?? []).filter((one) => !writes.has(one));
		if (open.length === 0) return;
		for (const write of open) writes.add(write);
		this.waitingRuns += 1;
		this.callNow();
		await Promise.all(open.map(({ found }) => found));
		this.waitingRuns -= 1;
		// Entries may have been written again meanwhile.
		await this.waitForLookUps(entries, writes);
	}

	/** A call for the look-ups that there are. */
	private callNow(): void {
		void this.record([]).catch(() => undefined);
	}

	private openCall(): WaitingCall {
		const entries = new Set<string>();
		const recorded = this.inTurn(async () => await this.ask(entries));
		this.waiting = { entries, recorded };
		return this.waiting;
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
	private async ask(entries: Set<string>): Promise<Recorded> {
		this.waiting = undefined;
		const passengers = [...this.passengers];
		this.passengers.clear();
		const mark = this.writes.markFor(entries.size);
		const lookUps = passengers.map(({ signsOf }) => signsOf());
		const asked = new Set([...entries, ...lookUps.flat(), ...(mark ? [mark] : [])]);
		if (asked.size === 0) return { known: new Set(), repeated: false };
		// Recorded here, and perhaps undone since by another process.
		const ours = [...entries].filter((entry) => this.writes.of(entry));
		const call = this.store.check(asked);
		const response = this.timed(call);
		passengers.forEach(({ board }, index) =>
			board(response.then((recorded) => ({ ...recorded, signs: lookUps[index] }))),
		);
		if (this.settings.exclusive) response.catch(() => this.forgetLater(call, entries));
		const { known, repeated } = await response;
		// What another process undid was written again by this call, and carries its mark now.
		const written = [...entries].filter((entry) => !known.has(entry));
		this.noteUse(written, true);
		this.writes.add(written, mark);
		return { known: new Set([...known, ...ours]), repeated };
	}

	private async timed<T>(call: Promise<T>): Promise<T> {
		const started = performance.now();
		const result = await inTime(call, CALL_DEADLINE_MS);
		this.tookMs = performance.now() - started;
		return result;
	}

	/** A call that was given up may still be carried out: nobody uses what it records then. */
	private forgetLater(call: Promise<Recorded>, entries: Set<string>): void {
		const uses = new Map([...entries].map((entry) => [entry, false]));
		this.givenUp.add(uses);
		// Stryker disable next-line ArrowFunction: without it only memory stays in use
		const drop = () => this.givenUp.delete(uses);
		void call
			.then(async ({ known }) => {
				await this.forget([...uses].flatMap(([entry, isUsed]) => (isUsed || known.has(entry) ? [] : [entry])));
			})
			.catch(() => undefined)
			.finally(drop);
	}

	/** Calls that were given up must not undo what was recorded since. */
	private noteUse(entries: readonly string[], isUsed: boolean): void {
		for (const uses of this.givenUp) for (const entry of entries) if (uses.has(entry)) uses.set(entry, isUsed);
	}
}
