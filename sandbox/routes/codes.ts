import { randomInt } from 'node:crypto';
import { Refusal } from '../codes';
import { makePlan } from '../send/plan';
import { checkMobile } from '../send/recipient';
import { Acceptance } from '../send/accept';
import type { Call, Routes } from '../serve';
import type { State } from '../state';

/** Verification codes by text, and their verification. Six digits: the length one official SDK insists on. */

function newCode(): string {
	return String(randomInt(0, 1_000_000)).padStart(6, '0');
}

/** POST /codes */
function sendCode({ state, application, body, request, newId }: Call) {
	const number = checkMobile(body.mobile, state.settings);
	if ('code' in number) throw new Refusal(number.code);
	const plan = makePlan(state, application, body, (type) => type === 1);
	const code = newCode();
	const acceptance = new Acceptance(state, application, 'code');
	const reservation = acceptance.reserve(plan, number.mobile, { code });
	if ('code' in reservation) throw new Refusal(reservation.code);
	const msgId = newId();
	acceptance.commit(
		{ ...reservation, values: {} },
		{ msg_id: msgId, kind: 'code', temp_id: plan.template.temp_id, sign_id: plan.signId, tag: null, request, code },
	);
	state.verification.issue(msgId, application.app_key, code, state.now() + (plan.template.ttl ?? 60) * 1000);
	return { body: { msg_id: msgId } };
}

/** POST /codes/{msg_id}/valid */
function verifyCode({ state, application, body, params }: Call) {
	const { settings } = state;
	const given = body.code;
	if (given === undefined || given === null || given === '') throw new Refusal(50015);
	if (typeof given !== 'string' && typeof given !== 'number') throw new Refusal(50007);
	const refused = state.verification.knows(params.msgId, application.app_key)
		? state.verification.tryCode(params.msgId, String(given), state.now(), settings.verifyAttempts)
		: isMessage(state, params.msgId)
			? settings.verifyOtherMessages
			: 50026;
	if (refused !== undefined) {
		throw new Refusal(refused, { status: settings.verifyFailureStatus, extra: { is_valid: false } });
	}
	return { body: { is_valid: true } };
}

function isMessage(state: State, msgId: string) {
	return state.ledger.entries.some((entry) => entry.msg_id === msgId && entry.code === undefined);
}

export const codes: Routes = {
	'/codes': { POST: { sends: true, takesBody: true, optional: ['sign_id'], handle: sendCode } },
	'/codes/:msgId/valid': { POST: { takesBody: true, handle: verifyCode } },
};
