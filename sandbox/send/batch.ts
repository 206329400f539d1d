import { Refusal, RETURN_CODES } from '../codes';
import { isObject } from '../json';
import type { Body } from '../serve';
import type { Settings } from '../settings';
import type { Acceptance, Reservation } from './accept';
import type { SendPlan } from './plan';
import type { Refused } from './recipient';

/** What requests with many recipients have in common, sent at once or scheduled. */

const MOST_RECIPIENTS = 1000;
const LONGEST_TAG = 10;

export function readRecipients({ recipients }: Body): unknown[] {
	if (recipients === undefined || recipients === null) throw new Refusal(50030);
	if (!Array.isArray(recipients)) throw new Refusal(50007);
	if (recipients.length === 0) throw new Refusal(50030);
	if (recipients.length > MOST_RECIPIENTS) throw new Refusal(50031);
	return recipients;
}

export function readTag({ tag }: Body, settings: Settings): string | null {
	if (tag === undefined || tag === null) return null;
	if (typeof tag !== 'string') throw new Refusal(50007);
	if (settings.longTag === 'refuse' && [...tag].length > LONGEST_TAG) throw new Refusal(50007);
	return tag;
}

/**
 * Reserves every recipient for itself.
 * @param recipients as they came
 * @param from the request, for the list of refusals
 * @throws {Refusal} when what some are refused for refuses the whole request; nothing is reserved then
 */
export function reserveAll(
	acceptance: Acceptance,
	plan: SendPlan,
	recipients: unknown[],
	from: { request: number; path: string },
): (Refused | Reservation)[] {
	const results = recipients.map((recipient) =>
		isObject(recipient) ? acceptance.reserve(plan, recipient.mobile, recipient.temp_para) : { code: 50007 },
	);
	const refusal = wholeRefusal(results, acceptance.settings);
	if (refusal === undefined) {
		results.forEach((result, index) => {
			if (!('code' in result)) return;
			const { mobile = '' } = isObject(recipients[index]) ? recipients[index] : {};
			const { state, now } = acceptance;
			state.refusals.add({ at: now, mobile: String(mobile ?? ''), code: result.code, ...from });
		});
		return results;
	}
	for (const result of results) if (!('code' in result)) acceptance.release(result);
	throw new Refusal(refusal);
}

/** @returns the code */
function wholeRefusal(results: (Refused | Reservation)[], settings: Settings): number | undefined {
	let first;
	let anySent = false;
	for (const result of results) {
		if (!('code' in result)) {
			anySent = true;
			continue;
		}
		first ??= result.code;
		if (settings.wholeRequestCodes.includes(result.code)) return result.code;
		if (result.code === 50014 && settings.batchWithoutMoney === 'whole') return result.code;
	}
	return !anySent && settings.allRowsFailed === 'envelope' ? first : undefined;
}

/**
 * The line of a recipient that was refused.
 * @param recipient as it came
 * @param msgId undefined: lines of this answer have none
 */
export function failedRow(recipient: unknown, code: number, msgId: string | undefined, settings: Settings) {
	return {
		error_code: String(code),
		error_message: RETURN_CODES[code].message,
		...(msgId !== undefined && settings.failedRowsCarryId ? { msg_id: msgId } : {}),
		...(isObject(recipient) && recipient.mobile !== undefined && recipient.mobile !== null
			? { mobile: String(recipient.mobile) }
			: {}),
		...(isObject(recipient) && settings.failedRowsEchoParameters && recipient.temp_para !== undefined
			? { temp_para: recipient.temp_para }
			: {}),
	};
}
