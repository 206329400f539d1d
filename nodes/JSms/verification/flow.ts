import { fingerprint } from '../memory/digest';
import type { CodeChecks, StartResponse } from './codeChecks';
import type { Limit, SendCounter, SendLimits } from './limits';
import type { OnceSends, Sent } from './onceSends';
import { isProblem, type Problem } from './problems';
import type { SendResult, Service } from './service';
import { newId } from './token';
import type { Visit } from './visit';

/** What the process remembers, of all nodes. */
export interface Memory {
	counter: SendCounter;
	once: OnceSends;
	checks: CodeChecks;
}

/** What happened that the owner of the workflow may want to know; the edge writes it to n8n's log. */
export type VerificationEvent =
	| { event: 'limit'; limit: Limit; mobile: string }
	| { event: 'notSent' | 'maybeSent' | 'notChecked'; reason: string; mobile: string }
	| { event: 'tooManyTries'; mobile: string }
	| { event: 'verified'; mobile: string };

/** One request: who asks, of which node, and what it may use. */
export interface Call {
	/** Workflow and node, and whether it is a test: each counts for itself. */
	nodeKey: string;
	/** The address of the visitor; undefined where it is not known. */
	address?: string;
	limits: SendLimits;
	triesPerCode: number;
	memory: Memory;
	service: Service;
	report: (event: VerificationEvent) => void;
	/** Milliseconds: `wall` for tokens, which others read, `monotonic` for limits, which nobody can set back. */
	clock: { wall: () => number; monotonic: () => number };
}

/** The number is refused by JSMS, or gets too many messages: nothing that the owner could fix. */
const INVALID_MOBILE = 50006;
const OUT_OF_FREQUENCY = 50009;

/**
 * Sends a code to a number and starts a visit.
 * @param form names the form of a page, which sends one code to a number however often it is submitted; undefined for JSON
 */
export async function requestCode(
	call: Call,
	{ form, mobile, values }: { form?: string; mobile: string; values: Record<string, string> },
): Promise<Visit | Problem> {
	const send = async () => await sendCode(call, mobile, newId());
	const now = call.clock.monotonic();
	const sent = await (form === undefined
		? send()
		: call.memory.once.run(fingerprint([call.nodeKey, 'start', form, mobile]), now, send));
	return isProblem(sent) ? sent : visitOf(sent, mobile, 1, values);
}

/** Sends another code to the number of a visit; the same token again sends nothing more. */
export async function requestAnother(call: Call, visit: Visit): Promise<Visit | Problem> {
	const { id, mobile, codes, values } = visit;
	const form = fingerprint([call.nodeKey, 'resend', id, String(codes)]);
	const send = async () => await sendCode(call, mobile, id);
	const sent = await call.memory.once.run(form, call.clock.monotonic(), send);
	return isProblem(sent) ? sent : visitOf(sent, mobile, codes + 1, values);
}

function visitOf({ msgId, at, visitId }: Sent, mobile: string, codes: number, values: Record<string, string>): Visit {
	return { id: visitId, mobile, ...(msgId !== undefined && { msgId }), sentAt: at, codes, values };
}

async function sendCode(call: Call, mobile: string, visitId: string): Promise<Sent | Problem> {
	const { nodeKey, address, limits, memory, service, report, clock } = call;
	const sender = { nodeKey, mobile, ...(address !== undefined && { address }) };
	const permit = memory.counter.take(sender, limits, clock.monotonic());
	if (!permit.granted) {
		const { error, limit, retryAfter } = permit;
		report({ event: 'limit', limit, mobile });
		return { error, retryAfter };
	}
	const result = await service.send(mobile);
	if (result.result === 'notSent') {
		permit.release();
		report({ event: 'notSent', reason: result.reason, mobile });
		return problemOf(result, limits);
	}
	if (result.result === 'maybeSent') report({ event: 'maybeSent', reason: result.reason, mobile });
	return { ...(result.result === 'sent' && { msgId: result.msgId }), at: clock.wall(), visitId };
}

function problemOf({ code }: SendResult & { result: 'notSent' }, { resendAfter }: SendLimits): Problem {
	if (code === INVALID_MOBILE) return { error: 'invalid_mobile' };
	// JSMS does not say when: its limits are from 20 seconds to 24 hours.
	if (code === OUT_OF_FREQUENCY) return { error: 'too_many_codes', retryAfter: Math.max(resendAfter, 600) };
	return { error: 'not_sent' };
}

/** The number of a visit is verified. `first`: the workflow is to be started; otherwise it was. */
export interface Verified {
	verified: true;
	first: boolean;
	msgId: string;
}

/**
 * Checks the code of a visit.
 * @param code undefined for what cannot be a code
 */
export async function checkCode(
	call: Call,
	visit: Visit,
	code: string | undefined,
	startResponse: StartResponse,
): Promise<Verified | Problem> {
	const { nodeKey, triesPerCode, memory, service, report, clock } = call;
	const { msgId, mobile } = visit;
	if (msgId === undefined) return { error: 'maybe_sent', retryAfter: secondsToWait(call, visit) };
	const sent = fingerprint([nodeKey, msgId]);
	const now = clock.monotonic();
	if (code === undefined) return { error: 'wrong_code', triesLeft: memory.checks.triesLeft(sent, triesPerCode, now) };
	const ask = async (lost: boolean) => {
		const { verdict, reason } = await service.check(msgId, code, lost);
		if (verdict === 'unknown' || verdict === 'notAttempted') report({ event: 'notChecked', reason, mobile });
		return verdict;
	};
	const checked = await memory.checks.check(sent, code, { tries: triesPerCode, now, ask, startResponse });
	switch (checked.result) {
		case 'passed':
			if (checked.first) report({ event: 'verified', mobile });
			return { verified: true, first: checked.first, msgId };
		case 'wrong':
			return { error: 'wrong_code', triesLeft: checked.triesLeft };
		case 'tooManyTries':
			report({ event: 'tooManyTries', mobile });
			return { error: 'too_many_tries', retryAfter: secondsToWait(call, visit) };
		case 'notChecked':
			return { error: 'not_checked' };
		default:
			return { error: checked.result === 'used' ? 'used_code' : 'expired_code' };
	}
}

/** Seconds until the visitor may ask for another code, as the page counts them down. */
export function secondsToWait({ limits, clock }: Pick<Call, 'limits' | 'clock'>, { sentAt }: Visit): number {
	const left = Math.ceil((sentAt + limits.resendAfter * 1000 - clock.wall()) / 1000);
	// A wall clock that was set back must not make anybody wait for ever.
	return Math.min(Math.max(0, left), limits.resendAfter);
}
