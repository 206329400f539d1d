import type { BatchReport } from '../../../nodes/JSms/batch/run';
import type { Entry, Recipient } from '../../../nodes/JSms/model/recipient';
import { contentOf } from './arbitraries';
import type { FakeService } from './fakeService';

/**
 * The law of conservation: every line of the input has exactly one result, and what the service accepted are exactly the
 * lines that are reported as sent and at most those reported as unknown; nobody twice.
 *
 * Lines that stand for the same SMS cannot be told apart in an answer, so they are counted rather than named.
 */
export function expectConservation(entries: readonly Entry[], report: BatchReport, ledger: readonly Recipient[]): void {
	expect(report.results).toHaveLength(entries.length);
	const counts = new Map<string, { sent: number; unknown: number; accepted: number; asked: number }>();
	const countOf = (recipient: Recipient) => {
		const key = contentOf(recipient);
		const count = counts.get(key) ?? { sent: 0, unknown: 0, accepted: 0, asked: 0 };
		counts.set(key, count);
		return count;
	};
	entries.forEach((entry, index) => {
		const result = report.results[index];
		expect(['sent', 'failed', 'unknown']).toContain(result?.status);
		if (result.status !== 'sent' && 'safeToRetry' in result && result.status === 'unknown') {
			expect(result.safeToRetry).toBe(false);
		}
		if ('problem' in entry) {
			expect(result.status).toBe('failed');
			return;
		}
		const count = countOf(entry);
		count.asked += 1;
		if (result.status !== 'failed') count[result.status] += 1;
	});
	expect(new Set(ledger).size).toBe(ledger.length);
	for (const recipient of ledger) countOf(recipient).accepted += 1;
	for (const [content, { sent, unknown, accepted, asked }] of counts) {
		if (accepted >= sent && accepted <= sent + unknown && accepted <= asked) continue;
		throw new Error(`${content}: ${accepted} accepted, but ${sent} reported as sent and ${unknown} as unknown`);
	}
}

/** Recipients stand in the order of the input, and only with others of the same template, signature and tag. */
export function expectOrder(entries: readonly Entry[], service: FakeService): void {
	for (const { request, recipients } of service.requests) {
		const { positions, shared } = request;
		expect(positions).toEqual([...new Set(positions)].sort((a, b) => a - b));
		positions.forEach((position, index) => {
			const entry = entries[position];
			expect('problem' in entry).toBe(false);
			expect(recipients[index]).toBe(entry);
			if (!('problem' in entry)) expect({ ...entry.shared }).toEqual({ ...shared });
		});
	}
}
