import { unknownResult } from '../batch/results';
import { LOOK_UP_FIRST } from '../model/returnCodes';
import { failureOfOutcome } from '../model/failure';
import type { Result } from '../model/recipient';
import type { ItemResult, SingleOperation } from '../model/operation';
import type { OnceKeys } from '../memory';
import { explainUnknown } from './itemResult';

const WORDS = {
	message: 'n8n was interrupted while sending and ran this execution again',
	hint: LOOK_UP_FIRST,
};

/** A recipient whom an earlier try of this execution may have sent to, before it died. */
export const INTERRUPTED: Result = unknownResult(WORDS.message);

/**
 * An item that an earlier try of this execution may have sent, before it died.
 * @param mobile where the item could be read
 */
export function resultOfInterrupted(operation: SingleOperation, mobile?: string): ItemResult {
	const failure = failureOfOutcome({ class: 'unknown', ...WORDS }, mobile);
	return { failure: explainUnknown(operation, failure) };
}

/**
 * For those whom a repeated run did not send to: which of their send-once keys the interrupted try used. Such a message may have
 * gone out. All of them, where the store cannot tell.
 */
export async function usedByInterruptedTry(
	onceKeys: Pick<OnceKeys, 'claim' | 'release'>,
	keys: readonly string[],
): Promise<ReadonlySet<string>> {
	try {
		const used = new Set((await onceKeys.claim(keys)).keys());
		await onceKeys.release(keys.filter((key) => !used.has(key)));
		return used;
	} catch {
		return new Set(keys);
	}
}
