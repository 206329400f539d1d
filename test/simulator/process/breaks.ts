import type { Patch } from './patches';

/** A deliberate break of the package that the simulator must find. */
export interface Break extends Patch {
	/** What is wrong then. */
	name: string;
}

/**
 * What the code that sends, judges and tells could get wrong, one mistake each. A text that is no longer in the build is an
 * error: write the break anew for what stands there now.
 */
export const BREAKS: readonly Break[] = [
	{
		name: 'a gateway error with an envelope counts as refused',
		file: 'api/classify.js',
		find: 'if (status >= 500 || ',
		replace: 'if (',
	},
	{
		name: 'a broken connection counts as never made',
		file: 'api/classify.js',
		find: 'if (NEVER_CONNECTED.has(code) || ',
		replace: "if (code === 'ECONNRESET' || NEVER_CONNECTED.has(code) || ",
	},
	{
		name: 'a request is repeated after an unknown result',
		file: 'api/request.js',
		find: "const harmless = last.class === 'notAttempted' || ",
		replace: "const harmless = last.class !== 'refused' && last.class !== 'accepted' || ",
	},
	{
		name: 'a response that never ends is waited for',
		file: 'api/request.js',
		find: "deadline.addEventListener('abort', expire, { once: true });",
		replace: '',
	},
	{
		name: 'every wish to wait is followed',
		file: 'api/request.js',
		find: 'const MAX_RETRY_AFTER_MS = 5000;',
		replace: 'const MAX_RETRY_AFTER_MS = Infinity;',
	},
	{
		name: 'cancelling is not seen',
		file: 'api/request.js',
		find: 'return context.getExecutionCancelSignal?.()?.aborted ?? false;',
		replace: 'return false;',
	},
	{
		name: 'an unknown result is called refused',
		file: 'api/apiError.js',
		find: 'outcome: failure.outcome,',
		replace: "outcome: failure.outcome === 'unknown' ? 'refused' : failure.outcome,",
	},
	{
		name: 'a recipient without a row counts as refused',
		file: 'batch/match.js',
		find: '.fill(NO_ROW)',
		replace: ".fill({ status: 'failed', message: 'refused', hint: '', safeToRetry: true })",
	},
	{
		name: 'a row with a server error counts as failed',
		file: 'batch/match.js',
		find: 'if (code === returnCodes_1.SERVER_ERROR)',
		replace: 'if (false)',
	},
	{
		name: 'who was refused in a schedule counts as scheduled',
		file: 'batch/matchFailures.js',
		find: '(0, match_1.groupByMobile)(recipients, listed)',
		replace: '(0, match_1.groupByMobile)(recipients, [])',
	},
	{
		name: 'two requests of a batch share a recipient',
		file: 'batch/plan.js',
		find: 'positions.slice(start, start + size)',
		replace: 'positions.slice(start, start + size + 1)',
	},
	{
		name: 'both halves of a batch that is split hold the same recipient',
		file: 'batch/split.js',
		find: 'positions: positions.slice(middle)',
		replace: 'positions: positions.slice(middle - 1)',
	},
	{
		name: 'unknown rows come out on Failed',
		file: 'batch/rows.js',
		find: "result.status === 'failed' ? 1 : 2",
		replace: '1',
	},
	{
		name: 'an empty key is taken for a key',
		file: 'fields/options.js',
		find: 'const { sendOnceKey: key } = options;',
		replace: "const key = options.sendOnceKey || 'none';",
	},
	{
		name: 'numbers are shown whole',
		file: 'JSms/model/mask.js',
		find: 'function maskMobile(mobile) {',
		replace: 'function maskMobile(mobile) {\n    return mobile;',
	},
	{
		name: 'what was accepted is not logged when a run is cancelled',
		file: 'execute/cancelled.js',
		find: 'sent.length + unknown === 0',
		replace: 'true',
	},
	{
		name: 'what a try sent is not remembered for the next one',
		file: 'execute/single.js',
		find: "if (!nothingSent || 'items' in result)",
		replace: 'if (false)',
	},
	{
		name: 'a crash is not seen',
		file: 'memory/runNote.js',
		find: 'if (!recorded?.known.has(run))',
		replace: 'if (true)',
	},
	{
		name: 'a key is given back after an unknown result',
		file: 'execute/single.js',
		find: "const nothingSent = outcome.class === 'refused' || ",
		replace: "const nothingSent = outcome.class !== 'accepted' || ",
	},
	{
		name: 'a key is not given back after a refusal',
		file: 'execute/single.js',
		find: 'if (nothingSent)',
		replace: 'if (false)',
	},
	{
		name: 'nobody looks at the allowed hours',
		file: 'fields/allowedHours.js',
		find: 'if (isOpen)',
		replace: 'if (isOpen || true)',
	},
	{
		name: 'a call of the store is waited for without end',
		file: 'memory/dedupeRecord.js',
		find: 'const CALL_DEADLINE_MS = 4_000;',
		replace: 'const CALL_DEADLINE_MS = 40_000_000;',
	},
	{
		name: 'the error that stops a run names nothing that was accepted',
		file: 'execute/firstFailure.js',
		find: 'const accepted = results.flatMap(',
		replace: 'const accepted = [].flatMap(',
	},
	{
		name: 'a callback that comes again starts a workflow again',
		file: 'memory/seenCallbacks.js',
		find: 'if (taken !== undefined)',
		replace: 'if (false)',
	},
	{
		name: 'a callback with any signature is taken',
		file: 'receipts/authenticity.js',
		find: 'return given.length === expected.length && ',
		replace: 'return true || ',
	},
	{
		name: 'records are dropped when a later page fails',
		file: 'receipts/pull.js',
		find: 'return { records, stoppedBy: outcome, more }',
		replace: 'return { records: [], stoppedBy: outcome, more }',
	},
	{
		name: 'a visitor who clicks twice gets two codes',
		file: 'verification/onceSends.js',
		find: 'if (earlier)',
		replace: 'if (false)',
	},
	{
		name: 'a code that was sent, perhaps, counts as not sent',
		file: 'verification/service.js',
		find: "if (outcome.class === 'unknown')",
		replace: 'if (false)',
	},
	{
		name: 'a code that is not sent uses up what a visitor may have',
		file: 'verification/flow.js',
		find: 'permit.release();',
		replace: '',
	},
	{
		name: 'nothing counts the codes to a number',
		file: 'verification/limits.js',
		find: 'if (last !== undefined && now - last < gap)',
		replace: 'if (false)',
	},
	{
		name: 'a code starts a workflow as often as it is entered',
		file: 'verification/codeChecks.js',
		find: 'if (!passed.startResponse.failed())',
		replace: 'if (false)',
	},
	{
		name: 'a wrong code passes',
		file: 'verification/service.js',
		find: "[50010, 'wrong']",
		replace: "[50010, 'valid']",
	},
];
