import { randomUUID } from 'node:crypto';
import { Refusal } from '../codes';
import { makePlan, type SendPlan } from '../send/plan';
import { checkMobile } from '../send/recipient';
import { Acceptance, KIND_OF_TYPE, type Reservation } from '../send/accept';
import { failedRow, readRecipients, readTag, reserveAll } from '../send/batch';
import type { State } from '../state';
import type { Body, Call, Routes } from '../serve';
import type { Schedule, ScheduleKind } from '../schedules';
import type { Application } from '../seed';

/** Messages to be sent later, to one number or to many ("Schedule" page). A schedule is read and deleted in one way. */

/** Reads `send_time`: wall clock of the service, `yyyy-MM-dd HH:mm:ss`. */
function readSendTime(given: unknown, state: State): { send_time: string; at: number } {
	const match = typeof given === 'string' ? /^(\d{4})-(\d\d)-(\d\d) (\d\d):(\d\d):(\d\d)$/.exec(given) : null;
	if (!match) throw new Refusal(50027);
	const [year, month, day, hour, minute, second] = match.slice(1).map(Number);
	const wall = Date.UTC(year, month - 1, day, hour, minute, second);
	// A day or hour that does not exist comes out as another one.
	if (new Date(wall).toISOString().replace('T', ' ').slice(0, 19) !== match[0]) throw new Refusal(50027);
	const at = wall - state.settings.sendTimeOffsetMinutes * 60_000;
	if (at <= state.now()) throw new Refusal(50027);
	const horizon = state.settings.scheduleHorizonDays * 24 * 3600_000;
	if (horizon > 0 && at - state.now() > horizon) throw new Refusal(50027);
	return { send_time: match[0], at };
}

/** The plan of a scheduled message; every template type that can be sent at once can be scheduled. */
function planOf({ state, application, body }: Pick<Call, 'state' | 'application' | 'body'>) {
	return makePlan(state, application, body, (type) => type !== 1 || state.settings.codeTemplateInMessages === 'allow');
}

/** Makes or replaces a schedule out of what was reserved for its recipients. */
function schedule({ state, application, body, request, newId }: Call, kind: ScheduleKind, id: string) {
	const { settings } = state;
	const time = readSendTime(body.send_time, state);
	const number = kind === 'single' ? checkMobile(body.mobile, settings) : undefined;
	if (number && 'code' in number) throw new Refusal(number.code);
	const plan = planOf({ state, application, body });
	const asked = kind === 'single' ? [body] : readRecipients(body);
	const tag = kind === 'batch' ? readTag(body, settings) : null;
	const acceptance = new Acceptance(state, application, KIND_OF_TYPE[plan.template.type]);
	const results =
		kind === 'single'
			? [reserveOne(acceptance, plan, body)]
			: reserveAll(acceptance, plan, asked, { request, path: '/v1/schedule/batch' });
	const reserved = results.filter((result): result is Reservation => !('code' in result));
	if (settings.scheduleMoney === 'atSending') for (const one of reserved) acceptance.release(one);
	state.schedules.put({
		schedule_id: id,
		app_key: application.app_key,
		kind,
		...time,
		temp_id: plan.template.temp_id,
		sign_id: plan.signId,
		tag,
		status: 'waiting',
		request,
		recipients: reserved.map((reservation) => ({
			msg_id: newId(),
			mobile: reservation.mobile,
			temp_para: reservation.values,
			reservation,
		})),
		plan,
	});
	state.changed();
	const failures = results.flatMap((result, index) =>
		'code' in result ? [failedRow(asked[index], result.code, undefined, settings)] : [],
	);
	if (kind === 'single') return { body: { schedule_id: id } };
	const none = { empty: { failure_recipients: [] }, absent: {}, null: { failure_recipients: null } };
	return {
		body: {
			schedule_id: id,
			success_count: reserved.length,
			failure_count: failures.length,
			...(failures.length > 0 ? { failure_recipients: failures } : none[settings.noScheduleFailures]),
		},
	};
}

function reserveOne(acceptance: Acceptance, plan: SendPlan, recipient: Body): Reservation {
	const reservation = acceptance.reserve(plan, recipient.mobile, recipient.temp_para);
	if ('code' in reservation) throw new Refusal(reservation.code);
	return reservation;
}

