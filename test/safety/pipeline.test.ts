import fc from 'fast-check';

import { matchRows } from '../../nodes/JSms/batch/match';
import { planRequests } from '../../nodes/JSms/batch/plan';
import { runBatch } from '../../nodes/JSms/batch/run';
import type { Admission } from '../../nodes/JSms/batch/admission';
import type { Entry, Result } from '../../nodes/JSms/model/recipient';
import { admitByKey, rejectRepeatedKeys } from '../../nodes/JSms/execute/onceKeys';
import type { OnceKeys } from '../../nodes/JSms/memory';
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
						onUnmatchedRows: () => {
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

/** Send-once keys kept in a set; they cannot be used or given back while the store breaks. */
function keysOn(used: Set<string>, breaks: () => boolean): Pick<OnceKeys, 'claim' | 'release'> {
	const orBreak = () => {
		if (breaks()) throw new Error('no store');
	};
	return {
		claim: async (keys) => {
			orBreak();
			const known = keys.filter((key) => used.has(key));
			for (const key of keys) used.add(key);
			return new Map(known.map((key) => [key, 'used']));
		},
		release: async (keys) => {
			orBreak();
			for (const key of keys) used.delete(key);
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
			async (given, faults, how, { batchSize, concurrency }, breaking) => {
				const entries = [...given];
				rejectRepeatedKeys(entries);
				const used = new Set<string>();
				const sentKeys: string[] = [];
				let calls = 0;
				for (let run = 0; run < 2; run += 1) {
					const keys = keysOn(used, () => breaking[calls++] ?? false);
					const service = new FakeService(how, faults);
					const report = await runBatch(
						entries,
						{ match: matchRows, batchSize, concurrency, admission: admitByKey(keys, 'none') },
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
				const admission: Admission = {
					admit: async (recipients) => {
						asked += 1;
						if (store === 'admit breaks' && asked % 3 === 0) throw new Error('no store');
						return recipients.map(({ item }) => verdicts[item % verdicts.length]);
					},
					release: async () => {
						if (store === 'release breaks') throw new Error('no store');
					},
				};
				const report = await runBatch(
					entries,
					{ match: matchRows, batchSize, concurrency, admission },
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
