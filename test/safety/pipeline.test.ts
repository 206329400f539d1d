import fc from 'fast-check';

import { matchRows } from '../../nodes/JSms/batch/match';
import { planRequests } from '../../nodes/JSms/batch/plan';
import { runBatch } from '../../nodes/JSms/batch/run';
import type { Admit, Entry, Recipient, Result } from '../../nodes/JSms/batch/types';
import { sendBatch } from '../../nodes/JSms/resources/message/sendBatch.operation';
import { admitNew } from '../../nodes/JSms/execute/admit';
import { entriesOf, fault, manners } from './support/arbitraries';
import { FakeService } from './support/fakeService';
import { expectConservation, expectOrder } from './support/law';
import { propertySettings } from './support/seed';

/** The law of conservation for the batch pipeline, whatever the service and the way to it do. */

const settings = fc.record({ batchSize: fc.integer({ min: 1, max: 12 }), concurrency: fc.integer({ min: 1, max: 5 }) });

/** A request of n may be split into at most 20 * log2(n) more. */
const bound = (entries: readonly Entry[], batchSize: number) =>
	planRequests(entries, batchSize)
		.map(({ positions: { length } }) => (length < 2 ? 1 : 1 + 20 * Math.ceil(Math.log2(length))))
		.reduce((sum, one) => sum + one, 0);

it('accounts for every recipient, sends to nobody twice and stays within its bound', async () => {
	await fc.assert(
		fc.asyncProperty(
			entriesOf(false, 30),
			fc.array(fault, { maxLength: 8 }),
			manners,
			settings,
			fc.option(fc.nat(10)),
			fc.boolean(),
			async (entries, faults, how, { batchSize, concurrency }, cancelAfter, loudLog) => {
				const service = new FakeService(how, faults);
				let cancelled = cancelAfter === 0;
				let startedLate = false;
				const report = await runBatch(
					entries,
					{
						match: matchRows,
						batchSize,
						concurrency,
						isCancelled: () => cancelled,
						onInventedRows: () => {
							if (loudLog) throw new Error('no log');
						},
					},
					async (request, recipients) => {
						startedLate ||= cancelled;
						const answer = service.send(request, recipients);
						cancelled ||= service.requests.length === cancelAfter;
						return await answer;
					},
				);
				expectConservation(entries, report, service.ledger);
				expectOrder(entries, service);
				expect(startedLate).toBe(false);
				expect(report.requests).toBe(service.requests.length);
				expect(report.requests).toBeLessThanOrEqual(bound(entries, batchSize));
				expect(service.requests.every(({ recipients }) => recipients.length <= batchSize)).toBe(true);
			},
		),
		propertySettings('pipeline', 8000),
	);
});

/** A store of keys and starts in memory that may break at every call. */
function memoryOn(used: Set<string>, breaks: () => boolean) {
	const orBreak = () => {
		if (breaks()) throw new Error('no store');
	};
	return {
		onceKeys: {
			claim: async (keys: string[]) => {
				orBreak();
				const known = new Set(keys.filter((key) => used.has(key)));
				for (const key of keys) used.add(key);
				return known;
			},
			release: async (keys: string[]) => {
				orBreak();
				for (const key of keys) used.delete(key);
			},
		},
		crashNotes: {
			start: async (what: string) => {
				if (used.has(`start ${what}`)) return false;
				used.add(`start ${what}`);
				return true;
			},
			cancel: async (what: string) => {
				orBreak();
				used.delete(`start ${what}`);
			},
		},
	};
}

it('sends each send-once key once, over several runs and with a store that breaks', async () => {
	await fc.assert(
		fc.asyncProperty(
			entriesOf(true, 12),
			fc.array(fault, { maxLength: 5 }),
			manners,
			settings,
			fc.array(fc.boolean(), { maxLength: 20 }),
			async (entries, faults, how, { batchSize, concurrency }, breaking) => {
				const used = new Set<string>();
				const sentKeys: string[] = [];
				let calls = 0;
				for (let run = 0; run < 2; run += 1) {
					const memory = memoryOn(used, () => breaking[calls++] ?? false);
					const forget = [...used].filter((one) => one.startsWith('start '));
					for (const one of forget) used.delete(one);
					const service = new FakeService(how, faults);
					const report = await runBatch(
						entries,
						{ match: matchRows, batchSize, concurrency, admit: admitNew(sendBatch, memory) },
						async (request, recipients) => await service.send(request, recipients),
					);
					expectConservation(entries, report, service.ledger);
					sentKeys.push(...service.ledger.flatMap(({ onceKey }) => onceKey ?? []));
				}
				expect(sentKeys).toHaveLength(new Set(sentKeys).size);
			},
		),
		propertySettings('send-once keys', 1000),
	);
});

