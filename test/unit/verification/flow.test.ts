import fc from 'fast-check';

import { CodeChecks, type StartResponse } from '../../../nodes/JSms/verification/codeChecks';
import {
	checkCode,
	requestAnother,
	requestCode,
	secondsToWait,
	type Call,
	type VerificationEvent,
	type Memory,
} from '../../../nodes/JSms/verification/flow';
import { SendCounter } from '../../../nodes/JSms/verification/limits';
import { OnceSends } from '../../../nodes/JSms/verification/onceSends';
import { isProblem } from '../../../nodes/JSms/verification/problems';
import type { SendResult } from '../../../nodes/JSms/verification/service';
import { deriveKey } from '../../../nodes/JSms/verification/token';
import { openVisit, sealVisit, type Visit } from '../../../nodes/JSms/verification/visit';

/** From a number to a verified number, without n8n and without HTTP; and random visitors, who are up to anything. */
const NOW = 1_800_000_000_000;
const delivery: StartResponse = { ended: Promise.resolve(), failed: () => false };

/** A service that sends codes and checks them; what it says can be told. */
function world() {
	const memory: Memory = { counter: new SendCounter(), once: new OnceSends(), checks: new CodeChecks() };
	const codes = new Map<string, { mobile: string; code: string; used: boolean }>();
	const events: VerificationEvent[] = [];
	const time = { wall: NOW, monotonic: 0 };
	const next: { send?: SendResult; lose?: boolean } = {};
	const sends: Array<{ mobile: string; at: number }> = [];
	const service: Call['service'] = {
		async send(mobile) {
			const told = next.send;
			delete next.send;
			const at = time.monotonic;
			await Promise.resolve();
			if (told?.result === 'notSent') return told;
			const msgId = String(codes.size);
			sends.push({ mobile, at });
			codes.set(msgId, { mobile, code: String(100_000 + codes.size), used: false });
			return told ?? { result: 'sent', msgId };
		},
		async check(msgId, code, lost) {
			await Promise.resolve();
			const known = codes.get(msgId);
			const lose = next.lose;
			delete next.lose;
			if (known?.code !== code) return { verdict: lose ? 'unknown' : 'wrong', reason: 'lost' };
			if (known.used) return { verdict: lost ? 'valid' : 'used', reason: '' };
			known.used = true;
			return { verdict: lose ? 'unknown' : 'valid', reason: 'lost' };
		},
	};
	const call = (nodeKey = 'p', address?: string): Call => ({
		nodeKey,
		...(address !== undefined && { address }),
		limits: { resendAfter: 60, perNumberAndDay: 4, perAddressAndHour: 6, perHour: 8 },
		triesPerCode: 3,
		memory,
		service,
		report: (event) => events.push(event),
		clock: { wall: () => time.wall, monotonic: () => time.monotonic },
	});
	return { call, codes, events, time, next, sends };
}

async function visitOf(call: Call, mobile = 'm', form?: string): Promise<Visit> {
	const visit = await requestCode(call, { ...(form !== undefined && { form }), mobile, values: { a: '1' } });
	if (isProblem(visit)) throw new Error(visit.error);
	return visit;
}

it('starts a visit with the first code, and goes on with another', async () => {
	const { call, time } = world();
	const first = await visitOf(call());
	expect(first).toEqual({
		id: expect.any(String) as string,
		mobile: 'm',
		msgId: '0',
		sentAt: NOW,
		codes: 1,
		values: { a: '1' },
	});
	time.wall += 60_000;
	time.monotonic += 60_000;
	expect(await requestAnother(call(), first)).toEqual({ ...first, msgId: '1', sentAt: NOW + 60_000, codes: 2 });
});

it('sends a third code for the token of the second', async () => {
	const { call, time, sends } = world();
	let visit: Awaited<ReturnType<typeof requestAnother>> = await visitOf(call());
	for (const codes of [2, 3]) {
		time.monotonic += 60_000;
		visit = await requestAnother(call(), visit as Visit);
		expect(visit).toMatchObject({ codes, msgId: String(codes - 1) });
	}
	expect(sends).toHaveLength(3);
});

it('sends one code per form and number, with the fields of the last time', async () => {
	const { call, sends } = world();
	const first = await visitOf(call(), 'm', 'form');
	const second = await requestCode(call(), { form: 'form', mobile: 'm', values: { a: '2' } });
	expect(second).toEqual({ ...first, values: { a: '2' } });
	expect(sends).toHaveLength(1);
});

it.each([
	[{ result: 'notSent', reason: 'r', code: 50006 }, { error: 'invalid_mobile' }, 'notSent'],
	[{ result: 'notSent', reason: 'r', code: 50009 }, { error: 'too_many_codes', retryAfter: 600 }, 'notSent'],
	[{ result: 'notSent', reason: 'r', code: 50014 }, { error: 'not_sent' }, 'notSent'],
	[{ result: 'notSent', reason: 'r' }, { error: 'not_sent' }, 'notSent'],
] as Array<[SendResult, object, string]>)(
	'a code that was not sent is a problem, and may be asked for at once: %j',
	async (send, problem, event) => {
		const { call, next, events } = world();
		next.send = send;
		expect(await requestCode(call(), { form: 'f', mobile: 'm', values: {} })).toEqual(problem);
		expect(events).toEqual([{ event, reason: 'r', mobile: 'm' }]);
		expect(isProblem(await requestCode(call(), { form: 'f', mobile: 'm', values: {} }))).toBe(false);
	},
);