/** A schedule of this application that still waits. */
function waitingOf({ state, application, params }: Call) {
	const found = state.schedules.get(params.scheduleId);
	if (!found || found.app_key !== application.app_key) throw new Refusal(50028);
	if (found.status !== 'waiting') throw new Refusal(50029);
	return found;
}

/** Gives back what a schedule took at submission. */
function release(state: State, old: Schedule) {
	if (state.settings.scheduleMoney === 'atSending') return;
	const acceptance = acceptanceOf(state, old);
	for (const { reservation } of old.recipients) acceptance.release(reservation);
}

function acceptanceOf(state: State, { app_key: key, plan }: Schedule) {
	const application = state.accounts.applications.get(key) as Application;
	return new Acceptance(state, application, KIND_OF_TYPE[plan.template.type]);
}

const create = (kind: ScheduleKind) => (call: Call) => schedule(call, kind, randomUUID());

const replace = (kind: ScheduleKind) => (call: Call) => {
	const old = waitingOf(call);
	if (call.state.settings.scheduleKinds === 'separate' && old.kind !== kind) throw new Refusal(50028);
	// What the old one took counts for the new one; it is taken again when the new one is refused.
	release(call.state, old);
	try {
		return schedule(call, kind, old.schedule_id);
	} catch (error) {
		if (call.state.settings.scheduleMoney !== 'atSending') {
			const acceptance = acceptanceOf(call.state, old);
			for (const { reservation } of old.recipients) acceptance.retake(reservation);
		}
		throw error;
	}
};

/** GET /schedule/{schedule_id} */
function getSchedule({ state, application, params }: Call) {
	const found = state.schedules.get(params.scheduleId);
	if (!found || found.app_key !== application.app_key) throw new Refusal(50028);
	if (found.status !== 'waiting' && state.settings.endedSchedule !== 'answer') {
		throw new Refusal(state.settings.endedSchedule);
	}
	return {
		body: {
			schedule_id: found.schedule_id,
			send_time: found.send_time,
			temp_id: found.temp_id,
			recipients: found.recipients.map(({ msg_id, mobile, temp_para }) => ({ msg_id, mobile, temp_para })),
		},
	};
}

/** DELETE /schedule/{schedule_id}: an empty body */
function deleteSchedule(call: Call) {
	cancel(call.state, waitingOf(call));
	return { body: '' };
}

/** Deletes a schedule that waits. */
export function cancel(state: State, old: Schedule) {
	release(state, old);
	old.status = 'deleted';
	state.schedules.sendDue();
	state.changed();
}

/** Sends a schedule whose time has come: its messages go to the ledger as any other does. */
export function sendSchedule(state: State, due: Schedule) {
	const acceptance = acceptanceOf(state, due);
	for (const { msg_id: msgId, reservation } of due.recipients) {
		const { mobile, text, segments, values } = reservation;
		const paid =
			state.settings.scheduleMoney === 'atSending'
				? acceptance.reserveText(mobile, text, segments, values)
				: reservation;
		if ('code' in paid) continue;
		acceptance.commit(paid, {
			msg_id: msgId,
			kind: 'schedule',
			temp_id: due.temp_id,
			sign_id: due.sign_id,
			tag: due.tag,
			request: due.request,
			schedule_id: due.schedule_id,
		});
	}
	state.changed();
}

export const schedules: Routes = {
	'/schedule': { POST: { sends: true, takesBody: true, optional: ['sign_id'], handle: create('single') } },
	'/schedule/batch': { POST: { sends: true, takesBody: true, optional: ['sign_id', 'tag'], handle: create('batch') } },
	'/schedule/batch/:scheduleId': {
		PUT: { sends: true, takesBody: true, optional: ['sign_id', 'tag'], handle: replace('batch') },
	},
	'/schedule/:scheduleId': {
		PUT: { sends: true, takesBody: true, optional: ['sign_id'], handle: replace('single') },
		GET: { handle: getSchedule },
		DELETE: { handle: deleteSchedule },
	},
};
