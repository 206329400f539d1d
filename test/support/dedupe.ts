/**
 * The store behind `helpers.checkProcessedAndRecord` and its sisters. In a server n8n keeps it in its database; here it
 * is a map with the same behavior: one row per workflow (scope "workflow") or per workflow and node id (scope
 * "node"), holding hashes, the oldest ones dropped beyond `maxEntries`, and read-modify-write without any lock.
 */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';

import { core } from './n8n';
import type {
	DeduplicationItemTypes,
	DeduplicationScope,
	ICheckProcessedContextData,
	ICheckProcessedOptions,
	IDataDeduplicator,
	IDeduplicationOutput,
	Workflow,
} from 'n8n-workflow';

/** What n8n keeps of an entry. */
export const hashOf = (value: DeduplicationItemTypes) => createHash('md5').update(value.toString()).digest('base64');

/** In place of the table in n8n's database; mode `entries` only. */
export interface DedupeStore extends IDataDeduplicator {
	/** Calls so far; lets a test see that a node stayed away from the store. */
	calls: { check: number; remove: number };
	/** The workflow that runs on this store belong to. */
	workflowId: string;
}

let stores = 0;

class MemoryDedupeStore implements DedupeStore {
	/** Runs on one store belong to one workflow, and no others to it. */
	workflowId = `test-workflow-${(stores += 1)}`;

	/** Row key -> hashes, oldest first. */
	#rows = new Map<string, string[]>();

	/** How often each function was called; lets a test see that a node stayed away from the store. */
	calls = { check: 0, remove: 0 };

	async checkProcessedAndRecord(
		items: DeduplicationItemTypes[],
		scope: DeduplicationScope,
		contextData: ICheckProcessedContextData,
		options: ICheckProcessedOptions,
	) {
		this.calls.check++;
		const key = rowKey(scope, contextData, options);
		const row = await this.#read(key);
		const isFirstUse = !this.#rows.has(key);
		const known = new Set(row);
		const result: IDeduplicationOutput = { new: [], processed: [] };
		for (const item of items) {
			const hash = hashOf(item);
			// n8n looks inside the call for duplicates only when the row exists already.
			if (known.has(hash)) {
				result.processed.push(item);
				continue;
			}
			result.new.push(item);
			row.push(hash);
			if (!isFirstUse) known.add(hash);
		}
		if (options.maxEntries) row.splice(0, row.length - options.maxEntries);
		await this.#write(key, row);
		return result;
	}

	async removeProcessed(
		items: DeduplicationItemTypes[],
		scope: DeduplicationScope,
		contextData: ICheckProcessedContextData,
		options: ICheckProcessedOptions,
	) {
		this.calls.remove++;
		const key = rowKey(scope, contextData, options);
		const row = await this.#read(key);
		for (const item of items) {
			const index = row.indexOf(hashOf(item));
			if (index !== -1) row.splice(index, 1);
		}
		if (this.#rows.has(key)) await this.#write(key, row);
	}

	async clearAllProcessedItems(
		scope: DeduplicationScope,
		contextData: ICheckProcessedContextData,
		options: ICheckProcessedOptions,
	) {
		this.#rows.delete(rowKey(scope, contextData, options));
	}

	async getProcessedDataCount(
		scope: DeduplicationScope,
		contextData: ICheckProcessedContextData,
		options: ICheckProcessedOptions,
	) {
		return (await this.#read(rowKey(scope, contextData, options))).length;
	}

	/** A copy, after one turn of the event loop, as from a database: two concurrent calls can both read the old row. */
	async #read(key: string) {
		await nextTurn();
		return [...(this.#rows.get(key) ?? [])];
	}

	async #write(key: string, row: string[]) {
		await nextTurn();
		this.#rows.set(key, row);
	}
}

const nextTurn = async () => await new Promise((resolve) => setImmediate(resolve));

function rowKey(
	scope: DeduplicationScope,
	{ workflow, node }: ICheckProcessedContextData,
	{ mode }: ICheckProcessedOptions,
) {
	if (mode !== 'entries') throw new Error(`The test store knows only the mode "entries", not "${mode}"`);
	// A workflow that was never saved has no id and no row to write to.
	assert.ok(workflow.id, 'The workflow was never saved');
	return JSON.stringify([workflow.id, scope === 'node' ? `n:${node?.id}` : '']);
}

/** A dedupe store for one or several runs: pass the same one to let a run see what an earlier run recorded. */
export function createDedupeStore(): DedupeStore {
	return new MemoryDedupeStore();
}

/** Which store serves which workflow; `false` where the run is to find none. */
const storeOf = new WeakMap<object, IDataDeduplicator | false>();

/**
 * Chooses the store for all calls made from this workflow object.
 * @param store `false`: as in an n8n process that never set one up
 */
export function useDedupeStore(workflow: Workflow, store: IDataDeduplicator | false) {
	storeOf.set(workflow, store);
}

const storeFor = ({ workflow }: ICheckProcessedContextData) => {
	const store = storeOf.get(workflow);
	// The sentence n8n-core itself throws while its service is not set up.
	assert.ok(store, 'Instance needs to initialized before use. Make sure to call init()');
	return store;
};

// n8n-core holds one store per process and refuses a second one, so this one passes each call on to the run's own.
void core.DataDeduplicationService.init({
	checkProcessedAndRecord: async (...call) => await storeFor(call[2]).checkProcessedAndRecord(...call),
	removeProcessed: async (...call) => await storeFor(call[2]).removeProcessed(...call),
	clearAllProcessedItems: async (...call) => await storeFor(call[1]).clearAllProcessedItems(...call),
	getProcessedDataCount: async (...call) => await storeFor(call[1]).getProcessedDataCount(...call),
});
