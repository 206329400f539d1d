'use strict';

const { makePlan } = require('../send/plan');
const { Acceptance, KIND_OF_TYPE } = require('../send/accept');
const { failedRow, readRecipients, readTag, reserveAll } = require('../send/batch');
const { shuffled } = require('../random');

/** Template messages to up to 1000 numbers. Each recipient succeeds or fails for itself. */

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
	const results = reserveAll(acceptance, plan, recipients, { request, path: '/v1/messages/batch' });

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

/** @type {Record<string, Record<string, import('../serve').Endpoint>>} */
module.exports = {
	'/messages/batch': { POST: { sends: true, takesBody: true, optional: ['sign_id', 'tag'], handle: sendBatch } },
};
