import { codeOf } from '../service/decide';
import { visitorPhone, type Visit } from '../simulation/visitors';
import type { Verdict, View } from './view';

/** What the verification trigger promises, with its default limits. */
const RESEND_AFTER_MS = 60_000;
const CODES_PER_DAY = 5;
const DAY_MS = 86_400_000;

/** The laws for those who verify a number: no code too many, nothing said that is not so, one start per code, and nobody gets stuck. */
export function visits(view: View, verdict: Verdict): void {
	for (const visit of view.history.visits) {
		sendsOnce(visit, view, verdict);
		tellsTheTruth(visit, view, verdict);
		startsOnce(visit, view, verdict);
		ends(visit, view, verdict);
	}
	keepsLimits(view, verdict);
}

const sentBy = ({ name }: Visit, { history }: View) =>
	history.service.ledger.filter(({ execution }) => execution === name);

/** Requests to one process that press the same button: one token, or tokens that tell the same. */
const sameButton = ({ token, process, wants }: Visit, { history: { visits } }: View) =>
	visits.filter(
		(one) =>
			token !== undefined &&
			one.token !== undefined &&
			one.process === process &&
			one.wants === wants &&
			stepOf(one.token, visits) === stepOf(token, visits),
	);

/** What a token tells: with which code the visit began, and how many followed. A button that is pressed again gives another token of the same step. */
function stepOf(token: string, visits: readonly Visit[]): string {
	const giver = visits.find((one) => one.visited?.body.token === token && one.token !== token);
	if (!giver) return token;
	if (giver.token === undefined) return giver.name;
	const before = stepOf(giver.token, visits);
	return giver.wants === 'another' ? `${before}, another` : before;
}

function sendsOnce(visit: Visit, view: View, verdict: Verdict): void {
	if (sentBy(visit, view).length > 1) verdict.say(1, 'two codes for one request', visit.name);
	if (visit.wants !== 'another') return;
	const codes = sameButton(visit, view).flatMap((one) => sentBy(one, view));
	if (codes.length > 1) verdict.say(1, 'the same button sends two codes', `${visit.name} in p${visit.process}`);
}

function tellsTheTruth(visit: Visit, view: View, verdict: Verdict): void {
	const { name, wants, visited } = visit;
	if (!visited || (wants !== 'code' && wants !== 'another')) return;
	const { status, body } = visited;
	const codes = [visit, ...sameButton(visit, view)].flatMap((one) => sentBy(one, view));
	if (status === 200 && codes.length === 0) verdict.say(3, 'a code counts as sent that was not', name);
	if (status !== 200 && body.error !== 'maybe_sent' && sentBy(visit, view).length > 0) {
		verdict.say(3, 'a code counts as not sent that was', `${name}: ${body.error}`);
	}
	if (body.error === 'too_soon' && !mayHaveSent(visit, view)) {
		verdict.say(4, 'a visitor has to wait for a code that was never sent', name);
	}
}

/**
 * Whether the visitor's other requests to this process can have sent a code until this one ended. A process that stood still may
 * take them in another order.
 */
function mayHaveSent({ name, process, visitor, from, end = Infinity }: Visit, { history }: View): boolean {
	return history.visits.some((one) => {
		if (one.name === name || one.process !== process || one.visitor !== visitor || one.from > end) return false;
		const isUnderWay = one.end === undefined || one.end >= from;
		return isUnderWay || one.visited?.status === 200 || one.visited?.body.error === 'maybe_sent';
	});
}

/** A workflow starts for the right code and the number that it was sent to, and once unless n8n could not start it. */
function startsOnce(visit: Visit, { history }: View, verdict: Verdict): void {
	const { name, visitor, code, visited } = visit;
	const started = visited?.started;
	if (!started) return;
	const isRight =
		started.mobile === visitorPhone(visitor) &&
		code === codeOf(started.msg_id) &&
		history.service.ledger.some(({ id, phone }) => id === started.msg_id && phone === started.mobile);
	if (!isRight) verdict.say(7, 'a workflow starts without the right code', name);
	const others = history.visits.filter((one) => one !== visit && one.visited?.started?.msg_id === started.msg_id);
	if (others.length === 0) return;
	const hadNoResponse = history.service.attempts.some(
		({ execution, certainty, isAborted }) =>
			(certainty === 'doubt' || isAborted) && [visit, ...others].some((one) => one.name === execution),
	);
	const isElsewhere = others.every((one) => one.process !== visit.process);
	if (hadNoResponse && isElsewhere) verdict.exempt('codeInTwoProcesses');
	else verdict.say(1, 'a code starts two workflows', `${name} and ${others[0].name}`);
}

function ends(visit: Visit, { history }: View, verdict: Verdict): void {
	const { name, process, wants, probe, from, end, visited } = visit;
	if (end === undefined) {
		if (!history.dead.has(`p${process}`)) verdict.say(5, 'a visitor waits without end', name);
		return;
	}
	const took = end - from;
	if (took > boundOf(history)) verdict.say(5, 'a visitor waits too long', `${name}: ${Math.round(took / 1000)} s`);
	if (probe === undefined || visited?.status === 200) return;
	const [law, kind] =
		probe === 'again' ? ([4, 'a visitor is locked out'] as const) : ([5, 'nobody can verify any more'] as const);
	verdict.say(law, kind, `${name} (${wants}): ${visited?.body.error}`);
}

/** Three tries of 15 seconds with pauses between them, twice where a request waits for one like it, and time that a process stood still. */
function boundOf({ world, stalls }: View['history']): number {
	const slow = Object.values(world.service.faults).some(({ kind }) =>
		['hang', 'drip', 'slow', 'tooMany'].includes(kind),
	);
	return (
		10_000 +
		12 * world.service.ms +
		(slow ? 2 * 3 * 20_000 : 0) +
		stalls.reduce((sum, one) => sum + one.to - one.from, 0)
	);
}

function keepsLimits(view: View, verdict: Verdict): void {
	const { visits: all, service } = view.history;
	const begun = new Map<string, number>();
	for (const { execution, at } of service.attempts) if (!begun.has(execution)) begun.set(execution, at);
	const counterOf = ({ process, visitor }: Visit) => `${process}/${visitor}`;
	for (const counter of new Set(all.map(counterOf))) {
		const times = all
			.filter((one) => counterOf(one) === counter && sentBy(one, view).length > 0)
			.map(({ name }) => begun.get(name) as number)
			.sort((one, other) => one - other);
		const isTooSoon = times.some((time, index) => index > 0 && time - times[index - 1] < RESEND_AFTER_MS - 1000);
		if (isTooSoon) verdict.say(1, 'codes follow each other too soon', counter);
		const isTooMany = times.some((time, index) => time - (times[index - CODES_PER_DAY] ?? -Infinity) < DAY_MS - 1000);
		if (isTooMany) verdict.say(1, 'too many codes in a day', counter);
	}
}
