import { sleep } from 'n8n-workflow';

import { LOOK_UP_FIRST } from '../../../nodes/JSms/model/returnCodes';
import { classify } from '../../../nodes/JSms/api/classify';
import { type Outcome } from '../../../nodes/JSms/model/outcome';
import { matchRows } from '../../../nodes/JSms/batch/match';
import { runBatch, type BatchSettings } from '../../../nodes/JSms/batch/run';
import type { Admission } from '../../../nodes/JSms/batch/admission';
import type { Recipient, Result } from '../../../nodes/JSms/model/recipient';
import { entries, mobiles } from './build';

/** What a batch does with the verdicts of whoever admits its requests, and what it tells back. */

const [A, B, C, D] = mobiles(4);
const accept = (recipients: Recipient[]): Outcome => ({
	class: 'accepted',
	body: { recipients: recipients.map(({ mobile }) => ({ mobile, msg_id: `id-${mobile}` })) },
});
const refuse = (code: number): Outcome =>
	classify({ kind: 'response', status: 403, body: JSON.stringify({ error: { code, message: 'words' } }) });
const NO_ANSWER = classify({ kind: 'connectionError', code: 'ECONNRESET', message: 'socket hang up' });
const UNREACHABLE = classify({ kind: 'connectionError', code: 'ECONNREFUSED', message: 'connect ECONNREFUSED' });
const USED: Result = { status: 'failed', message: 'used before', hint: 'nothing', safeToRetry: false };
const STARTED: Result = { status: 'unknown', message: 'started before', hint: 'look', safeToRetry: false };

/** Runs a batch whose requests are admitted so; notes what was sent and released, in that order. */
async function run({
	answer,
	verdicts = {},
	batchSize = 2,
	count = 2,
	admission = {},
	...settings
}: {
	answer: (recipients: Recipient[], number: number) => Outcome;
	verdicts?: Record<string, Result>;
	count?: number;
	admission?: Partial<Admission>;
} & Partial<Omit<BatchSettings, 'admission'>>) {
	const log: string[] = [];
	const names = (recipients: readonly Recipient[]) =>
		recipients.map(({ mobile }) => 'ABCD'[mobiles(4).indexOf(mobile)]).join('');
	let number = 0;
	const { results, requests } = await runBatch(
		entries(count),
		{
			match: matchRows,
			batchSize,
			concurrency: 1,
			admission: {
				admit: async (recipients) => recipients.map(({ mobile }) => verdicts[mobile]),
				release: async (free) => void log.push(`release ${names(free)}`),
				...admission,
			},
			...settings,
		},
		async (_request, recipients) => {
			log.push(`send ${names(recipients)}`);
			return answer(recipients, ++number);
		},
	);
	return { results, requests, log };
}

const sent = (mobile: string): Result => ({ status: 'sent', msgId: `id-${mobile}` });
const CHECK_NETWORK = "Check the firewall or proxy of the n8n server, and 'Base URL' in the credential.";
const notAttempted = (reason: string, cure = ''): Result => ({
	status: 'failed',
	message: `Not sent: ${reason}`,
	hint: `Sending stopped before this number. ${cure ? `${cure} Then send` : 'Send'} the rows of the Failed output again.`,
	safeToRetry: true,
	scope: 'request',
});

it('leaves out whom it must not send to, and keeps the place of everybody', async () => {
	const { results, requests, log } = await run({ answer: accept, verdicts: { [A]: USED }, batchSize: 3, count: 3 });
	expect(results).toEqual([USED, sent(B), sent(C)]);
	expect(log).toEqual(['send BC']);
	expect(requests).toBe(1);
});

it('sends no request from which everybody was left out', async () => {
	const { results, requests, log } = await run({ answer: accept, verdicts: { [A]: USED, [B]: STARTED } });
	expect(results).toEqual([USED, STARTED]);
	expect(log).toEqual([]);
	expect(requests).toBe(0);
});

it('releases everybody when the service refused the request', async () => {
	const { results, log } = await run({ answer: () => refuse(50015) });
	expect(log).toEqual(['send AB', 'release AB']);
	expect(results[0]).toEqual({
		status: 'failed',
		code: 50015,
		message: 'The verification code is empty (50015 words)',
		hint: "Fill in 'Code'.",
		safeToRetry: false,
		scope: 'request',
	});
});

it('releases also those that it gives up on, because too many rows of their request are bad', async () => {
	const released: string[] = [];
	const { results } = await runBatch(
		entries(64),
		{
			match: matchRows,
			batchSize: 64,
			concurrency: 1,
			admission: {
				admit: async (recipients) => recipients.map(() => undefined),
				release: async (free) => void released.push(...free.map(({ mobile }) => mobile)),
			},
		},
		async () => refuse(50007),
	);
	expect(results.filter((result) => result.status === 'failed' && result.code === undefined)).not.toEqual([]);
	expect(released.sort()).toEqual(mobiles(64));
});

