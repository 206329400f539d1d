import type { IExecuteFunctions } from 'n8n-workflow';

import { isRecord } from '../model/json';
import { openDedupeRecord } from './dedupeRecord';
import { fingerprint } from './digest';

/** Notes of all nodes of a workflow that are kept. n8n's Remove Duplicates node may share the record and keeps as many by default. */
export const MAX_RUN_NOTES = 10_000;

/**
 * Whether an earlier try of this execution died in this very run of the node: it did not, it had the same send-once keys, or
 * nothing tells whom it reached, because there are no keys or others.
 */
export type InterruptedTry = 'none' | 'sameKeys' | 'unprotected';

/**
 * Notes that this run of the node is about to send, and tells whether a try of the same execution did so before: n8n 1.x runs
 * an execution again, under its ID, when a worker died. Nobody asked for the note, so a store that is missing, refuses or does
 * not respond in time does not hold the run up.
 *
 * "Retry On Fail" is no crash: the execution context survives it, and remembers what the first try found.
 *
 * @param keys send-once keys of the run's items; undefined where the option is not used
 */
export async function openRunNote(
	context: IExecuteFunctions,
	keys: readonly string[] | undefined,
): Promise<InterruptedTry> {
	const executionId = context.getExecutionId();
	if (!executionId) return 'none';
	const run = `run:${context.getNode().id}/${executionId}/${context.getWorkflowDataProxy(0).$runIndex as number}`;
	const found = foundBefore(context);
	return (found[run] ??= await findInterruptedTry(context, run, keys));
}

async function findInterruptedTry(
	context: IExecuteFunctions,
	run: string,
	keys: readonly string[] | undefined,
): Promise<InterruptedTry> {
	const record = openDedupeRecord(context, { scope: 'workflow', maxEntries: MAX_RUN_NOTES, exclusive: false });
	// In any order: the nodes before this one may give their items in another one the second time.
	const withKeys = keys && `${run}/${fingerprint([...keys].sort())}`;
	const recorded = await record?.record(withKeys ? [run, withKeys] : [run]).catch(() => undefined);
	if (!recorded?.known.has(run)) return 'none';
	return withKeys && recorded.known.has(withKeys) ? 'sameKeys' : 'unprotected';
}

/** What the first try of each run found, by run. */
function foundBefore(context: IExecuteFunctions): Record<string, InterruptedTry> {
	const memory = context.getContext('node');
	if (!isRecord(memory.interruptedTries)) memory.interruptedTries = {};
	return memory.interruptedTries as Record<string, InterruptedTry>;
}
