import type { NodeExecutionHint } from 'n8n-workflow';

import { findErrorCode } from '../api/errorCodes';
import type { BatchReport } from '../batch/run';
import type { Result } from '../batch/types';

/** What "Retry On Fail" does on a node that sends. */
export const RETRY_HINT: NodeExecutionHint = {
	message:
		"'Retry On Fail' is on: items that were accepted, or may have been, are not sent again; only the others are tried again.",
	type: 'info',
	location: 'outputPane',
};

/** What the editor shows above the rows after a batch, such as "23 sent, 2 failed (1 invalid mobile), 0 unknown, 1 request". */
export function describeBatch(
	{ results, requests }: BatchReport,
	{ done = 'sent', ifUnknown }: { done?: string; ifUnknown?: string } = {},
): NodeExecutionHint[] {
	const counts = { sent: 0, failed: 0, unknown: 0 };
	const reasons = new Map<string, number>();
	let outOfMoney = false;
	for (const result of results) {
		counts[result.status] += 1;
		if (result.status !== 'failed') continue;
		const reason = reasonOf(result);
		reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
		outOfMoney ||= result.code === 50014;
	}
	const why = [...reasons]
		.sort((a, b) => b[1] - a[1])
		.slice(0, 4)
		.map(([reason, count]) => `${count} ${reason}`);
	const failed = `${counts.failed} failed${why.length > 0 ? ` (${why.join(', ')})` : ''}`;
	const hints: NodeExecutionHint[] = [
		{
			message: `${counts.sent} ${done}, ${failed}, ${counts.unknown} unknown, ${requests} request${requests === 1 ? '' : 's'}`,
			type: counts.failed + counts.unknown > 0 ? 'warning' : 'info',
			location: 'outputPane',
		},
	];
	if (counts.unknown > 0) {
		hints.push({
			message: ifUnknown
				? `Of ${counts.unknown} recipients the result is unknown. ${ifUnknown}`
				: `${counts.unknown} of the SMS may or may not have gone out. Look at the send records in the Jiguang console before sending these again.`,
			type: 'warning',
			location: 'outputPane',
		});
	}
	if (outOfMoney) {
		hints.push({
			message: 'The SMS balance is used up. Top it up, then run the failed items again.',
			type: 'warning',
			location: 'outputPane',
		});
	}
	return hints;
}

function reasonOf({ code, scope }: Extract<Result, { status: 'failed' | 'unknown' }>): string {
	if (code !== undefined) return findErrorCode(code)?.message ?? `code ${code}`;
	return scope === 'recipient' ? 'with incomplete data' : 'not attempted';
}
