import { sleep } from 'n8n-workflow';

import { describeRefusal } from '../../../nodes/JSms/model/returnCodes';
import { classify } from '../../../nodes/JSms/api/classify';
import { type Outcome } from '../../../nodes/JSms/model/outcome';
import { matchRows } from '../../../nodes/JSms/batch/match';
import { resultOfRejected } from '../../../nodes/JSms/batch/results';
import { runBatch } from '../../../nodes/JSms/batch/run';
import type { BatchRequest, Entry, Recipient, RejectedEntry } from '../../../nodes/JSms/model/recipient';
import type { SendRequest } from '../../../nodes/JSms/batch/run';
import { notSentBecause } from '../../../nodes/JSms/model/cause';
import { entries, entry, mobiles, rejected } from './build';

/** An answer of the service that accepts everybody. */
const acceptAll = (recipients: Recipient[]): Outcome => ({
	class: 'accepted',
	body: { recipients: recipients.map(({ mobile }) => ({ mobile, msg_id: `id-${mobile}` })) },
});
const refuse = (code: number, message = 'words'): Outcome =>
	classify({ kind: 'response', status: 403, body: JSON.stringify({ error: { code, message } }) });
const UNREACHABLE = classify({ kind: 'connectionError', code: 'ECONNREFUSED', message: 'connect ECONNREFUSED' });
const NO_ANSWER = classify({ kind: 'connectionError', code: 'ECONNRESET', message: 'socket hang up' });

/** Plays the service and remembers who was asked for, request by request. */
function service(
	answer: (recipients: Recipient[], request: BatchRequest, number: number) => Outcome | Promise<Outcome>,
) {
	const asked: string[][] = [];
	const send: SendRequest = async (request, recipients) => {
		const number = asked.push(recipients.map(({ mobile }) => mobile));
		await sleep(1);
		return await answer(recipients, request, number);
	};
	return { send, asked };
}

const statuses = (results: ReadonlyArray<{ status: string }>) => results.map(({ status }) => status);
const settings = { match: matchRows, batchSize: 2, concurrency: 1 };

describe('an ordinary run', () => {
	it('gives one result per entry in the order of the input, rejected lines included', async () => {
		const { send, asked } = service(acceptAll);
		const [a, b, c] = mobiles(3);
		const list: Entry[] = [rejected(0), entry(a), rejected(2), entry(b), entry(c)];
		const { results, requests } = await runBatch(list, settings, send);
		expect(results).toEqual([
			{ status: 'failed', message: 'Item 0 is bad', hint: 'Mend it.', safeToRetry: false, scope: 'recipient' },
			{ status: 'sent', msgId: `id-${a}` },
			{ status: 'failed', message: 'Item 2 is bad', hint: 'Mend it.', safeToRetry: false, scope: 'recipient' },
			{ status: 'sent', msgId: `id-${b}` },
			{ status: 'sent', msgId: `id-${c}` },
		]);
		expect(asked).toEqual([[a, b], [c]]);
		expect(requests).toBe(2);
	});

	it('tells whether a line was refused for its own sake or for a reason that concerns everybody', () => {
		const refused = [rejected(0), rejected(1, 'everyone')].map((one) => resultOfRejected(one as RejectedEntry));
		expect(refused).toMatchObject([{ scope: 'recipient' }, { scope: 'application' }]);
	});

	it('sends nothing for an empty list', async () => {
		const { send, asked } = service(acceptAll);
		expect(await runBatch([], settings, send)).toEqual({ results: [], requests: 0 });
		expect(asked).toEqual([]);
	});

	it('never has more requests under way than allowed, and keeps the order', async () => {
		let running = 0;
		let most = 0;
		const { send } = service(async (recipients, _, number) => {
			running += 1;
			most = Math.max(most, running);
			await sleep(number % 4);
			running -= 1;
			return acceptAll(recipients);
		});
		const { results } = await runBatch(entries(60), { match: matchRows, batchSize: 2, concurrency: 5 }, send);
		expect(most).toBe(5);
		expect(results).toEqual(mobiles(60).map((mobile) => ({ status: 'sent', msgId: `id-${mobile}` })));
	});

	it('tells how many rows of the answers belong to nobody', async () => {
		const counts: number[] = [];
		const { send } = service((recipients) => {
			const answer = acceptAll(recipients) as { class: 'accepted'; body: { recipients: unknown[] } };
			answer.body.recipients.push({ mobile: '19900000000' });
			return answer;
		});
		await runBatch(entries(3), { ...settings, onUnmatchedRows: (count) => counts.push(count) }, send);
		expect(counts).toEqual([1, 1]);
	});
});

