/**
 * Everything that remembers what was sent before. An SMS costs money and the service has no idempotency key, so each danger
 * of sending twice has a memory that answers it:
 *
 * - **n8n runs the node again within the execution** ("Retry On Fail", after a throw and after an error item in first
 *   place). Answered by the retry memory: the node's execution context survives the retry, so items that were accepted, or may
 *   have been, get their recorded result and only the rest is sent. Single sends only; a batch never looks failed
 *   to n8n once anything was sent.
 * - **n8n runs a crashed execution again** (1.x, after a worker was killed; under the same execution id). Answered by the
 *   crash notes: what a request is about to send is noted before it leaves, and a request that is noted already comes
 *   out as unknown. By default, wherever there is a saved workflow.
 * - **The workflow runs again**, by a person or a trigger, under a new execution id. Answered by the send-once keys, which
 *   the user names: a key is claimed before sending, and given back when the send certainly did not happen.
 *
 * Crash notes and keys lie in n8n's own dedupe store, one database record per saved workflow and node; `dedupeStore` says
 * what it guarantees. What another process has undone there is recorded again a moment later, in the background or on the way
 * of another call. A run that uses keys waits for that before it ends: the next run may ask for them at once, and the process
 * may end. Crash notes are of use only as long as their own execution is under way, and a crash before the look-up finds them
 * undone whether the run waits or goes on. So a run without keys goes on; once another process was seen to write the record it
 * waits, too, lest the nodes that follow hold the look-up up.
 *
 * Repeats within one run are no danger but a choice: the option 'Duplicate Recipients'.
 *
 * Apart from sending, `seenCallbacks` remembers for the trigger which callbacks have started an execution.
 */
import type { IExecuteFunctions } from 'n8n-workflow';

import { MAX_CRASH_NOTES, openCrashNotes, type CrashNotes } from './crashNotes';
import { openDedupeStore } from './dedupeStore';
import { MAX_ONCE_KEYS, noStore, openOnceKeys, type OnceKeys } from './onceKeys';

/** What a node remembers beyond the execution. */
export interface SendMemory {
	onceKeys: OnceKeys;
	crashNotes: CrashNotes;
	/** Settles when waiting for others, to ask for something together, has taken as long as a call that this would spare. */
	patience(): Promise<void>;
	/** Waits, where it matters, until everything remembered is safely stored; to be called before a run ends. */
	settle(): Promise<void>;
}

/**
 * Opens the memories of this run that outlive the execution.
 * @param usesKeys whether the node's 'Send Once Key' option is set
 * @throws InputProblem when keys are wanted and there is no store: the user asked for a protection that cannot be given
 */
export function openSendMemory(context: IExecuteFunctions, usesKeys: boolean): SendMemory {
	const store = openDedupeStore(context, MAX_CRASH_NOTES + (usesKeys ? MAX_ONCE_KEYS : 0));
	if (usesKeys && !store) throw noStore('the workflow was never saved');
	return {
		onceKeys: openOnceKeys(store),
		crashNotes: openCrashNotes(context, store),
		patience: async () => await store?.patience(),
		settle: async () => {
			if (usesKeys || store?.isContested()) await store?.settle();
		},
	};
}
