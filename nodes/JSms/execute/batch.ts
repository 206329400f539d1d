import type { IDataObject, IExecuteFunctions, INodeExecutionData, NodeExecutionHint } from 'n8n-workflow';

import { toNodeError } from '../api/apiError';
import { failureOfInput, type Failure } from '../model/failure';
import type { Outcome } from '../model/outcome';
import { isCancelled } from '../api/request';
import { BATCH_OUTPUTS, outputOf, toRow } from '../batch/rows';
import { resultOfRejected } from '../batch/results';
import { runBatch, type BatchReport } from '../batch/run';
import type { Entry, Result } from '../model/recipient';
import { whyClosed } from '../fields/allowedHours';
import { asInputProblem, InputProblem } from '../model/inputProblem';
import { isOneOutput } from '../fields/rowsOn';
import { openRunNote, type InterruptedTry, type OnceKeys } from '../memory';
import type { BatchOperation } from '../model/operation';
import { isCalledByAgent } from './agent';
import { checkBalance, type PlannedMessage } from './balance';
import { logWhenCancelled } from './cancelled';
import { ALWAYS_OUTPUT_HINT, describeBatch, RETRY_HINT } from './hints';
import { collectEntries } from './entries';
import { INTERRUPTED, usedByInterruptedTry } from './interrupted';
import { admitByKey, rejectRepeatedKeys } from './onceKeys';
import { rejectAll, rejectWrittenTwice } from './rejection';
import { openInputs, openSession, passesInputOn, type Inputs, type OpenInputs, type Session } from './session';

/**
 * Runs a batch operation: every recipient becomes one row on exactly one of the outputs Sent, Failed and Unknown.
 *
 * Throws only when nothing at all was sent, for a cause that concerns everybody, and only under "Stop Workflow":
 * running again is safe then. As an AI tool, which sees the first output only, and with 'Rows On: One Output' all rows go there.
 */
export async function runBatchOperation(
	context: IExecuteFunctions,
	operation: BatchOperation,
): Promise<INodeExecutionData[][]> {
	const asTool = isCalledByAgent(context);
	const { entries, report, slowFields = [] } = await send(context, operation, asTool);
	const cause = failureOfRun(report.results);
	if (cause && !context.continueOnFail()) throw toNodeError(context.getNode(), cause, undefined);

	context.addExecutionHints?.(...describeBatch(report, operation), ...slowFields);
	if (context.getNode().retryOnFail) context.addExecutionHints?.(RETRY_HINT);
	const items = context.getInputData();
	const passesOn = passesInputOn(context);
	const onOne = asTool || isOneOutput(context.getNodeParameter('options', 0, {}, { rawExpressions: true }));
	const outputs: INodeExecutionData[][] = onOne ? [[]] : BATCH_OUTPUTS.map(() => []);
	entries.forEach((entry, position) => {
		const result = report.results[position];
		const json: IDataObject = toRow(entry, result);
		if (passesOn) json.input = items[entry.item].json;
		outputs[onOne ? 0 : outputOf(result)].push({ json, pairedItem: { item: entry.item } });
	});
	if (outputs[0].length === 0 && context.getNode().alwaysOutputData) context.addExecutionHints?.(ALWAYS_OUTPUT_HINT);
	return outputs;
}

async function send(
	context: IExecuteFunctions,
	operation: BatchOperation,
	asTool: boolean,
): Promise<{ entries: Entry[]; report: BatchReport; slowFields?: NodeExecutionHint[] }> {
	const inputs = openInputs(context);
	// Not waited for here: the recipients are read in the meantime.
	const note = openRunNote(context, inputs.keys?.all());
	const prepared = await prepare(context, operation, inputs, asTool);
	const interrupted = await note;
	if ('problem' in prepared) {
		const entries = rejectAll(await readEntriesOfFailedRun(inputs, operation), prepared.problem);
		return { entries, report: markInterrupted(entries, reportOfUnsent(entries), { operation, interrupted }) };
	}
	const { entries, session } = prepared;
	const report = await sendEntries(context, operation, { entries, session, interrupted });
	return {
		entries,
		report: markInterrupted(entries, report, { operation, interrupted }),
		slowFields: session.slowFields(),
	};
}

/** Where an earlier try was interrupted it decides before any check, and about everybody whom no key protects. */
async function sendEntries(
	context: IExecuteFunctions,
	operation: BatchOperation,
	{ entries, session, interrupted }: { entries: Entry[]; session: Session; interrupted: InterruptedTry },
): Promise<BatchReport> {
	const { settings, onceKeys } = session;
	if (interrupted === 'unprotected') return reportOfUnsent(entries);
	const cause =
		settings.checkBalance && interrupted === 'none'
			? await checkBalance(session, plannedMessages(entries, operation))
			: undefined;
	if (cause) return reportOfUnsent(entries, { status: 'failed', ...cause, safeToRetry: true, scope: 'application' });
	const report = await runBatch(
		entries,
		{
			batchSize: settings.batchSize,
			concurrency: settings.concurrency,
			match: operation.match,
			splits: !operation.replaces,
			isCancelled: () => isCancelled(context),
			whyClosed: () => settings.allowedHours && whyClosed(settings.allowedHours, Date.now()),
			...(onceKeys && {
				admission: admitByKey(onceKeys, interrupted),
				admissionDeadline: async () => await onceKeys.waitForOthers(),
			}),
			onUnmatchedRows: (count) =>
				context.logger.warn(
					`The response of JSMS held ${count} row(s) for numbers that were not in the request; they were ignored`,
				),
		},
		async ({ shared }, recipients) =>
			withHint(operation, await session.send(operation.buildRequest(shared, recipients), { effect: 'once' })),
	);
	if (onceKeys && interrupted !== 'none') await doubtUsedKeys(entries, report.results, onceKeys);
	await onceKeys?.confirm();
	const accepted = report.results.flatMap((result) =>
		result.status === 'sent' ? [result.msgId ?? result.scheduleId] : [],
	);
	logWhenCancelled(context, accepted, report.results.filter(({ status }) => status === 'unknown').length);
	return report;
}