describe('a refusal that concerns everybody', () => {
	it.each([50001, 50002, 50008, 50014, 50035, 50036])(
		'%d stops the rest, whose rows say so and may be tried again',
		async (code) => {
			const refusal = describeRefusal(code, 'reason');
			const { send, asked } = service((recipients, _, number) =>
				number === 2 ? refuse(code, 'reason') : acceptAll(recipients),
			);
			const { results, requests } = await runBatch(entries(8), settings, send);
			expect(asked).toHaveLength(2);
			expect(requests).toBe(2);
			expect(statuses(results)).toEqual(['sent', 'sent', ...new Array<string>(6).fill('failed')]);
			expect(results[2]).toMatchObject({ code, message: refusal.message, safeToRetry: true, scope: 'application' });
			expect(results[7]).toEqual({
				status: 'failed',
				message: notSentBecause(refusal),
				hint: `Sending stopped before this number. ${refusal.hint} Then send the rows of the Failed output again.`,
				safeToRetry: true,
				scope: 'request',
			});
		},
	);

	it('keeps the answers of requests that were already under way', async () => {
		const { send } = service(async (recipients, _, number) => {
			if (number === 1) return refuse(50014);
			await sleep(5);
			return acceptAll(recipients);
		});
		const { results } = await runBatch(entries(8), { match: matchRows, batchSize: 2, concurrency: 2 }, send);
		expect(statuses(results)).toEqual(['failed', 'failed', 'sent', 'sent', 'failed', 'failed', 'failed', 'failed']);
	});

	it('is also a service that cannot be reached', async () => {
		const { send, asked } = service(() => UNREACHABLE);
		const { results } = await runBatch(entries(6), settings, send);
		expect(asked).toHaveLength(1);
		expect(results.every((result) => result.status === 'failed' && result.safeToRetry)).toBe(true);
	});
});

describe('a refusal that concerns a template', () => {
	const list = [1, 2, 1, 2, 1, 2].map((tempId, index) => entry(mobiles(6)[index], { tempId }));

	it.each([50013, 50020, 50021, 50025])('%d stops the other requests of that template only', async (code) => {
		const { send, asked } = service((recipients, { shared }) =>
			shared.tempId === 1 ? refuse(code, 'reason') : acceptAll(recipients),
		);
		const { results } = await runBatch(list, { match: matchRows, batchSize: 1, concurrency: 1 }, send);
		expect(statuses(results)).toEqual(['failed', 'sent', 'failed', 'sent', 'failed', 'sent']);
		expect(asked).toHaveLength(4);
		expect(results[2]).toMatchObject({ message: notSentBecause(describeRefusal(code, 'reason')), safeToRetry: true });
	});

	it('does not stop the same template under another signature', async () => {
		const { send, asked } = service((recipients, { shared }) =>
			shared.signId === 9 ? refuse(50102) : acceptAll(recipients),
		);
		const mixed = [entry('13800000001', { tempId: 1, signId: 9 }), entry('13800000002', { tempId: 1 })];
		const { results } = await runBatch(mixed, settings, send);
		expect(asked).toHaveLength(2);
		expect(statuses(results)).toEqual(['failed', 'sent']);
	});
});

