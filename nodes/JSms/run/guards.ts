import { createHash } from 'node:crypto';
import type { IExecuteFunctions } from 'n8n-workflow';

import { InputProblem } from '../fields/problem';
import { isRecord } from '../json';
import type { ApiRequest } from '../operation';
import { openDedupeStore, type DedupeStore } from './dedupeStore';

/** Keys a node remembers where the option is used: n8n rewrites the whole record with every request. */
export const MAX_ONCE_KEYS = 100_000;

/** Starts a node remembers otherwise: the requests of a run with a million recipients, and room for others at the same time. */
const MAX_STARTS = 2_000;

/** Protects against sending what an earlier run, or a run that crashed, may have sent already. */
export interface SendGuards {
	/**
	 * Claims keys before sending.
	 * @returns those that were used before; they must not be sent
	 */
	claimKeys(keys: string[]): Promise<Set<string>>;
	/** Gives keys back after a send that certainly did not happen. */
	releaseKeys(keys: string[]): Promise<void>;
	/**
	 * Notes that this run of the node is about to send.
	 * @param content what it is about to send, in pieces of text
	 * @param requests how many starts it will note, splitting aside
	 */
	startRun(content: () => Iterable<string>, requests: number): Promise<Restart>;
	/**
	 * Notes that something is about to be sent by this execution.
	 * @returns false when an earlier try of the same execution already started the same
	 */
	start(what: string): Promise<boolean>;
	/** Takes the note back after a send that certainly did not happen. */
	cancelStart(what: string): Promise<void>;
	/** Waits until everything noted is safely stored; to be called before a run ends. */
	settle(): Promise<void>;
}

/**
 * Opens the guards of this run.
 * @param usesKeys whether the node's 'Send Once Key' option is set
 * @throws InputProblem when keys are wanted and there is no store: the user asked for a protection that cannot be given
 */
export function openGuards(context: IExecuteFunctions, usesKeys: boolean): SendGuards {
	const store = openDedupeStore(context, usesKeys ? MAX_ONCE_KEYS : MAX_STARTS);
	if (usesKeys && !store) throw storeProblem('the workflow was never saved');
	return { ...keyGuard(store), ...startGuard(context, store), settle: async () => await store?.settle() };
}

function keyGuard(store: DedupeStore | undefined): Pick<SendGuards, 'claimKeys' | 'releaseKeys'> {
	const claimed = new Set<string>();
	return {
		claimKeys: async (keys) => {
			if (keys.length === 0 || !store) return new Set();
			// The store takes entries that are new together for new each, so repeats within the run are found here.
			const repeated = keys.filter((key) => claimed.has(key));
			const fresh = keys.filter((key) => !claimed.has(key));
			try {
				const used = fresh.length > 0 ? await store.record(fresh.map(onceEntry)) : new Set<string>();
				for (const key of fresh) claimed.add(key);
				return new Set([...repeated, ...fresh.filter((key) => used.has(onceEntry(key)))]);
			} catch (error) {
				throw storeProblem(error instanceof Error ? error.message : String(error));
			}
		},
		releaseKeys: async (keys) => {
			if (keys.length === 0 || !store) return;
			for (const key of keys) claimed.delete(key);
			await ignoringFailure(async () => await store.forget(keys.map(onceEntry)));
		},
	};
}

function startGuard(
	context: IExecuteFunctions,
	store: DedupeStore | undefined,
): Pick<SendGuards, 'startRun' | 'start' | 'cancelStart'> {
	const executionId = context.getExecutionId();
	if (!store || !executionId) {
		return { startRun: async () => 'none', start: async () => true, cancelStart: async () => {} };
	}
	const runIndex = context.getWorkflowDataProxy(0).$runIndex as number;
	const entryOf = (what: string) => `start:${executionId}/${runIndex}/${what}`;
	// Nobody asked for this guard, so it steps aside where the store does not answer.
	return {
		startRun: async (content, requests) => {
			// A run must not push its own first starts out of the store; twice as many leave room for split requests.
			store.reserve(2 * requests);
			const [run, same] = [entryOf('run'), entryOf(`run/${fingerprint(content())}`)];
			const before = await ignoringFailure(async () => await store.record([run, same]));
			if (!before?.has(run)) return 'none';
			return before.has(same) ? 'same' : 'changed';
		},
		start: async (what) => {
			const before = await ignoringFailure(async () => await store.record([entryOf(what)]));
			return before === undefined || before.size === 0;
		},
		cancelStart: async (what) => {
			await ignoringFailure(async () => await store.forget([entryOf(what)]));
		},
	};
}

/** How a run relates to an earlier try of the same execution that died: there was none, it had the same content or other. */
export type Restart = 'none' | 'same' | 'changed';

/**
 * Tells whether an earlier try of this execution died in this very run of the node: nobody knows then how far it got.
 * A second try by "Retry On Fail" is told apart by the node's execution context, which survives a retry but no crash.
 * @param requests how many requests the run plans
 * @param content what the run is about to send; n8n runs everything before the node again, too, so it may differ
 */
export async function findRestart(
	context: IExecuteFunctions,
	guards: SendGuards,
	content: () => Iterable<string>,
	requests: number,
): Promise<Restart> {
	const memory = context.getContext('node');
	if (!isRecord(memory.restarts)) memory.restarts = {};
	const restarts = memory.restarts as Record<string, Restart>;
	const runIndex = String(context.getWorkflowDataProxy(0).$runIndex);
	restarts[runIndex] ??= await guards.startRun(content, requests);
	return restarts[runIndex];
}

/** A short fingerprint of a request's content. */
export function digest({ method, path, body }: ApiRequest): string {
	return fingerprint([JSON.stringify([method, path, body ?? null])]);
}

function fingerprint(pieces: Iterable<string>): string {
	const hash = createHash('sha256');
	for (const piece of pieces) hash.update(piece).update('\n');
	return hash.digest('hex').slice(0, 32);
}

function onceEntry(key: string): string {
	return `once:${key}`;
}

async function ignoringFailure<T>(call: () => Promise<T>): Promise<T | undefined> {
	try {
		return await call();
	} catch {
		return undefined;
	}
}

function storeProblem(reason: string): InputProblem {
	return new InputProblem(
		`'Send Once Key' cannot be used because n8n's memory of used keys is not available (${reason})`,
		"Nothing was sent. Save the workflow first, or remove the option 'Send Once Key'.",
		'everyone',
	);
}
