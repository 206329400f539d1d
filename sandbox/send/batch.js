'use strict';

const { Refusal, RETURN_CODES } = require('../codes');

/** What requests with many recipients have in common, sent at once or scheduled. */

const MOST_RECIPIENTS = 1000;
const LONGEST_TAG = 10;

/** @param {Record<string, any>} body @returns {any[]} */
function readRecipients({ recipients }) {
	if (recipients === undefined || recipients === null) throw new Refusal(50030);
	if (!Array.isArray(recipients)) throw new Refusal(50007);
	if (recipients.length === 0) throw new Refusal(50030);
	if (recipients.length > MOST_RECIPIENTS) throw new Refusal(50031);
	return recipients;
}

/** @param {Record<string, any>} body @param {import('../settings').Settings} settings @returns {string | null} */
function readTag({ tag }, settings) {
	if (tag === undefined || tag === null) return null;
	if (typeof tag !== 'string') throw new Refusal(50007);
	if (settings.longTag === 'refuse' && [...tag].length > LONGEST_TAG) throw new Refusal(50007);
	return tag;
}

/**
 * Reserves every recipient for itself.
 * @param {import('./accept').Acceptance} acceptance
 * @param {import('./plan').SendPlan} plan
 * @param {any[]} recipients as they came
 * @param {{ request: number, path: string }} from the request, for the list of refusals
 * @returns {({ code: number } | import('./accept').Reservation)[]}
 * @throws {Refusal} when what some are refused for refuses the whole request; nothing is reserved then
 */
function reserveAll(acceptance, plan, recipients, from) {
	const results = recipients.map((recipient) =>
		isRecord(recipient) ? acceptance.reserve(plan, recipient.mobile, recipient.temp_para) : { code: 50007 },
	);
	const refusal = wholeRefusal(results, acceptance.settings);
	if (refusal === undefined) {
		results.forEach((result, index) => {
			if (!('code' in result)) return;
			const { mobile = '' } = isRecord(recipients[index]) ? recipients[index] : {};
			const { state, now } = acceptance;
			state.refusals.add({ at: now, mobile: String(mobile ?? ''), code: result.code, ...from });
		});
		return results;
	}
	for (const result of results) if (!('code' in result)) acceptance.release(result);
	throw new Refusal(refusal);
}

/**
 * @param {({ code: number } | import('./accept').Reservation)[]} results
 * @param {import('../settings').Settings} settings
 * @returns {number | undefined} the code
 */
function wholeRefusal(results, settings) {
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
 * @param {any} recipient as it came
 * @param {number} code
 * @param {string | undefined} msgId undefined: lines of this answer have none
 * @param {import('../settings').Settings} settings
 */
function failedRow(recipient, code, msgId, settings) {
	return {
		error_code: String(code),
		error_message: RETURN_CODES[code].message,
		...(msgId !== undefined && settings.failedRowsCarryId ? { msg_id: msgId } : {}),
		...(isRecord(recipient) && recipient.mobile !== undefined && recipient.mobile !== null
			? { mobile: String(recipient.mobile) }
			: {}),
		...(isRecord(recipient) && settings.failedRowsEchoParameters && recipient.temp_para !== undefined
			? { temp_para: recipient.temp_para }
			: {}),
	};
}

/** @param {any} value */
function isRecord(value) {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

module.exports = { failedRow, readRecipients, readTag, reserveAll };