describe('a request refused for its content', () => {
	/** Refuses every request that holds a bad number, as a service does that judges a request as a whole. */
	const strict =
		(bad: Set<string>, code = 50006) =>
		(recipients: Recipient[]) =>
			recipients.some(({ mobile }) => bad.has(mobile)) ? refuse(code, 'invalid mobile') : acceptAll(recipients);

	it.each([1, 2, 3, 10, 999, 1000])('finds the one bad row among %d', async (size) => {
		const bad = mobiles(size)[Math.floor(size / 3)];
		const { send, asked } = service(strict(new Set([bad])));
		const { results } = await runBatch(entries(size), { match: matchRows, batchSize: 1000, concurrency: 4 }, send);
		expect(results).toEqual(
			mobiles(size).map((mobile) =>
				mobile === bad
					? expect.objectContaining({ status: 'failed', code: 50006, scope: 'recipient' })
					: { status: 'sent', msgId: `id-${mobile}` },
			),
		);
		expect(asked.length).toBeLessThanOrEqual(1 + 2 * Math.ceil(Math.log2(Math.max(size, 2))));
	});

	it.each([50003, 50004, 50007, 50022, 50023, 50030, 50037, 50054])('splits for code %d', async (code) => {
		const bad = mobiles(8)[5];
		const { send } = service(strict(new Set([bad]), code));
		const { results } = await runBatch(entries(8), { match: matchRows, batchSize: 1000, concurrency: 1 }, send);
		expect(results.filter(({ status }) => status === 'sent')).toHaveLength(7);
		expect(results[5]).toMatchObject({ status: 'failed', code });
	});

	it('never sends an accepted row again while it splits', async () => {
		const bad = new Set([mobiles(100)[3], mobiles(100)[50], mobiles(100)[99]]);
		const accepted: string[] = [];
		const { send } = service((recipients) => {
			const outcome = strict(bad)(recipients);
			if (outcome.class === 'accepted') accepted.push(...recipients.map(({ mobile }) => mobile));
			return outcome;
		});
		const { results } = await runBatch(entries(100), { match: matchRows, batchSize: 50, concurrency: 4 }, send);
		expect(accepted.sort()).toEqual(mobiles(100).filter((mobile) => !bad.has(mobile)));
		expect(statuses(results).filter((status) => status === 'sent')).toHaveLength(97);
	});

	it('gives up within a bound when everything is bad, and says that the rest was not attempted', async () => {
		const { send, asked } = service(() => refuse(50007));
		const { results } = await runBatch(entries(1000), { match: matchRows, batchSize: 1000, concurrency: 4 }, send);
		expect(asked).toHaveLength(201);
		expect(statuses(results)).toEqual(new Array(1000).fill('failed'));
		const words = 'Not sent: too many bad rows were in the same request';
		const kept = results.filter((result) => result.status === 'failed' && result.message === words);
		expect(kept.length).toBeGreaterThan(0);
		expect(kept.every((result) => result.status === 'failed' && result.safeToRetry)).toBe(true);
	});

	it('stops splitting when a half meets a refusal that concerns everybody', async () => {
		const { send, asked } = service((_, __, number) => (number === 1 ? refuse(50007) : refuse(50014)));
		const { results } = await runBatch(entries(8), { match: matchRows, batchSize: 8, concurrency: 1 }, send);
		expect(asked.map((one) => one.length)).toEqual([8, 4]);
		expect(statuses(results)).toEqual(new Array(8).fill('failed'));
	});

	it('does not try the halves of a refusal that no row is to blame for', async () => {
		const { send, asked } = service(() => refuse(50031));
		await runBatch(entries(8), { match: matchRows, batchSize: 8, concurrency: 1 }, send);
		expect(asked).toHaveLength(1);
	});
});

describe('an unknown result', () => {
	it('is never tried again and does not stop the others', async () => {
		const { send, asked } = service((recipients, _, number) => (number === 2 ? NO_ANSWER : acceptAll(recipients)));
		const { results } = await runBatch(entries(6), settings, send);
		expect(statuses(results)).toEqual(['sent', 'sent', 'unknown', 'unknown', 'sent', 'sent']);
		expect(asked).toHaveLength(3);
		expect(results[2]).toMatchObject({ safeToRetry: false });
	});

	it('holds the rest back after five in a row: the service counts as down', async () => {
		const { send, asked } = service(() => NO_ANSWER);
		const { results } = await runBatch(entries(10), { match: matchRows, batchSize: 1, concurrency: 1 }, send);
		expect(asked).toHaveLength(5);
		expect(statuses(results)).toEqual([
			...new Array<string>(5).fill('unknown'),
			...new Array<string>(5).fill('failed'),
		]);
		expect(results[9]).toMatchObject({
			message: 'Not sent: the results of 5 requests in a row are unknown',
			safeToRetry: true,
		});
	});

	it('is what a send that throws leaves behind', async () => {
		const send: SendRequest = async () => {
			throw new TypeError('broken inside');
		};
		const { results } = await runBatch(entries(2), settings, send);
		expect(results).toEqual(
			new Array(2).fill({
				status: 'unknown',
				message: 'Something went wrong inside the node while sending (broken inside)',
				hint: expect.any(String) as string,
				safeToRetry: false,
				attemptedAt: expect.any(String) as string,
			}),
		);
	});

	it('says when its request left, and says it of nobody else', async () => {
		let time = Date.parse('2026-11-24T08:00:00.000Z');
		const { send } = service((recipients, _, number) => {
			time += 60_000;
			return number === 2 ? NO_ANSWER : acceptAll(recipients);
		});
		const list = [rejected(0), ...entries(5)];
		const { results } = await runBatch(list, { ...settings, now: () => time }, send);
		expect(results.map((result) => ('attemptedAt' in result ? result.attemptedAt : result.status))).toEqual([
			'failed',
			'sent',
			'sent',
			'2026-11-24T08:01:00.000Z',
			'2026-11-24T08:01:00.000Z',
			'sent',
		]);
	});
});

describe('cancelling', () => {
	it('starts no further request, and accounts for everybody', async () => {
		let cancelled = false;
		const { send, asked } = service((recipients, _, number) => {
			cancelled = number === 2;
			return acceptAll(recipients);
		});
		const { results } = await runBatch(entries(8), { ...settings, isCancelled: () => cancelled }, send);
		expect(asked).toHaveLength(2);
		expect(statuses(results)).toEqual([...new Array<string>(4).fill('sent'), ...new Array<string>(4).fill('failed')]);
		expect(results[7]).toMatchObject({ message: 'Not sent: the execution was canceled', safeToRetry: true });
	});
});