it('sends nothing that an interrupted try of the same execution has started', async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.boolean().chain((onceKeys) => entriesOf(onceKeys, 12)),
			fc.array(fault, { maxLength: 5 }),
			manners,
			settings,
			fc.nat(6),
			async (entries, faults, how, { batchSize, concurrency }, crashAfter) => {
				const used = new Set<string>();
				const ledger: Recipient[] = [];
				const first = new FakeService(how, faults);
				let crashed = false;
				// A crash is a run that never comes back from one of its requests.
				const dying = runBatch(
					entries,
					{
						match: matchRows,
						batchSize,
						concurrency,
						admit: admitNew(
							sendBatch,
							memoryOn(used, () => false),
						),
					},
					async (request, recipients) => {
						if (crashed) return await new Promise(() => {});
						const outcome = await first.send(request, recipients);
						crashed ||= first.requests.length > crashAfter;
						return crashed ? await new Promise(() => {}) : outcome;
					},
				);
				const quiet = new Promise((resolve) => setImmediateLater(resolve, 20));
				const finished = await Promise.race([dying.then(() => true), quiet.then(() => false)]);
				if (finished) return;
				ledger.push(...first.ledger);

				const second = new FakeService(how, []);
				const report = await runBatch(
					entries,
					{
						match: matchRows,
						batchSize,
						concurrency,
						admit: admitNew(
							sendBatch,
							memoryOn(used, () => false),
						),
					},
					async (request, recipients) => await second.send(request, recipients),
				);
				expectConservation(entries, report, second.ledger);
				expectNobodyTwice([...ledger, ...second.ledger]);
			},
		),
		propertySettings('crash guard', 500),
	);
});

it('keeps to the verdicts of whoever admits, also when that breaks', async () => {
	const verdict: fc.Arbitrary<Result | undefined> = fc.constantFrom<Array<Result | undefined>>(
		undefined,
		undefined,
		{ status: 'failed', message: 'held', hint: 'h', safeToRetry: false },
		{ status: 'unknown', message: 'started', hint: 'h', safeToRetry: false },
	);
	await fc.assert(
		fc.asyncProperty(
			entriesOf(false, 20),
			fc.array(fault, { maxLength: 5 }),
			manners,
			settings,
			fc.array(verdict, { minLength: 1, maxLength: 9 }),
			fc.constantFrom('works', 'admit breaks', 'release breaks'),
			async (entries, faults, how, { batchSize, concurrency }, verdicts, store) => {
				const service = new FakeService(how, faults);
				let asked = 0;
				const admit: Admit = async (_request, recipients) => {
					asked += 1;
					if (store === 'admit breaks' && asked % 3 === 0) throw new Error('no store');
					return {
						verdicts: recipients.map(({ item }) => verdicts[item % verdicts.length]),
						release: async () => {
							if (store === 'release breaks') throw new Error('no store');
						},
					};
				};
				const report = await runBatch(
					entries,
					{ match: matchRows, batchSize, concurrency, admit },
					async (request, recipients) => await service.send(request, recipients),
				);
				expectConservation(entries, report, service.ledger);
				const held = service.requests.flatMap(({ recipients }) =>
					recipients.filter(({ item }) => verdicts[item % verdicts.length]),
				);
				expect(held).toEqual([]);
			},
		),
		propertySettings('admission', 1500),
	);
});

function expectNobodyTwice(ledger: readonly Recipient[]): void {
	expect(new Set(ledger).size).toBe(ledger.length);
}

/** Enough turns of the event loop for everything that can still move. */
function setImmediateLater(done: (value: unknown) => void, turns: number): void {
	void (async () => {
		for (let turn = 0; turn < turns; turn += 1)
			await new Promise((resolve) => queueMicrotask(() => resolve(undefined)));
		const { sleep } = await import('n8n-workflow');
		await sleep(2);
		done(undefined);
	})();
}
