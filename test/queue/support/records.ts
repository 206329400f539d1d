import { eventually } from '../../support/eventually';
import type { Execution } from '../../../scripts/n8n/client';
import type { Sandbox } from '../../../sandbox';

/** The rows of a batch by output. */
export function rowsOf(execution: Execution) {
	const [sent, failed, unknown] = [0, 1, 2].map((output) => execution.json('JSms', output));
	return { sent, failed, unknown };
}

/** How often each message stands in the rows. */
export function reasonsOf(rows: Array<{ error_message?: string }>) {
	const counts: Record<string, number> = {};
	for (const { error_message = '' } of rows) counts[error_message] = (counts[error_message] ?? 0) + 1;
	return counts;
}

/**
 * Numbers, sorted.
 * @param records Rows, recipients or ledger entries, also as n8n responded with them
 */
export function mobilesOf(records: unknown) {
	return (records as Array<{ mobile: string }>).map(({ mobile }) => mobile).sort();
}

/** What the sandbox accepted for these people, in order. Other tests' people are left out. */
export function acceptedFor(sandbox: Sandbox, people: Array<{ mobile: string }>) {
	const wanted = new Set(mobilesOf(people));
	return sandbox.ledger.filter(({ mobile }) => wanted.has(mobile));
}

/**
 * @param what For the message when it does not come
 * @param look Asked until it gives something
 */
export async function find<T>(what: string, look: () => T | Promise<T>, timeoutMs = 60_000): Promise<NonNullable<T>> {
	return await eventually(async () => {
		const found = await look();
		if (!found) throw new Error(`Waited ${timeoutMs / 1000} s in vain for: ${what}`);
		return found;
	}, timeoutMs);
}

/** Seconds since then, for the record of a run. */
export function seconds(since: number) {
	return `${((Date.now() - since) / 1000).toFixed(1)} s`;
}
