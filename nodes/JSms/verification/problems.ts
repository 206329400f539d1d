/**
 * What can come of a request beside success: the code in the JSON protocol, and its HTTP status. Pages have the same statuses.
 * Part of the public contract.
 */
export const STATUS_OF = {
	missing_mobile: 400,
	invalid_mobile: 400,
	missing_field: 400,
	missing_code: 400,
	bad_request: 400,
	start_again: 400,
	forbidden: 403,
	not_found: 404,
	used_code: 409,
	expired_code: 410,
	wrong_code: 422,
	too_soon: 429,
	too_many_codes: 429,
	too_many_tries: 429,
	busy: 429,
	not_ready: 500,
	not_sent: 502,
	maybe_sent: 502,
	not_checked: 502,
} as const;

export type ProblemCode = keyof typeof STATUS_OF;

export interface Problem {
	error: ProblemCode;
	/** Seconds after which the same request can succeed. */
	retryAfter?: number;
	/** For `wrong_code`: how many other codes may be tried. */
	triesLeft?: number;
	/** For `missing_field` and `bad_request`: the name of the field it is about. */
	field?: string;
	/** For `bad_request`: what is wrong with the field. */
	reason?: 'tooLong' | 'noEmail';
}

export function isProblem(value: object): value is Problem {
	return 'error' in value;
}
