import { Refusal } from '../codes';
import { makePlan } from '../send/plan';
import { checkMobile } from '../send/recipient';
import { Acceptance, KIND_OF_TYPE } from '../send/accept';
import type { Call, Routes } from '../serve';

/** Template messages to one number. */

/** POST /messages */
function sendMessage({ state, application, body, request, newId }: Call) {
	// Asked for first, so that an empty body is "missing mobile", as the order of the documented table suggests.
	const number = checkMobile(body.mobile, state.settings);
	if ('code' in number) throw new Refusal(number.code);
	const { settings } = state;
	const plan = makePlan(state, application, body, (type) => type !== 1 || settings.codeTemplateInMessages === 'allow');
	const acceptance = new Acceptance(state, application, KIND_OF_TYPE[plan.template.type]);
	const reservation = acceptance.reserve(plan, number.mobile, body.temp_para);
	if ('code' in reservation) throw new Refusal(reservation.code);
	const msgId = newId();
	acceptance.commit(reservation, {
		msg_id: msgId,
		kind: 'message',
		temp_id: plan.template.temp_id,
		sign_id: plan.signId,
		tag: null,
		request,
	});
	// The documented answer has this id unquoted, other than those of codes and batch rows.
	const unquoted = settings.msgIds === 'documented' && Number.isSafeInteger(Number(msgId));
	return { body: { msg_id: unquoted ? Number(msgId) : msgId } };
}

export const messages: Routes = {
	'/messages': { POST: { sends: true, takesBody: true, optional: ['sign_id'], handle: sendMessage } },
};
