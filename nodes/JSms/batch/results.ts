import { notSentBecause, thenDo, type Cause } from '../model/cause';
import type { Outcome } from '../model/outcome';
import type { RejectedEntry, Result } from '../model/recipient';
import { LOOK_UP_FIRST } from '../model/returnCodes';

/** The result of an entry that was refused before sending. */
export function resultOfRejected({ problem }: RejectedEntry): Result {
	return {
		status: 'failed',
		message: problem.message,
		hint: problem.hint,
		safeToRetry: false,
		scope: problem.concerns === 'everyone' ? 'application' : 'recipient',
	};
}

/** The result of a recipient whose request was not sent. */
export function resultOfNotSent(cause: Cause): Result {
	return {
		status: 'failed',
		message: notSentBecause(cause),
		hint: `Sending stopped before this number. ${thenDo(cause, 'send the rows of the Failed output again.')}`,
		safeToRetry: true,
		scope: 'request',
	};
}

/** The result that all recipients of a request share, because it was not accepted. */
export function resultOfOutcome(outcome: Exclude<Outcome, { class: 'accepted' }>): Result {
	const { message, hint } = outcome;
	switch (outcome.class) {
		case 'refused': {
			const { code, safeToRetry } = outcome;
			const scope = outcome.scope === 'code' ? 'request' : outcome.scope;
			return { status: 'failed', ...(code !== undefined && { code }), message, hint, safeToRetry, scope };
		}
		case 'notAttempted':
			return { status: 'failed', message, hint, safeToRetry: true, scope: 'application' };
		case 'unknown': {
			const { code } = outcome;
			return { status: 'unknown', ...(code !== undefined && { code }), message, hint, safeToRetry: false };
		}
	}
}

/** The result of a recipient who may or may not have been sent to. */
export function unknownResult(message: string): Result & { status: 'failed' | 'unknown' } {
	return { status: 'unknown', message, hint: LOOK_UP_FIRST, safeToRetry: false };
}
