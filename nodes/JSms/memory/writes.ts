import { randomUUID } from 'node:crypto';
import { sleep } from 'n8n-workflow';

import { afterLookUp, Neighbors, safeWait, type Finding } from './lookUps';
import type { Recorded, RecordSettings } from './store';

/** What one call wrote, as long as it is looked up. */
export interface Write {
	/** Without those that were forgotten, or lost to another process. */
	entries: Set<string>;
	/** Written with the entries, and by nobody else. */
	mark: string | undefined;
	/** True where a look-up without a clear response may have recorded the mark itself: then the mark alone proves nothing. */
	isDoubtful: boolean;
	/** Entries that another process has. */
	lost: Set<string>;
	/** When it was written. */
	at: number;
	/** How many entries this process had recorded by then. */
	position: number;
	/** Resolves once it was found complete, or is not looked up any more. */
	found: Promise<void>;
}

/** What a look-up asked for and what was there. */
export interface LookUp extends Recorded {
	signs: string[];
}

/** What looking up needs of the record. */
interface RecordCalls {
	/** @returns undefined without a clear response: what a refused try left behind is no sign of another process */
	lookUp(signsOf: () => string[]): Promise<LookUp | undefined>;
	forget(entries: readonly string[]): Promise<void>;
	/** How long the last call took, in ms. */
	readonly tookMs: number;
}

/** Unless this process counts as alone, what was found is looked up once more after this time. */
const LATE_MS = 2_000;

/** From so many entries on a write gets a mark in any case: a write is undone as a whole, so one entry tells. */
const MARKED_FROM = 500;

/** Marks that are not needed any more are removed together. */
const MARKS_TO_REMOVE = 50;

/** Of all records: they lie in the same database. */
const neighbors = new Neighbors();

/** True where this process was found to be the only one that writes. */
export const isAlone = () => neighbors.none;

const newMark = () => `mark:${randomUUID()}`;

/** What this process wrote to a record, and looks up until nobody can have undone it. */
export class Writes {
	private readonly writeOf = new Map<string, Write>();

	private readonly marksToRemove: string[] = [];

	private position = 0;

	constructor(
		private readonly calls: RecordCalls,
		private readonly settings: RecordSettings,
	) {}

	/** The write of an entry, while it is looked up. */
	of(entry: string): Write | undefined {
		return this.writeOf.get(entry);
	}

	/** Looks an entry up no more. */
	drop(entry: string): void {
		this.writeOf.get(entry)?.entries.delete(entry);
		this.writeOf.delete(entry);
	}

	/** A mark for a write of so many entries, where it needs one. */
	markFor(entries: number): string | undefined {
		const isNeeded = entries >= MARKED_FROM || (entries > 0 && this.settings.exclusive && !isAlone());
		return isNeeded ? newMark() : undefined;
	}

	/** Notes what was written, and looks it up in the background. */
	add(entries: readonly string[], mark: string | undefined): void {
		this.position += entries.length;
		let resolve = () => {};
		const found = new Promise<void>((done) => (resolve = done));
		const write: Write = {
			entries: new Set(entries),
			mark,
			isDoubtful: false,
			lost: new Set(),
			at: performance.now(),
			position: this.position,
			found,
		};
		for (const entry of entries) {
			this.drop(entry);
			this.writeOf.set(entry, write);
		}
		void this.lookUpUntilDone(write, resolve).finally(() => {
			for (const entry of write.entries) this.writeOf.delete(entry);
			resolve();
			this.removeMark(write.mark);
		});
	}

	private async lookUpUntilDone(write: Write, onFound: () => void): Promise<void> {
		let wasFound = false;
		for (let lookUps = 1; ; lookUps += 1) {
			await sleep(wasFound ? LATE_MS : safeWait(this.calls.tookMs) * (1 + jitter()));
			if (write.entries.size === 0 || this.madeRoom(write)) return;
			const finding = await this.look(write);
			neighbors.learn(finding, { writtenAt: write.at, now: performance.now() });
			const next = afterLookUp(finding, { lookUps, wasFound, isAlone: isAlone() });
			if (next === 'done') return;
			wasFound = next === 'late';
			if (wasFound) onFound();
		}
	}

	/** Looks a write up, and records again what is missing. */
	private async look(write: Write): Promise<Finding> {
		const { mark } = write;
		if (mark && write.isDoubtful) return await this.recordAgain(write, mark);
		const finding = findingOf(await this.calls.lookUp(() => (mark ? [mark] : [...write.entries])));
		write.isDoubtful = finding === 'noResponse';
		// This look-up has recorded the mark, which says nothing of the entries from now on.
		if (mark && finding === 'missing') await this.recordAgain(write);
		return finding;
	}

	/**
	 * Records the entries of a write under a new mark.
	 * @param doubtful the mark before, where it may still be right
	 */
	private async recordAgain(write: Write, doubtful?: string): Promise<Finding> {
		const mark = newMark();
		const before = doubtful ? [doubtful] : [];
		const looked = await this.calls.lookUp(() => [...before, ...write.entries, mark]);
		if (!looked && doubtful) return findingOf(looked);
		this.removeMark(write.mark);
		write.mark = mark;
		write.isDoubtful = false;
		const known = looked?.known ?? new Set<string>();
		if (doubtful && [doubtful, ...write.entries].every((sign) => known.has(sign))) return 'complete';
		for (const entry of [...write.entries].filter((one) => known.has(one))) {
			write.lost.add(entry);
			this.drop(entry);
		}
		return 'missing';
	}

	/** True where this process has recorded so much since that n8n may have dropped the entries of this write. */
	private madeRoom({ position, entries }: Write): boolean {
		return this.position - position + entries.size > this.settings.maxEntries;
	}

	private removeMark(mark: string | undefined): void {
		if (!mark) return;
		this.marksToRemove.push(mark);
		if (this.marksToRemove.length < MARKS_TO_REMOVE) return;
		void this.calls.forget(this.marksToRemove.splice(0)).catch(() => undefined);
	}
}

/** By chance, where others may write: two processes that look up at the same times keep undoing each other. */
function jitter(): number {
	return isAlone() ? 0 : Math.random();
}

function findingOf(looked: LookUp | undefined): Finding {
	if (!looked) return 'noResponse';
	return looked.signs.every((sign) => looked.known.has(sign)) ? 'complete' : 'missing';
}
