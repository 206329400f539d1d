import { unknownResult } from '../batch/results';
import { LOOK_UP_FIRST } from '../model/returnCodes';
import { failureOfOutcome } from '../model/failure';
import type { Result } from '../model/recipient';
import type { ApiRequest } from '../model/request';
import type { ItemResult, SingleOperation } from '../model/operation';
import { mobileOf, explainUnknown } from './itemResult';

const WORDS = {
	message: 'n8n was interrupted while sending and ran this execution again',
	hint: LOOK_UP_FIRST,
};

/** A recipient whom an earlier try of this execution may have sent to, before it died. */
export const INTERRUPTED: Result = unknownResult(WORDS.message);

/**
 * An item that an earlier try of this execution may have sent, before it died.
 * @param request where the item could be read
 */
export function resultOfInterrupted(operation: SingleOperation, request?: ApiRequest): ItemResult {
	const failure = failureOfOutcome({ class: 'unknown', ...WORDS }, request && mobileOf(request));
	return { failure: explainUnknown(operation, failure) };
}
