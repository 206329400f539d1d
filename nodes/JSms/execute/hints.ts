import type { NodeExecutionHint } from 'n8n-workflow';

import { findReturnCode } from '../model/returnCodes';
import type { BatchReport } from '../batch/run';
import type { Result } from '../model/recipient';

/** What "Retry On Fail" does on a node that sends. */
export const RETRY_HINT: NodeExecutionHint = {
	message:
		"'Retry On Fail' is on: messages that were accepted, or may have been, are not sent again; only the others are retried.",
	type: 'info',
	location: 'outputPane',
};

/** What "Always Output Data" does on a batch: n8n puts an empty item on the first output, which says Sent. */
export const ALWAYS_OUTPUT_HINT: NodeExecutionHint = {
	message:
		"'Always Output Data' is on, so n8n put an empty item on the output Sent although nothing was sent. Switch the setting off; otherwise the nodes after Sent run.",
	type: 'warning',
	location: 'outputPane',
};

/** What the editor shows above the rows after a batch, such as "23 sent, 2 failed (1 invalid number, 1 missing data), 0 unknown". */
export function describeBatch(
	{ results }: Pick<BatchReport, 'results'>,
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
			message: `${counts.sent} ${done}, ${failed}, ${counts.unknown} unknown`,
			type: counts.failed + counts.unknown > 0 ? 'warning' : 'info',
			location: 'outputPane',
		},
	];
	if (counts.unknown > 0) {
		hints.push({
			message: ifUnknown
				? `The result for ${counts.unknown} recipients is unknown. ${ifUnknown}`
				: `${counts.unknown} of the SMS may or may not have been sent. Open 发送记录 (send records) in the Jiguang console and look for these numbers before you send to them again.`,
			type: 'warning',
			location: 'outputPane',
		});
	}
	if (outOfMoney) {
		hints.push({
			message:
				'The SMS balance is used up. Top it up in the Jiguang console (费用中心 > 资源管理 > 短信), then send the rows of the Failed output again.',
			type: 'warning',
			location: 'outputPane',
		});
	}
	return hints;
}

/** What people call the refusals they meet most. */
const CAUSES: Readonly<Record<number, string | undefined>> = {
	50004: 'invalid number',
	50006: 'invalid number',
	50009: 'too many messages to the number',
	50014: 'balance used up',
	50022: 'missing data',
	50023: 'missing data',
	50024: 'unsubscribed',
	50034: 'same text sent before',
	50037: 'blocked word',
};

/** The cause of a failed row, in words of a table of contacts; rows that nobody but this run refused are told by their sentence. */
function reasonOf({ code, message, hint, scope }: Extract<Result, { status: 'failed' | 'unknown' }>): string {
	if (code !== undefined) {
		const known = findReturnCode(code);
		return CAUSES[code] ?? (known ? `refused: ${known.message}` : `refused with code ${code}`);
	}
	if (message.startsWith('Already sent: ') || message.includes("'Send Once Key' is also the key of")) return 'used key';
	if (scope !== 'recipient') return 'not sent';
	if (/\bDuplicate\b|\brepeat/i.test(message)) return 'duplicates skipped';
	if (/Check the expressions/.test(hint)) return 'wrong expression';
	if (/^'Mobile Number'|^The mobile of |number is empty|phone number|number of another country/i.test(message))
		return 'invalid number';
	return 'missing data';
}
