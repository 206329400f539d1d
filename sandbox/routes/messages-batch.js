'use strict';

const { Refusal, RETURN_CODES } = require('../codes');
const { makePlan } = require('../send/plan');
const { Acceptance, KIND_OF_TYPE } = require('../send/accept');
const { shuffled } = require('../random');

/** Template messages to up to 1000 numbers. Each recipient succeeds or fails for itself. */

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
 * @param {any} recipient as it came
 * @param {number} code
 * @param {string} msgId
 * @param {import('../settings').Settings} settings
 */
function failedRow(recipient, code, msgId, settings) {
	const isRecord = typeof recipient === 'object' && recipient !== null && !Array.isArray(recipient);
	return {
		error_code: String(code),
		error_message: RETURN_CODES[code].message,
		...(settings.failedRowsCarryId ? { msg_id: msgId } : {}),
		...(isRecord && recipient.mobile !== undefined && recipient.mobile !== null
			? { mobile: String(recipient.mobile) }
			: {}),
		...(isRecord && settings.failedRowsEchoParameters && recipient.temp_para !== undefined
			? { temp_para: recipient.temp_para }
			: {}),
	};
}

/** @template T @param {T[]} rows @param {string} order @param {number} seed @returns {T[]} */
function ordered(rows, order, seed) {
	if (order === 'reversed') return rows.reverse();
	return order === 'shuffled' ? shuffled(rows, seed) : rows;
}

/** POST /messages/batch @param {import('../serve').Call} call */
function sendBatch({ state, application, body, request, newId }) {
	const { settings } = state;
	const plan = makePlan(state, application, body, (type) => type !== 1 || settings.codeTemplateInMessages === 'allow');
	const recipients = readRecipients(body);
	const tag = readTag(body, settings);
	const acceptance = new Acceptance(state, application, KIND_OF_TYPE[plan.template.type]);

	const results = recipients.map((recipient) =>
		typeof recipient === 'object' && recipient !== null && !Array.isArray(recipient)
			? acceptance.reserve(plan, recipient.mobile, recipient.temp_para)
			: { code: 50007 },
	);
	const refusal = wholeRefusal(results, settings);
	if (refusal !== undefined) {
		for (const result of results) if (!('code' in result)) acceptance.release(result);
		throw new Refusal(refusal);
	}

	let sent = 0;
	const rows = results.map((result, index) => {
		const msgId = newId();
		if ('code' in result) return failedRow(recipients[index], result.code, msgId, settings);
		sent++;
		acceptance.commit(result, {
			msg_id: msgId,
			kind: 'batch',
			temp_id: plan.template.temp_id,
			sign_id: plan.signId,
			tag,
			request,
		});
		return { msg_id: msgId, mobile: result.mobile };
	});
	return {
		body: {
			success_count: sent,
			failure_count: rows.length - sent,
			recipients: ordered(rows, settings.rowOrder, request),
		},
	};
}

/**
 * Whether what some rows are refused for refuses the whole batch.
 * @param {({ code: number } | import('../send/accept').Reservation)[]} results
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

/** @type {Record<string, Record<string, import('../serve').Endpoint>>} */
module.exports = { '/messages/batch': { POST: { sends: true, takesBody: true, handle: sendBatch } } };