it('does the same when nothing was sent because the service could not be reached', async () => {
	const { results, log } = await run({ answer: () => UNREACHABLE, count: 4 });
	expect(log).toEqual(['send AB', 'release AB']);
	expect(results).toEqual([
		...new Array<unknown>(2).fill({
			status: 'failed',
			message: 'n8n could not connect to JSMS (ECONNREFUSED)',
			hint: CHECK_NETWORK,
			safeToRetry: true,
			scope: 'application',
		}),
		...new Array<unknown>(2).fill(notAttempted('n8n could not connect to JSMS (ECONNREFUSED)', CHECK_NETWORK)),
	]);
});

it('releases nobody when the result is unknown', async () => {
	const { results, log } = await run({ answer: () => NO_ANSWER });
	expect(log).toEqual(['send AB']);
	expect(results[0]).not.toHaveProperty('code');
	expect(results).toEqual(
		new Array(2).fill({
			status: 'unknown',
			message: 'The connection to JSMS dropped before a response arrived (ECONNRESET)',
			hint: expect.stringContaining('The message may or may not have been sent') as string,
			safeToRetry: false,
			attemptedAt: expect.any(String) as string,
		}),
	);
});

it('releases only the refused rows of an accepted request', async () => {
	const answer = (recipients: Recipient[]): Outcome => ({
		class: 'accepted',
		body: {
			recipients: recipients.map(({ mobile }) =>
				mobile === B ? { mobile, error_code: '50006', error_message: 'invalid mobile' } : { mobile, msg_id: 1 },
			),
		},
	});
	const { log } = await run({ answer, batchSize: 3, count: 3 });
	expect(log).toEqual(['send ABC', 'release B']);
});

it('releases nobody when every row was accepted', async () => {
	expect((await run({ answer: accept })).log).toEqual(['send AB']);
});

it('does not ask again for the halves of a refused request; each releases its own', async () => {
	const asked: number[] = [];
	const admit = async (recipients: Recipient[]) => {
		asked.push(recipients.length);
		return recipients.map(() => undefined);
	};
	const { results, requests, log } = await run({
		answer: (recipients, number) => (number === 1 || recipients[0].mobile === B ? refuse(50007) : accept(recipients)),
		admission: { admit },
	});
	expect(asked).toEqual([2]);
	expect(log).toEqual(['send AB', 'send A', 'send B', 'release B']);
	expect(requests).toBe(3);
	expect(results.map(({ status }) => status)).toEqual(['sent', 'failed']);
});

it('releases the halves that a stopped run does not come to', async () => {
	const { results, log } = await run({
		answer: (_, number) => refuse(number === 1 ? 50007 : 50014),
	});
	expect(log.sort()).toEqual(['release A', 'release B', 'send A', 'send AB']);
	expect(results[1]).toEqual(
		notAttempted(
			'the SMS balance is used up (50014 words)',
			'Top up the balance in the Jiguang console (费用中心 > 资源管理 > 短信).',
		),
	);
});

it('does not end before the halves that a stopped run does not come to are released', async () => {
	const released: string[] = [];
	await run({
		answer: (_, number) => refuse(number === 1 ? 50007 : 50014),
		count: 4,
		batchSize: 4,
		admission: {
			release: async (free) => {
				await sleep(free.length === 2 ? 5 : 0);
				released.push(...free.map(({ mobile }) => mobile));
			},
		},
	});
	expect(released.sort()).toEqual([A, B, C, D]);
});

it('leaves a refused request whole where halves must not go out', async () => {
	const { results, requests } = await run({ answer: () => refuse(50007), splits: false });
	expect(requests).toBe(1);
	expect(results).toEqual(
		new Array(2).fill({
			status: 'failed',
			code: 50007,
			message: 'JSMS could not read the request (50007 words)',
			hint: "Usually a template parameter holds something unusual: check 'Template ID' and the parameters of this item.",
			safeToRetry: false,
			scope: 'request',
		}),
	);
});

it('sends nothing when the run was stopped while it asked', async () => {
	let cancelled = false;
	const { results, requests, log } = await run({
		answer: accept,
		isCancelled: () => cancelled,
		admission: {
			admit: async () => {
				cancelled = true;
				return [];
			},
		},
	});
	expect(log).toEqual(['release AB']);
	expect(requests).toBe(0);
	expect(results).toEqual(new Array(2).fill(notAttempted('the execution was canceled')));
});

