/**
 * Everything that remembers what was sent before. An SMS costs money and the service has no idempotency key, so each danger
 * of sending twice has a memory that answers it:
 *
 * - **n8n runs the node again within the execution** ("Retry On Fail"): the retry memory. The node's execution context survives
 *   the retry, so an item that was accepted, or may have been, keeps its result, whatever its expressions give now. Single
 *   messages only: a batch never looks failed to n8n once anything was sent.
 * - **n8n runs an execution again after a crash** (1.x, under the same execution ID): the run note. It says that this run of
 *   the node began to send; when it is there already, every recipient without a usable key comes out as unknown.
 * - **The workflow runs again**, by a person or a trigger, under a new execution ID: the send-once keys, which the user names. A
 *   key is claimed before sending and given back when the message certainly was not sent.
 *
 * Keys and notes lie in n8n's own dedupe store: keys in the record of the node, notes in the record of the workflow, so that
 * notes never push keys out. `dedupeRecord` says what that store guarantees. A run that uses keys waits for look-ups before it
 * ends; notes are looked up in the background.
 *
 * Repeats within one run are no danger but a choice: the option 'Duplicate Recipients'.
 *
 * Apart from sending, `seenCallbacks` remembers for the trigger which callbacks have started an execution.
 */
export { openOnceKeys, type KeyVerdict, type OnceKeys } from './onceKeys';
export { openRetryMemory, type RetryMemory } from './retryMemory';
export { openRunNote, type InterruptedTry } from './runNote';
