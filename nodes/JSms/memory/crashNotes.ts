import type { IExecuteFunctions } from 'n8n-workflow';

import { isRecord } from '../json';
import type { DedupeStore } from './dedupeStore';
import { fingerprint } from './digest';

/** Notes a node keeps, beside its keys: the requests of a run with a million recipients, and room for others at the same time. */
export const MAX_CRASH_NOTES = 2_000;

/** How a run relates to a try of the same execution that crashed: there was none, it had the same content or other. */
export type CrashedTry = 'none' | 'same' | 'changed';

/** Remembers which requests an execution has started, for the case that it crashes and n8n runs it again. */
export interface CrashNotes {
	/**
	 * Notes that this run of the node is about to send, and tells whether a try of this execution died in this very run:
	 * nobody knows then how far it got.
	 * @param content  what the run is about to send, in pieces of text; n8n runs everything before the node again, too,
	 *                 so it may differ
	 * @param requests how many requests the run plans, splitting aside
	 */
	openRun(content: () => Iterable<string>, requests: number): Promise<CrashedTry>;
	/** Takes back what `openRun` noted in this try, when nothing was sent after it. */
	closeRun(): Promise<void>;
	/**
	 * Notes that a request is about to be sent.
	 * @returns false when a try of the same execution that crashed already started the same
	 */
	start(what: string): Promise<boolean>;
	/** Takes the note back after a send that certainly did not happen. */
	cancel(what: string): Promise<void>;
}

/**
 * Opens the notes of this run. Nobody asked for them, so they step aside where there is no store, or where it does not answer.
 */
export function openCrashNotes(context: IExecuteFunctions, store: DedupeStore | undefined): CrashNotes {
	const executionId = context.getExecutionId();
	if (!store || !executionId) {
		return { openRun: async () => 'none', closeRun: async () => {}, start: async () => true, cancel: async () => {} };
	}
	const runIndex = context.getWorkflowDataProxy(0).$runIndex as number;
	const entryOf = (what: string) => `start:${executionId}/${runIndex}/${what}`;
	/** What this try noted itself: the notes of an earlier try by "Retry On Fail" stand for messages that were sent. */
	let noted: string[] = [];
	const findCrashedTry = async (content: () => Iterable<string>, requests: number): Promise<CrashedTry> => {
		// A run must not push its own first notes out of the store; twice as many leave room for split requests.
		store.reserve(2 * requests);
		const [run, same] = [entryOf('run'), entryOf(`run/${fingerprint(content())}`)];
		const before = await ignoringFailure(async () => await store.record([run, same]));
		if (!before?.has(run)) {
			noted = [run, same];
			return 'none';
		}
		if (before.has(same)) return 'same';
		// This try sends nothing that it has no keys for, so a later one must not go by its notes.
		await ignoringFailure(async () => await store.forget([same]));
		return 'changed';
	};
	return {
		openRun: async (content, requests) => {
			const found = foundBefore(context);
			found[runIndex] ??= await findCrashedTry(content, requests);
			return found[runIndex];
		},
		closeRun: async () => {
			if (noted.length === 0) return;
			const entries = noted;
			noted = [];
			Reflect.deleteProperty(foundBefore(context), runIndex);
			await ignoringFailure(async () => await store.forget(entries));
		},
		start: async (what) => {
			const before = await ignoringFailure(async () => await store.record([entryOf(what)]));
			return before === undefined || before.size === 0;
		},
		cancel: async (what) => {
			await ignoringFailure(async () => await store.forget([entryOf(what)]));
		},
	};
}

/**
 * What a first try by "Retry On Fail" found, by run index. The node's execution context survives a retry but no crash, so
 * a second try does not take the notes of the first for those of a crash.
 */
function foundBefore(context: IExecuteFunctions): Record<number, CrashedTry> {
	const memory = context.getContext('node');
	if (!isRecord(memory.crashedTries)) memory.crashedTries = {};
	return memory.crashedTries as Record<number, CrashedTry>;
}

async function ignoringFailure<T>(call: () => Promise<T>): Promise<T | undefined> {
	try {
		return await call();
	} catch {
		return undefined;
	}
}
