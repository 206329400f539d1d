import * as workflow from 'n8n-workflow';
import { sleep, type IExecuteFunctions } from 'n8n-workflow';

type Module = typeof import('../../../nodes/JSms/memory/dedupeRecord');

/** A call of the store that goes wrong. */
type Fault = 'refused' | 'refusedAfterWriting' | 'hangs' | { slowMs: number };

/** Modules keep their state to themselves, so each of these stands for a process of its own. */
export function newProcess(): Module {
	let loaded: Module | undefined;
	jest.isolateModules(() => {
		// n8n's own modules keep nothing that matters here, and loading them takes most of the time.
		jest.doMock('n8n-workflow', () => workflow);
		loaded = jest.requireActual<Module>('../../../nodes/JSms/memory/dedupeRecord');
	});
	return loaded as Module;
}

/** A database record as n8n treats it: read and written as a whole, created by an insert that fails when it is there. */
export class StoredRecord {
	entries: string[] | undefined;

	/** What each call asked for. */
	calls: string[][] = [];

	/** What was to be removed, call by call. */
	removals: string[][] = [];

	/** What goes wrong with the next calls, in order. */
	faults: Array<Fault | undefined> = [];

	tookMs = 5;

	private async delayed<T>(work: (read: string[] | undefined) => T): Promise<T> {
		const fault = this.faults.shift();
		if (fault === 'refused') throw new Error('database is locked');
		if (fault === 'hangs') return await new Promise<T>(() => {});
		const read = this.entries;
		await sleep(typeof fault === 'object' ? fault.slowMs : this.tookMs);
		const result = work(read);
		if (fault === 'refusedAfterWriting') throw new Error('connection lost');
		return result;
	}

	private readonly helpers = {
		checkProcessedAndRecord: async (asked: string[], _scope: string, { maxEntries }: { maxEntries: number }) => {
			this.calls.push(asked);
			return await this.delayed((read) => {
				if (!read && this.entries) throw new Error('duplicate key value violates unique constraint');
				const known = new Set(read);
				this.entries = [...(read ?? []), ...asked.filter((entry) => !known.has(entry))].slice(-maxEntries);
				return {
					new: asked.filter((entry) => !known.has(entry)),
					processed: asked.filter((entry) => known.has(entry)),
				};
			});
		},
		removeProcessed: async (asked: string[]) => {
			this.removals.push(asked);
			await this.delayed((read) => {
				this.entries = (read ?? []).filter((entry) => !asked.includes(entry));
			});
		},
	};

	/** The execution context of a run, as far as the memories ask it. */
	contextIn({ executionId = '1', memory = {}, runIndex = 0, workflow = 'workflow-1', node = 'node-1' } = {}) {
		return {
			getWorkflow: () => ({ id: workflow }),
			getNode: () => ({ id: node }),
			getExecutionId: () => executionId,
			getContext: () => memory,
			getWorkflowDataProxy: () => ({ $runIndex: runIndex }),
			helpers: this.helpers,
		} as unknown as IExecuteFunctions;
	}

	/** The record as a run in a process sees it. */
	openIn(
		process: Module,
		{ maxEntries = 100, exclusive = true, scope = 'node' as 'node' | 'workflow', ...where } = {} as {
			maxEntries?: number;
			exclusive?: boolean;
			scope?: 'node' | 'workflow';
			workflow?: string;
			node?: string;
		},
	) {
		const record = process.openDedupeRecord(this.contextIn(where), { scope, maxEntries, exclusive });
		if (!record) throw new Error('no store');
		return record;
	}

	/** What is stored, but for the marks of writes. */
	get kept(): string[] {
		return (this.entries ?? []).filter((entry) => !entry.startsWith('mark:'));
	}
}

export const range = (count: number, name = 'entry') => Array.from({ length: count }, (_, index) => `${name}-${index}`);

/** Lets a process find out, by undisturbed look-ups, that it is the only one; what it looked up until then is done. */
export async function findAlone(stored: StoredRecord, process: Module): Promise<void> {
	for (const entry of range(10, 'before')) {
		const record = stored.openIn(process);
		await record.record([entry]);
		await record.confirm([entry]);
	}
	await sleep(3_000);
}

/** Lets a process find out that others write, too; what it keeps looking up for that is done then. */
export async function noticeOthers(stored: StoredRecord, process: Module): Promise<void> {
	const record = stored.openIn(process);
	await record.record(['undone']);
	stored.entries = [];
	await record.confirm(['undone']);
	await sleep(3_000);
	stored.calls = [];
}