it.each([
	['an error', new Error('no store'), 'no store'],
	['something else', 'locked', 'locked'],
])('attempts nothing when asking ends in %s', async (_title, thrown, reason) => {
	const { results, requests } = await run({
		answer: accept,
		admission: {
			admit: async () => {
				throw thrown as Error;
			},
		},
	});
	expect(results).toEqual(new Array(2).fill(notAttempted(reason)));
	expect(requests).toBe(0);
});

it('keeps every result when releasing fails', async () => {
	const broken = async () => await Promise.reject(new Error('no store'));
	const { results } = await run({
		answer: (recipients, number) => (number === 1 ? refuse(50015) : accept(recipients)),
		count: 4,
		admission: { release: broken },
	});
	expect(results.map(({ status }) => status)).toEqual(['failed', 'failed', 'sent', 'sent']);
});

it('says unknown, with the words of whatever was thrown, when sending breaks', async () => {
	const { results } = await run({
		answer: () => {
			throw 'out of memory' as unknown as Error;
		},
	});
	expect(results).toEqual(
		new Array(2).fill({
			status: 'unknown',
			message: 'Something went wrong inside the node while sending (out of memory)',
			hint: LOOK_UP_FIRST,
			safeToRetry: false,
			attemptedAt: expect.any(String) as string,
		}),
	);
});

it('calls a fault of the service unknown, with its code', async () => {
	const { results } = await run({
		answer: () => classify({ kind: 'response', status: 500, body: '{"error":{"code":50019}}' }),
	});
	expect(results[0]).toEqual({
		status: 'unknown',
		code: 50019,
		message: 'JSMS had an internal error (HTTP 500, code 50019)',
		hint: LOOK_UP_FIRST,
		safeToRetry: false,
		attemptedAt: expect.any(String) as string,
	});
});

it('takes a refusal about a verification code, which no batch should get, for one of the request', async () => {
	const { results } = await run({ answer: () => refuse(50010), count: 1 });
	expect(results).toEqual([
		{
			status: 'failed',
			code: 50010,
			message: 'The verification code is wrong (50010 words)',
			hint: 'Let the person enter the code again.',
			safeToRetry: false,
			scope: 'request',
		},
	]);
});

it('has no code where the service gave none', async () => {
	const outcome: Outcome = {
		class: 'refused',
		message: 'no',
		hint: 'fix',
		scope: 'recipient',
		safeToRetry: false,
		splittable: false,
	};
	const { results } = await run({ answer: () => outcome, count: 1 });
	expect(results).toEqual([{ status: 'failed', message: 'no', hint: 'fix', safeToRetry: false, scope: 'recipient' }]);
	expect(results[0]).not.toHaveProperty('code');
});

it('keeps the rows of an answer when telling of lines that belong to nobody fails', async () => {
	const { results } = await run({
		answer: (recipients) => {
			const { body } = accept(recipients) as { body: { recipients: unknown[] } };
			return { class: 'accepted', body: { recipients: [...body.recipients, { mobile: D }] } };
		},
		onUnmatchedRows: () => {
			throw new Error('no log');
		},
	});
	expect(results).toEqual([sent(A), sent(B)]);
});

it('tells nobody of lines that belong to nobody when there are none', async () => {
	const counts: number[] = [];
	await run({ answer: accept, onUnmatchedRows: (count) => counts.push(count) });
	expect(counts).toEqual([]);
});

describe('requests that may wait for each other', () => {
	const together = async (settings: Partial<BatchSettings>) => {
		const asked: string[] = [];
		const send = async (recipients: Recipient[], ms: number) => {
			await sleep(ms);
			asked.push('end');
			return accept(recipients);
		};
		let number = 0;
		await runBatch(
			entries(4),
			{
				match: matchRows,
				batchSize: 1,
				concurrency: 2,
				admission: {
					admit: async () => {
						asked.push('ask');
						return [];
					},
					release: async () => {},
				},
				...settings,
			},
			async (_request, recipients) => await send(recipients, 10 * (1 + (number++ % 2))),
		);
		return asked.join(' ');
	};

	it('ask at the same moment', async () => {
		const admissionDeadline = async () => await new Promise<void>(() => {});
		expect(await together({ admissionDeadline })).toBe('ask ask end end ask ask end end');
	});

	it('ask one by one when it is no longer worth it', async () => {
		expect(await together({ admissionDeadline: async () => {} })).toBe('ask ask end ask end ask end end');
	});

	it('ask one by one where nobody says how long it is worth it', async () => {
		expect(await together({})).toBe('ask ask end ask end ask end end');
	});
});