it('a code that may have been sent counts as sent, and cannot be checked', async () => {
	const { call, next, events } = world();
	next.send = { result: 'maybeSent', reason: 'r' };
	const visit = await visitOf(call());
	expect(visit.msgId).toBeUndefined();
	expect(await checkCode(call(), visit, '123456', delivery)).toEqual({ error: 'maybe_sent', retryAfter: 60 });
	expect(await requestAnother(call(), visit)).toEqual({ error: 'too_soon', retryAfter: 60 });
	expect(events.map(({ event }) => event)).toEqual(['maybeSent', 'limit']);
});

it.each([
	[0, 60],
	[59_001, 1],
	[60_000, 0],
	[-10_000_000, 60],
])('counts down: %i ms after the code %i seconds are left', async (passed, left) => {
	const { call, time } = world();
	const visit = await visitOf(call());
	time.wall += passed;
	expect(secondsToWait(call(), visit)).toBe(left);
});

/** What random visitors do, each with whatever tokens there are. */
const step = fc.oneof(
	fc.record({
		do: fc.constant('start' as const),
		mobile: fc.constantFrom('m1', 'm2', 'm3'),
		form: fc.constantFrom('f1', 'f2', undefined),
		address: fc.constantFrom('a1', 'a2', undefined),
		node: fc.constantFrom('p', 'q'),
	}),
	fc.record({ do: fc.constant('resend' as const), token: fc.nat(), node: fc.constantFrom('p', 'q') }),
	fc.record({
		do: fc.constant('check' as const),
		token: fc.nat(),
		node: fc.constantFrom('p', 'q'),
		right: fc.boolean(),
		guess: fc.integer({ min: 0, max: 9 }),
		lose: fc.boolean(),
	}),
	fc.record({
		do: fc.constant('wait' as const),
		wall: fc.integer({ min: -7_200_000, max: 7_200_000 }),
		monotonic: fc.integer({ min: 0, max: 7_200_000 }),
	}),
	fc.record({
		do: fc.constant('fail' as const),
		send: fc.constantFrom<SendResult>({ result: 'notSent', reason: 'r' }, { result: 'maybeSent', reason: 'r' }),
	}),
	fc.record({ do: fc.constant('tamper' as const), token: fc.nat(), at: fc.nat() }),
);

it('whatever visitors do: no limit is passed, and a workflow starts once for a code that was sent to its number and typed right', async () => {
	await fc.assert(
		fc.asyncProperty(fc.array(fc.tuple(step, fc.boolean()), { maxLength: 60 }), async (steps) => {
			const { call, codes, sends, time, next } = world();
			const keys = { p: deriveKey('s', ['p']), q: deriveKey('s', ['q']) };
			const tokens: string[] = [];
			const started: string[] = [];
			const asked = new Map<string, Set<string>>();
			const act = async (one: (typeof steps)[number][0]): Promise<void> => {
				if (one.do === 'wait') {
					time.wall += one.wall;
					time.monotonic += one.monotonic;
				} else if (one.do === 'fail') {
					next.send = one.send;
				} else if (one.do === 'start') {
					const { mobile, form, address, node } = one;
					const result = await requestCode(call(node, address), { ...(form && { form }), mobile, values: {} });
					if (!isProblem(result)) tokens.push(sealVisit(keys[node], result));
				} else if (tokens.length > 0) {
					const token = tokens[one.token % tokens.length];
					if (one.do === 'tamper') {
						const at = one.at % token.length;
						tokens.push(token.slice(0, at) + (token[at] === 'x' ? 'y' : 'x') + token.slice(at + 1));
						return;
					}
					const visit = openVisit(keys[one.node], token, time.wall);
					if (!visit) return;
					if (one.do === 'resend') {
						const result = await requestAnother(call(one.node), visit);
						if (!isProblem(result)) tokens.push(sealVisit(keys[one.node], result));
						return;
					}
					const right = codes.get(visit.msgId ?? '');
					const code = one.right && right ? right.code : String(one.guess);
					if (visit.msgId !== undefined) asked.set(visit.msgId, (asked.get(visit.msgId) ?? new Set()).add(code));
					if (one.lose) next.lose = true;
					const result = await checkCode(call(one.node), visit, code, delivery);
					if (isProblem(result) || !result.first) return;
					expect([right?.mobile, right?.code]).toEqual([visit.mobile, code]);
					started.push(result.msgId);
				}
			};
			const pending: Array<Promise<void>> = [];
			for (const [one, waits] of steps) {
				const acting = act(one);
				pending.push(acting);
				if (waits) await acting;
			}
			await Promise.all(pending);
			expect(new Set(started).size).toBe(started.length);
			for (const { mobile, at } of sends) {
				const within = (ms: number) => sends.filter((other) => other.at <= at && at - other.at < ms);
				// Two nodes count apart.
				expect(within(3_600_000).length).toBeLessThanOrEqual(2 * 8);
				expect(within(60_000).filter((other) => other.mobile === mobile).length).toBeLessThanOrEqual(2);
				expect(within(86_400_000).filter((other) => other.mobile === mobile).length).toBeLessThanOrEqual(2 * 4);
			}
		}),
		{ numRuns: 500 },
	);
});
