import type { VirtualClock } from '../clock/virtualClock';
import type { Random } from '../random';
import type { StoreFault, World } from '../world/types';

/** What n8n tells the store about the node that asks. */
export interface Place {
	workflow: { id: string };
	node?: { id: string };
}

export type Scope = 'node' | 'workflow';
type Entry = string | number;

interface Options {
	mode: string;
	maxEntries?: number;
}

export interface StoreCall {
	number: number;
	what: 'check' | 'remove';
	record: string;
	entries: Entry[];
	/** The process that asks. */
	owner: string;
	from: number;
	/** When it was answered; undefined for a call that never was. */
	to?: number;
	fault?: StoreFault['kind'];
	/** Pushed out of the record to keep it short. */
	evicted: number;
}

/**
 * n8n's dedupe store (n8n 2.41, dist/deduplication/deduplication-helper.js, mode "entries"): a database record per workflow,
 * or per workflow and node, that is read, changed and written as a whole without a lock. An insert fails where somebody else
 * inserted meanwhile.
 */
export class DedupeStore {
	readonly calls: StoreCall[] = [];
	/** From here on nothing goes wrong. */
	isHealed = false;
	readonly #records = new Map<string, Entry[]>();

	constructor(
		private readonly plan: World['store'],
		private readonly clock: VirtualClock,
		private readonly random: Random,
		private readonly trace: (line: string) => void,
	) {}

	async checkProcessedAndRecord(
		entries: Entry[],
		scope: Scope,
		place: Place,
		options: Options,
	): Promise<{ new: Entry[]; processed: Entry[] }> {
		const { call, fault } = await this.#begin('check', recordOf(scope, place, options), entries);
		await this.#wait(call);
		const before = this.#records.get(call.record);
		const record = [...(before ?? [])];
		const known = new Set(record);
		const result: { new: Entry[]; processed: Entry[] } = { new: [], processed: [] };
		for (const entry of entries) {
			if (known.has(entry)) {
				result.processed.push(entry);
				continue;
			}
			result.new.push(entry);
			record.push(entry);
		}
		// As in n8n: a record of fewer entries than allowed gives a negative count, which removes nothing.
		if (options.maxEntries) call.evicted = record.splice(0, record.length - options.maxEntries).length;
		await this.#end(call, fault, () => {
			if (!before && this.#records.has(call.record)) {
				throw new Error('duplicate key value violates unique constraint');
			}
			this.#records.set(call.record, record);
		});
		return result;
	}

	async removeProcessed(entries: Entry[], scope: Scope, place: Place, options: Options): Promise<void> {
		const { call, fault } = await this.#begin('remove', recordOf(scope, place, options), entries);
		await this.#wait(call);
		const before = this.#records.get(call.record);
		if (!before) {
			call.to = this.clock.now;
			return;
		}
		const record = [...before];
		for (const entry of entries) {
			const position = record.indexOf(entry);
			if (position !== -1) record.splice(position, 1);
		}
		await this.#end(call, fault, () => this.#records.set(call.record, record));
	}

	async clearAllProcessedItems(scope: Scope, place: Place, options: Options): Promise<void> {
		this.#records.delete(recordOf(scope, place, options));
	}

	async getProcessedDataCount(scope: Scope, place: Place, options: Options): Promise<number> {
		return this.#records.get(recordOf(scope, place, options))?.length ?? 0;
	}

	async #begin(
		what: StoreCall['what'],
		record: string,
		entries: Entry[],
	): Promise<{ call: StoreCall; fault: StoreFault | undefined }> {
		const { clock } = this;
		const number = this.calls.length;
		const fault = this.isHealed ? undefined : this.plan.faults[number];
		const call: StoreCall = {
			number,
			what,
			record,
			entries: [...entries],
			owner: clock.owner,
			from: clock.now,
			fault: fault?.kind,
			evicted: 0,
		};
		this.calls.push(call);
		this.trace(`store ${number}: ${what} ${entries.length} in ${record}${fault ? `, ${JSON.stringify(fault)}` : ''}`);
		if (fault?.kind === 'hang') await new Promise(() => {});
		if (fault?.kind === 'slow') await clock.sleep(fault.ms, call.owner);
		if (fault?.kind === 'refuse') {
			await clock.sleep(2, call.owner);
			call.to = clock.now;
			throw new Error('SQLITE_BUSY: database is locked');
		}
		return { call, fault };
	}

	async #end(call: StoreCall, fault: StoreFault | undefined, write: () => void): Promise<void> {
		await this.#wait(call);
		write();
		if (fault?.kind === 'refuseAfter') {
			call.to = this.clock.now;
			throw new Error('Connection terminated unexpectedly');
		}
		await this.clock.sleep(1, call.owner);
		call.to = this.clock.now;
	}

	async #wait({ owner }: StoreCall): Promise<void> {
		const ms = this.isHealed ? 1 : this.plan.ms;
		await this.clock.sleep(1 + Math.floor(this.random() * ms), owner);
	}
}

/** A name for the record in the database. */
function recordOf(scope: Scope, { workflow, node }: Place, { mode }: Options): string {
	if (mode !== 'entries') throw new Error(`The model of the dedupe store knows only the mode "entries", not "${mode}"`);
	if (!workflow.id) throw new Error('A workflow that was never saved has no record');
	return scope === 'node' ? `${workflow.id}/${node?.id ?? ''}` : workflow.id;
}
