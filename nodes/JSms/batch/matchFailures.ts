import { isRecord, toText } from '../model/json';
import { AMBIGUOUS, assignByEcho, groupByMobile, isCountWithin, textsAgree, toResult } from './match';
import { unknownResult } from './results';
import { type Matched, type Recipient, type Result } from '../model/recipient';

/** Why the result of recipients that a response does not name is unknown. */
const NO_LIST = unknownResult("JSMS's response lacks the ID of the schedule or its list of failures");
const COUNTS_DIFFER = unknownResult(
	"JSMS's response contradicts itself: its count of failures does not match those that it lists",
);

/**
 * Gives every recipient of an accepted scheduled batch its result. The response lists only those that failed (absent, null or
 * empty when nobody did); the others are scheduled, as long as nothing in the response speaks against it.
 *
 * @param recipients the recipients in the order of the request
 * @param body       response of POST and PUT /schedule/batch: `{ schedule_id, success_count, failure_count,
 *                   failure_recipients: [{ mobile, error_code, error_message, temp_para? }] }`
 */
export function matchFailures(recipients: readonly Recipient[], body: unknown): Matched {
	const scheduleId = isRecord(body) ? toText(body.schedule_id) : undefined;
	const listed = isRecord(body) ? (body.failure_recipients ?? []) : undefined;
	if (scheduleId === undefined || !isRecord(body) || !Array.isArray(listed)) {
		return { results: recipients.map(() => NO_LIST), unmatched: 0 };
	}
	const { groups, unmatched } = groupByMobile(recipients, listed);
	const results = new Array<Result | undefined>(recipients.length).fill(undefined);
	let leftOver = unmatched;
	for (const { indexes, rows } of groups) leftOver += assignFailures(recipients, indexes, rows, results);

	const failed = results.filter((result) => result?.status === 'failed').length;
	// Counts that leave no room for those that are named: then the names prove nothing either.
	if (
		!isCountWithin(body.failure_count, failed, Infinity) ||
		!isCountWithin(body.success_count, 0, recipients.length - failed)
	) {
		return { results: recipients.map(() => ({ ...COUNTS_DIFFER, scheduleId })), unmatched: leftOver };
	}
	const certain =
		leftOver === 0 &&
		isCountWithin(body.failure_count, listed.length, listed.length) &&
		isCountWithin(body.success_count, recipients.length - listed.length, recipients.length - listed.length);
	const scheduled: Result = { status: 'sent', scheduleId };
	const unnamed = certain ? scheduled : COUNTS_DIFFER;
	return {
		results: results.map((result) => (result ? { ...result, scheduleId } : unnamed)),
		unmatched: leftOver,
	};
}

/** Assigns the failures of one number; returns how many were left over. */
function assignFailures(
	recipients: readonly Recipient[],
	indexes: number[],
	rows: Array<Record<string, unknown>>,
	results: Array<Result | undefined>,
): number {
	const { open, left } = assignByEcho(recipients, indexes, rows, (index, row) => {
		results[index] = toFailure(row);
	});
	if (left.length === 0) return 0;
	if (left.length < open.length && !textsAgree(recipients, open)) {
		for (const index of open) results[index] = AMBIGUOUS;
		return 0;
	}
	// The last of equal messages: the service takes the first and refuses what repeats it (50034).
	const last = open.slice(Math.max(0, open.length - left.length));
	last.forEach((index, at) => {
		results[index] = toFailure(left[at]);
	});
	return left.length - last.length;
}

/** A row of this list without a code that can be read says both that it failed and that it did not. */
function toFailure(row: Record<string, unknown>): Result {
	const result = toResult(row);
	return result.status === 'sent' ? COUNTS_DIFFER : result;
}
