import { makePlan } from '../send/plan';
import { Acceptance, KIND_OF_TYPE } from '../send/accept';
import { failedRow, readRecipients, readTag, reserveAll } from '../send/batch';
import { shuffled } from '../random';
import type { Call, Routes } from '../serve';

/** Template messages to up to 1000 numbers. Each recipient succeeds or fails for itself. */

function ordered<T>(rows: T[], order: string, seed: number): T[] {
	if (order === 'reversed') return rows.reverse();
	return order === 'shuffled' ? shuffled(rows, seed) : rows;
}

/** POST /messages/batch */
function sendBatch({ state, application, body, request, newId }: Call) {
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

export const messagesBatch: Routes = {
	'/messages/batch': { POST: { sends: true, takesBody: true, optional: ['sign_id', 'tag'], handle: sendBatch } },
};