/** The entries of a run that cannot send, for its rows: one for each item where even they cannot be read. */
async function readEntriesOfFailedRun(inputs: Inputs, operation: BatchOperation): Promise<Entry[]> {
	try {
		return await collectEntries(inputs, operation);
	} catch (error) {
		const problem = problemOfRun(error);
		return inputs.items.map((_, item) => ({ item, problem }));
	}
}

/** A run that sends to nobody; who could not be sent to anyway keeps the own reason. */
function reportOfUnsent(entries: readonly Entry[], result: Result = INTERRUPTED): BatchReport {
	return { results: entries.map((entry) => ('problem' in entry ? resultOfRejected(entry) : result)), requests: 0 };
}

/** Whom a repeated run did not send to, the interrupted try may have sent to: changes their results, in place. */
async function doubtUsedKeys(entries: readonly Entry[], results: Result[], onceKeys: OnceKeys): Promise<void> {
	const keys = entries.map((entry, position) =>
		'problem' in entry || results[position].status !== 'failed' ? undefined : entry.onceKey,
	);
	const used = await usedByInterruptedTry(
		onceKeys,
		keys.flatMap((key) => key ?? []),
	);
	keys.forEach((key, position) => {
		if (key !== undefined && used.has(key)) results[position] = INTERRUPTED;
	});
}

/** After a crash nobody can say that an earlier try did not send to a recipient who cannot be read now. */
function markInterrupted(
	entries: readonly Entry[],
	report: BatchReport,
	{ operation: { ifUnknown }, interrupted }: { operation: BatchOperation; interrupted: InterruptedTry },
): BatchReport {
	if (interrupted === 'none') return report;
	const doubtful: Result = { ...INTERRUPTED, ...(ifUnknown !== undefined && { hint: ifUnknown }) };
	const results = report.results.map((result, position) =>
		'problem' in entries[position] || result === INTERRUPTED ? doubtful : result,
	);
	return { ...report, results };
}

function* plannedMessages(entries: readonly Entry[], operation: BatchOperation): Generator<PlannedMessage> {
	const replaces = operation.replaces === true;
	for (const entry of entries) {
		if ('problem' in entry) continue;
		yield { tempId: entry.shared.tempId, tempPara: entry.tempPara, keyed: entry.onceKey !== undefined, replaces };
	}
}

/** Everything that can fail before the first request. */
async function prepare(
	context: IExecuteFunctions,
	operation: BatchOperation,
	inputs: OpenInputs,
	asTool: boolean,
): Promise<{ entries: Entry[]; session: Session } | { problem: InputProblem }> {
	try {
		const session = await openSession(context, operation, inputs);
		const entries = await collectEntries(session, operation);
		rejectRepeatedKeys(entries);
		// Stryker disable next-line ConditionalExpression: spares the others the time, nothing else
		if (operation.replaces) rejectWrittenTwice(entries, session.settings.batchSize);
		if (asTool) checkToolLimit(entries.length, session.settings.maxRecipients);
		return { entries, session };
	} catch (error) {
		return { problem: problemOfRun(error) };
	}
}

/** What nobody knows about a schedule is looked up elsewhere than what nobody knows about an SMS. */
function withHint({ ifUnknown }: BatchOperation, outcome: Outcome): Outcome {
	return outcome.class === 'unknown' && ifUnknown !== undefined ? { ...outcome, hint: ifUnknown } : outcome;
}

function problemOfRun(error: unknown): InputProblem {
	return asInputProblem(error, 'Nothing was sent. Check the credential and the settings of the node.', {
		context: 'The settings of this node could not be read: ',
		concerns: 'everyone',
	});
}

/** An agent that misreads its task must not text a whole customer list. */
function checkToolLimit(count: number, max: number): void {
	if (count <= max) return;
	throw new InputProblem(
		`This call names ${count} recipients; at most ${max} are allowed per call`,
		`Nothing was sent. Call again with at most ${max} recipients, or have a person raise 'Max Recipients per Tool Call' in the node's options.`,
		'everyone',
	);
}

/** The failure to stop the workflow with: nothing was sent, and not because of the recipients themselves. */
function failureOfRun(results: readonly Result[]): Failure | undefined {
	let cause: Failure | undefined;
	for (const result of results) {
		if (result.status !== 'failed') return undefined;
		if (result.scope === 'application' || result.scope === 'template') {
			cause ??= {
				...failureOfInput(new InputProblem(result.message, result.hint)),
				// Stryker disable next-line StringLiteral: all that counts for the error is that it is no bad input
				...(result.code !== undefined && { outcome: 'refused', code: result.code }),
				hint: `${result.hint} Nothing was sent to anybody.`,
			};
		} else if (result.code !== undefined) {
			return undefined;
		}
	}
	return cause;
}
