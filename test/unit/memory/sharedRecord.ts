import { sleep, type IExecuteFunctions } from 'n8n-workflow';

export type Module = typeof import('../../../nodes/JSms/memory/dedupeStore');

/** Modules keep their state to themselves, so each of these stands for a process of its own. */
export function newProcess(): Module {
	let loaded: Module | undefined;
	jest.isolateModules(() => {
		loaded = jest.requireActual<Module>('../../../nodes/JSms/memory/dedupeStore');
	});
	return loaded as Module;
}

/** A database record as n8n treats it: read and written as a whole, created by an insert that fails when it is there. */
export class SharedRecord {
	entries: string[] | undefined;

	refusedInserts = 0;

	/** Milliseconds that a call takes. */
	tookMs = 5;

	/** What it was asked to record, call by call, with the limit of entries to keep. */
	calls: Array<{ asked: string[]; maxEntries: number }> = [];

	helpers = {
		checkProcessedAndRecord: async (asked: string[], _scope: string, { maxEntries }: { maxEntries: number }) => {
			this.calls.push({ asked, maxEntries });
			const read = this.entries;
			await sleep(this.tookMs);
			if (!read && this.entries) {
				this.refusedInserts += 1;
				throw new Error('duplicate key value violates unique constraint');
			}
			const known = new Set(read);
			this.entries = [...(read ?? []), ...asked.filter((entry) => !known.has(entry))];
			return { new: asked.filter((entry) => !known.has(entry)), processed: asked.filter((entry) => known.has(entry)) };
		},
		removeProcessed: async (asked: string[]) => {
			const read = this.entries ?? [];
			await sleep(5);
			this.entries = read.filter((entry) => !asked.includes(entry));
		},
	};

	/** The store as one execution in a process sees it. */
	openIn(process: Module, { node = 'node-1', maxEntries = 100 } = {}) {
		const context = {
			getWorkflow: () => ({ id: 'workflow-1' }),
			getNode: () => ({ id: node }),
			helpers: this.helpers,
		} as unknown as IExecuteFunctions;
		return process.openDedupeStore(context, maxEntries);
	}
}

export const range = (count: number) => Array.from({ length: count }, (_, index) => `entry-${index}`);

/** A clock that only tests move, and no chance in how long look-ups wait. */
export function useOwnClock(): void {
	beforeEach(() => {
		jest.useFakeTimers();
		jest.spyOn(Math, 'random').mockReturnValue(0.5);
	});
	afterEach(() => {
		jest.useRealTimers();
		jest.restoreAllMocks();
	});
}
