import type { IDataObject, IExecuteFunctions, INodeExecutionData, NodeExecutionHint } from 'n8n-workflow';

import { toNodeError } from '../api/apiError';
import { failureOfInput, type Failure } from '../api/failure';
import type { Outcome } from '../api/outcome';
import { isCancelled } from '../api/request';
import { BATCH_OUTPUTS, outputOf, toRow } from '../batch/rows';
import { planRequests } from '../batch/plan';
import { resultOfRejected, runBatch, type BatchReport } from '../batch/run';
import type { Entry, Result } from '../batch/types';
import { InputProblem } from '../fields/problem';
import { isOneOutput } from '../fields/rowsOn';
import type { ApiRequest, BatchOperation } from '../operation';
import { admitNew, contentOf } from './admit';
import { checkBalance, type Obstacle, type PlannedSms } from './balance';
import { logWhenCancelled } from './cancelled';
import { describeBatch, RETRY_HINT } from './hints';
import { collectEntries, rejectAll, rejectWrittenTwice } from './entries';
import { openInputs, openSession, passesInputOn, type Session } from './session';

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
	const cause = causeForEverybody(report.results);
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
	return outputs;
}

async function send(
	context: IExecuteFunctions,
	operation: BatchOperation,
	asTool: boolean,
): Promise<{ entries: Entry[]; report: BatchReport; slowFields?: NodeExecutionHint[] }> {
	const prepared = await prepare(context, operation, asTool);
	if ('problem' in prepared) {
		const entries = rejectAll(await collectEntries(openInputs(context), operation), prepared.problem);
		return { entries, report: { results: entries.map(resultOfRejected), requests: 0 } };
	}
	const { entries, session } = prepared;
	const obstacle = session.settings.checkBalance
		? await checkBalance(session, plannedOf(entries, operation))
		: undefined;
	const requests = planRequests(entries, session.settings.batchSize).length;
	// Not waited for here: the first requests ask n8n's store at the same moment.
	const crashedTry = session.memory.crashNotes.openRun(() => contentOf(entries), requests);
	const buildRequest = buildingOnce(operation);
	// An interrupted try of this execution was allowed to send: what it left is not told from here.
	if (obstacle && (await crashedTry) === 'none') {
		await session.memory.crashNotes.closeRun();
		await session.memory.settle();
		return { entries, report: reportOfObstacle(entries, obstacle), slowFields: session.slowFields() };
	}
	const report = await runBatch(
		entries,
		{
			batchSize: session.settings.batchSize,
			concurrency: session.settings.concurrency,
			match: operation.match,
			splits: !operation.replaces,
			isCancelled: () => isCancelled(context),
			admit: admitNew({ buildRequest }, session.memory, crashedTry),
			patience: session.memory.patience,
			onInventedRows: (count) =>
				context.logger.warn(
					`The answer of JSMS held ${count} line(s) for numbers that were not in the request; they were ignored`,
				),
		},
		async ({ shared }, recipients) =>
			withHint(operation, await session.send(buildRequest(shared, recipients), { effect: 'act' })),
	);
	await crashedTry;
	await session.memory.settle();
	const sent = report.results.flatMap((result) => (result.status === 'sent' ? [result.msgId] : []));
	logWhenCancelled(context, sent, report.results.filter(({ status }) => status === 'unknown').length);
	return { entries, report, slowFields: session.slowFields() };
}

/** Builds the request for a list of recipients once: the memories are asked about it before it is sent. */
function buildingOnce({ buildRequest }: BatchOperation): BatchOperation['buildRequest'] {
	const built = new WeakMap<object, ApiRequest>();
	return (shared, recipients) => {
		const request = built.get(recipients) ?? buildRequest(shared, recipients);
		built.set(recipients, request);
		return request;
	};
}

function* plannedOf(entries: readonly Entry[], operation: BatchOperation): Generator<PlannedSms> {
	const replaces = operation.replaces === true;
	for (const entry of entries) {
		if ('problem' in entry) continue;
		yield { tempId: entry.shared.tempId, tempPara: entry.tempPara, keyed: entry.onceKey !== undefined, replaces };
	}
}

/** Nobody is sent to; those who could not be sent to anyway keep their own reason. */
function reportOfObstacle(entries: readonly Entry[], obstacle: Obstacle): BatchReport {
	const held: Result = { status: 'failed', ...obstacle, safeToRetry: true, scope: 'application' };
	return { results: entries.map((entry) => ('problem' in entry ? resultOfRejected(entry) : held)), requests: 0 };
}

/** Everything that can fail before the first request. */
async function prepare(
	context: IExecuteFunctions,
	operation: BatchOperation,
	asTool: boolean,
): Promise<{ entries: Entry[]; session: Session } | { problem: InputProblem }> {
	try {
		const session = await openSession(context, operation);
		const entries = await collectEntries(session, operation);
		if (operation.replaces) rejectWrittenTwice(entries, session.settings.batchSize);
		if (asTool) guardTool(entries.length, session.settings.maxRecipients);
		return { entries, session };
	} catch (error) {
		return { problem: asProblem(error) };
	}
}

/** What nobody knows about a schedule is looked up elsewhere than what nobody knows about an SMS. */
function withHint({ ifUnknown }: BatchOperation, outcome: Outcome): Outcome {
	return outcome.class === 'unknown' && ifUnknown !== undefined ? { ...outcome, hint: ifUnknown } : outcome;
}

function asProblem(error: unknown): InputProblem {
	if (error instanceof InputProblem) return error;
	return new InputProblem(
		error instanceof Error ? error.message : String(error),
		'Nothing was sent. Check the credential and the settings of the node.',
		'everyone',
	);
}

/**
 * True when an AI agent calls the node. Today's agents run it as an ordinary step, which only the node's type shows:
 * n8n makes a second type with this ending out of a node that is usable as a tool.
 */
function isCalledByAgent(context: IExecuteFunctions): boolean {
	return (context.isToolExecution?.() ?? false) || context.getNode().type.endsWith('Tool');
}

/** An agent that misreads its task must not text a whole customer list. */
function guardTool(count: number, max: number): void {
	if (count <= max) return;
	throw new InputProblem(
		`This call names ${count} recipients; at most ${max} are allowed per call`,
		`Nothing was sent. Call again with at most ${max} recipients, or have a person raise 'Max Recipients per Tool Call' in the node's options.`,
		'everyone',
	);
}

/** The failure to stop the workflow with: nothing was sent, and not because of the recipients themselves. */
function causeForEverybody(results: readonly Result[]): Failure | undefined {
	let cause: Failure | undefined;
	for (const result of results) {
		if (result.status !== 'failed') return undefined;
		if (result.scope === 'application' || result.scope === 'template') {
			cause ??= {
				...failureOfInput(new InputProblem(result.message, result.hint)),
				...(result.code !== undefined && {
					outcome: 'refused',
					code: result.code,
					message: `JSMS refused the batch: ${result.message} (code ${result.code})`,
				}),
				hint: `${result.hint} Nothing was sent to anybody.`,
			};
		} else if (result.code !== undefined) {
			return undefined;
		}
	}
	return cause;
}
