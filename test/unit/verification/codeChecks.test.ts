import fc from 'fast-check';

import { CodeChecks, type CodeVerdict, type StartResponse } from '../../../nodes/JSms/verification/codeChecks';

/** Guesses, repeats and lost responses: how often JSMS is asked, and how often the workflow is started. */
const delivered: StartResponse = { ended: Promise.resolve(), failed: () => false };
const failed: StartResponse = { ended: Promise.resolve(), failed: () => true };

/** A service that knows the code, and the questions that it was asked. */
function service(right = '123456') {
	const asked: Array<[string, boolean]> = [];
	return {
		asked,
		ask: (code: string, verdict?: CodeVerdict) => async (lost: boolean) => {
			asked.push([code, lost]);
			await Promise.resolve();
			return verdict ?? (code === right ? ('valid' as const) : ('wrong' as const));
		},
	};
}

const check = async (
	checks: CodeChecks,
	{ ask }: ReturnType<typeof service>,
	code: string,
	{
		verdict,
		tries = 3,
		now = 0,
		startResponse = delivered,
	}: { verdict?: CodeVerdict; tries?: number; now?: number; startResponse?: StartResponse } = {},
) => await checks.check('sent', code, { tries, now, ask: ask(code, verdict), startResponse });

it.each([
	['valid', { result: 'passed', first: true }],
	['wrong', { result: 'wrong', triesLeft: 2 }],
	['expired', { result: 'expired' }],
	['used', { result: 'used' }],
	['unknown', { result: 'notChecked' }],
	['notAttempted', { result: 'notChecked' }],
] as const)('the verdict %s gives %j', async (verdict, result) => {
	expect(await check(new CodeChecks(), service(), '1', { verdict })).toEqual(result);
});

it.each([
	['wrong', 2],
	['expired', 2],
	['unknown', 2],
	['notAttempted', 3],
] as const)('the verdict %s leaves %i of 3 tries', async (verdict, left) => {
	const checks = new CodeChecks();
	await check(checks, service(), '1', { verdict });
	expect(checks.triesLeft('sent', 3, 0)).toBe(left);
});

it('asks once for a code, also when it comes again while it is being checked', async () => {
	const [checks, one] = [new CodeChecks(), service()];
	const results = await Promise.all(['1', '1', '1'].map(async (code) => await check(checks, one, code)));
	expect(results).toEqual(new Array(3).fill({ result: 'wrong', triesLeft: 2 }));
	expect(await check(checks, one, '1')).toEqual({ result: 'wrong', triesLeft: 2 });
	expect(one.asked).toHaveLength(1);
});

it('asks again after a check without a response, tells that there was one, and counts no try', async () => {
	const [checks, one] = [new CodeChecks(), service()];
	await check(checks, one, '1', { verdict: 'unknown', tries: 1 });
	expect(await check(checks, one, '1', { verdict: 'valid', tries: 1 })).toEqual({ result: 'passed', first: true });
	expect(one.asked).toEqual([
		['1', false],
		['1', true],
	]);
});

it('gives back no try that was not counted', async () => {
	const [checks, one] = [new CodeChecks(), service()];
	await check(checks, one, '1', { verdict: 'unknown' });
	await check(checks, one, '1', { verdict: 'notAttempted' });
	expect(checks.triesLeft('sent', 3, 0)).toBe(2);
});

it('lets a repeated request wait until it is known whether the workflow has started', async () => {
	const [checks, one] = [new CodeChecks(), service()];
	let end = () => {};
	let hasFailed = false;
	const ended = new Promise<void>((resolve) => (end = resolve));
	await check(checks, one, '123456', { startResponse: { ended, failed: () => hasFailed } });
	const repeated = check(checks, one, '123456');
	hasFailed = true;
	end();
	expect(await repeated).toEqual({ result: 'passed', first: true });
});

it('takes an exception of the service for a check without a response', async () => {
	const ask = async () => await Promise.reject(new Error('broken'));
	const checks = new CodeChecks();
	expect(await checks.check('sent', '1', { tries: 3, now: 0, ask, startResponse: delivered })).toEqual({
		result: 'notChecked',
	});
});

it('starts the workflow once, however often and however fast the right code comes', async () => {
	const [checks, one] = [new CodeChecks(), service()];
	const results = await Promise.all(
		new Array(5).fill('123456').map(async (code: string) => await check(checks, one, code)),
	);
	results.push(await check(checks, one, '123456'));
	expect(results.filter((result) => result.result === 'passed' && result.first)).toHaveLength(1);
	expect(results.every(({ result }) => result === 'passed')).toBe(true);
	expect(one.asked).toHaveLength(1);
});

it('starts it again where it could not be started, once for all who wait', async () => {
	const [checks, one] = [new CodeChecks(), service()];
	await check(checks, one, '123456', { startResponse: failed });
	const results = await Promise.all([1, 2, 3].map(async () => await check(checks, one, '123456')));
	expect(results.filter((result) => result.result === 'passed' && result.first)).toHaveLength(1);
	expect(one.asked).toHaveLength(1);
});

it('calls a code used once another has passed, and asks nobody', async () => {
	const [checks, one] = [new CodeChecks(), service()];
	await check(checks, one, '123456');
	expect(await check(checks, one, '000000')).toEqual({ result: 'used' });
	expect(one.asked).toHaveLength(1);
});

it('forgets after two hours, when no token is left', async () => {
	const [checks, one] = [new CodeChecks(), service()];
	for (const code of ['1', '2', '3']) await check(checks, one, code);
	expect(await check(checks, one, '4', { now: 7_199_999 })).toEqual({ result: 'tooManyTries' });
	expect(await check(checks, one, '4', { now: 2 * 7_200_000 })).toEqual({ result: 'wrong', triesLeft: 2 });
});

it('counts each message for itself', async () => {
	const [checks, one] = [new CodeChecks(), service()];
	for (const sent of ['a', 'b']) {
		for (const code of ['1', '2', '3', '4'])
			await checks.check(sent, code, { tries: 3, now: 0, ask: one.ask(code), startResponse: delivered });
	}
	expect(one.asked).toHaveLength(6);
});

it('never asks for more different codes than there are tries, whatever comes at once', async () => {
	const guess = fc.record({
		code: fc.constantFrom('0', '1', '2', '3', '4', '5', '6', '7', '123456'),
		verdict: fc.constantFrom<CodeVerdict | undefined>(undefined, undefined, undefined, 'unknown', 'notAttempted'),
		waits: fc.boolean(),
	});
	await fc.assert(
		fc.asyncProperty(fc.array(guess, { maxLength: 40 }), fc.integer({ min: 1, max: 5 }), async (guesses, tries) => {
			const [checks, one] = [new CodeChecks(), service()];
			const judged = new Set<string>();
			const starts: unknown[] = [];
			const pending: Array<Promise<unknown>> = [];
			for (const { code, verdict, waits } of guesses) {
				const checking = checks
					.check('sent', code, {
						tries,
						now: 0,
						ask: async (lost) => {
							if (verdict !== 'notAttempted') judged.add(code);
							return await one.ask(code, verdict)(lost);
						},
						startResponse: delivered,
					})
					.then((result) => {
						if (result.result === 'passed' && result.first) starts.push(code);
					});
				pending.push(checking);
				if (waits) await checking;
			}
			await Promise.all(pending);
			expect(judged.size).toBeLessThanOrEqual(tries);
			expect(starts.length).toBeLessThanOrEqual(1);
			expect(starts.filter((code) => code !== '123456')).toEqual([]);
		}),
	);
});
