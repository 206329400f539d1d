import { withinSentence } from './cause';
import type { InputProblem } from './inputProblem';
import { maskMobile } from './mask';
import { hintForMobile } from './invalidMobile';
import type { Outcome } from './outcome';

/** Why an item has no result. */
export interface Failure {
	/** One sentence. */
	message: string;
	/** What to do. */
	hint: string;
	outcome: 'refused' | 'notAttempted' | 'unknown' | 'invalidInput' | 'alreadySent';
	safeToRetry: boolean;
	code?: number;
	httpStatus?: number;
	/** In full; masked wherever a sentence names it. */
	mobile?: string;
}

/** A failure of bad input, found before anything was sent. */
export function failureOfInput(problem: InputProblem): Failure {
	return { message: problem.message, hint: problem.hint, outcome: 'invalidInput', safeToRetry: false };
}

/**
 * A failure that the service or the way to it caused.
 * @param mobile the number it concerned, if any
 */
export function failureOfOutcome(outcome: Exclude<Outcome, { class: 'accepted' }>, mobile?: string): Failure {
	const number = mobile === undefined ? undefined : maskMobile(mobile);
	const common = { hint: outcome.hint, outcome: outcome.class, ...(mobile !== undefined && { mobile }) };
	switch (outcome.class) {
		case 'refused': {
			const { code, httpStatus, safeToRetry } = outcome;
			return {
				...common,
				hint: hintForMobile(code, mobile, outcome.hint),
				message: number === undefined ? outcome.message : `${number}: ${withinSentence(outcome.message)}`,
				safeToRetry,
				...(code !== undefined && { code }),
				...(httpStatus !== undefined && { httpStatus }),
			};
		}
		case 'notAttempted':
			return {
				...common,
				message: `${outcome.message}: nothing was sent${number === undefined ? '' : ` to ${number}`}`,
				safeToRetry: true,
			};
		case 'unknown': {
			const { code, httpStatus } = outcome;
			return {
				...common,
				message: `${outcome.message}: the result${number === undefined ? '' : ` for ${number}`} is unknown`,
				safeToRetry: false,
				...(code !== undefined && { code }),
				...(httpStatus !== undefined && { httpStatus }),
			};
		}
	}
}
