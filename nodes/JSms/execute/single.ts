import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { failureOfUsedKey } from '../api/failure';
import { isCancelled } from '../api/request';
import { openRetryMemory, type RetryMemory } from '../memory/retryMemory';
import type { ApiRequest, ItemResult, SingleOperation } from '../operation';
import { workOff, type Company } from '../pool';
import { StopRule, type TemplateUse } from '../stopRule';
import { checkBalance, type Obstacle, type PlannedSms } from './balance';
import { logWhenCancelled } from './cancelled';
import { throwFirstFailure } from './firstFailure';
import { RETRY_HINT } from './hints';
import {
	asFailure,
	isFault,
	mobileOf,
	resultOf,
	resultOfCrash,
	resultOfObstacle,
	resultOfStop,
	toItems,
} from './itemResult';
import { plannedOf, prepareItem, type Prepared } from './prepare';
import { openSession, passesInputOn, type Session } from './session';

/**
 * Runs an operation that makes one request per item.
 * Under "Stop Workflow" the first failure ends the run; otherwise each failing item becomes an error item, and what the
 * next items would meet as well holds them back.
 */
export async function runSingle(
	context: IExecuteFunctions,
	operation: SingleOperation,
): Promise<INodeExecutionData[][]> {
	const items = context.getInputData();
	const count = items.length;
	const results = new Array<ItemResult | undefined>(count);
	const stopsOnFailure = !context.continueOnFail();
	const retryMemory = openRetryMemory(context, operation);
	const recallAll = () => {
		for (let itemIndex = 0; itemIndex < count; itemIndex += 1) results[itemIndex] ??= retryMemory.recall(itemIndex);
	};
	try {
		const session = await openSession(context, operation);
		const checks = operation.usesTemplate === true && session.settings.checkBalance;
		const prepared = checks ? await prepareAll(context, session, operation) : [];
		const isBad = stopsOnFailure && prepared.some((one) => 'failure' in one);
		const obstacle = checks && !isBad ? await checkBalance(session, plannedIn(prepared, retryMemory)) : undefined;
		const crashed =
			!isBad && operation.sends === true && (await session.memory.crashNotes.openRun(() => [], 1)) !== 'none';
		// An interrupted try of this execution was allowed to send: what it left is not told from here.
		const isHeldBack = isBad || (obstacle !== undefined && !crashed);
		if (isHeldBack) {
			await session.memory.crashNotes.closeRun();
			prepared.forEach((one, itemIndex) => {
				results[itemIndex] = heldBack(one, itemIndex, obstacle, retryMemory);
			});
		}
		const stop = new StopRule({ countsUnknown: operation.sends === true });
		let next = isHeldBack ? count : 0;
		let failed = false;
		const take = () => (next < count && !(stopsOnFailure && failed) && !isCancelled(context) ? next++ : undefined);
		// Everything else waits for each other: a service that counts calls refuses bursts of them.
		const limit = operation.sends ? session.settings.concurrency : 1;
		await workOff(take, limit, async (itemIndex, company) => {
			const run = { session, operation, retryMemory, crashed, stop, company };
			const result = await runItem(run, itemIndex, prepared[itemIndex]);
			results[itemIndex] = result;
			failed ||= isFault(result);
		});
		await session.memory.settle();
		context.addExecutionHints?.(...session.slowFields());
	} catch (error) {
		// A fault that belongs to the run as a whole: every item without a result shares it.
		const failure = asFailure(error);
		recallAll();
		for (let itemIndex = 0; itemIndex < count; itemIndex += 1) results[itemIndex] ??= { failure };
	}
	// A retry may stop before it comes to items that an earlier try has sent: the error has to name them, too.
	recallAll();
	if (operation.sends) logSends(context, results);
	if (stopsOnFailure) throwFirstFailure(context, results);
	if (operation.sends && context.getNode().retryOnFail) context.addExecutionHints?.(RETRY_HINT);
	const passesOn = passesInputOn(context);
	return [
		results.flatMap((result, itemIndex) =>
			result ? toItems(context, result, itemIndex, passesOn ? items[itemIndex].json : undefined) : [],
		),
	];
}

interface SingleRun {
	session: Session;
	operation: SingleOperation;
	retryMemory: RetryMemory;
	/** An earlier try of this execution died while it was sending: nobody knows how far it got. */
	crashed: boolean;
	stop: StopRule;
	/** The other items under way, which may claim their keys together with this one. */
	company: Company;
}

/** Reads all items before the first one is sent. */
async function prepareAll(
	context: IExecuteFunctions,
	session: Session,
	operation: SingleOperation,
): Promise<Prepared[]> {
	const prepared: Prepared[] = [];
	for (let itemIndex = 0; itemIndex < session.items.length && !isCancelled(context); itemIndex += 1) {
		prepared.push(await prepareItem(session, operation, itemIndex));
	}
	return prepared;
}

/** What is to be sent now: not what an earlier try of this run has sent. */
function* plannedIn(prepared: Prepared[], retryMemory: RetryMemory): Generator<PlannedSms> {
	for (const [itemIndex, one] of prepared.entries()) {
		const planned = plannedOf(one);
		if (planned && 'request' in one && !retryMemory.find(itemIndex, one.request)) yield planned;
	}
}

/** The result of an item of a run that must not send; undefined where the cause lies with another item. */
function heldBack(
	prepared: Prepared,
	itemIndex: number,
	obstacle: Obstacle | undefined,
	retryMemory: RetryMemory,
): ItemResult | undefined {
	if ('failure' in prepared) return prepared;
	return retryMemory.find(itemIndex, prepared.request) ?? (obstacle && resultOfObstacle(prepared.request, obstacle));
}

async function runItem(run: SingleRun, itemIndex: number, prepared?: Prepared): Promise<ItemResult> {
	const { session, operation, retryMemory, crashed, stop } = run;
	const ready = prepared ?? (await prepareItem(session, operation, itemIndex));
	if ('failure' in ready) return ready;
	const { request, key } = ready;
	const earlier = retryMemory.find(itemIndex, request);
	if (earlier) return earlier;
	const use = templateUseOf(request);
	const reason = stop.reason(use);
	if (reason !== undefined) return resultOfStop(operation, request, reason);
	const refused = key === undefined ? undefined : await claim(run, request, key);
	if (refused) return refused;
	if (crashed && key === undefined) return resultOfCrash(request);

	const outcome = await session.send(request, { effect: operation.effect, expects: operation.expects });
	stop.learn(outcome, use);
	const result = resultOf(operation, request, outcome);
	const nothingSent = outcome.class === 'refused' || outcome.class === 'notAttempted';
	if (nothingSent && key !== undefined) await session.memory.onceKeys.release([key]);
	if (!nothingSent || 'items' in result) retryMemory.record(itemIndex, request, result);
	return result;
}

/** Claims the key of an item: undefined when it may be sent now. */
async function claim(run: SingleRun, request: ApiRequest, key: string): Promise<ItemResult | undefined> {
	const { session, operation, stop, company } = run;
	const { onceKeys, patience } = session.memory;
	try {
		await company.gather(patience);
		if ((await onceKeys.claim([key])).has(key)) return { failure: failureOfUsedKey(mobileOf(request)) };
	} catch (error) {
		return { failure: asFailure(error) };
	}
	// Asking may have taken its time.
	const reason = stop.reason(templateUseOf(request));
	if (reason === undefined) return undefined;
	await onceKeys.release([key]);
	return resultOfStop(operation, request, reason);
}

function templateUseOf({ body }: ApiRequest): TemplateUse {
	const { temp_id: tempId, sign_id: signId } = body ?? {};
	return {
		...(typeof tempId === 'number' && { tempId }),
		...(typeof signId === 'number' && { signId }),
	};
}

function logSends(context: IExecuteFunctions, results: Array<ItemResult | undefined>): void {
	const sent = results.flatMap((one) => (one && 'items' in one ? one.items.map(({ msg_id }) => msg_id) : []));
	const unknown = results.filter((one) => one && 'failure' in one && one.failure.outcome === 'unknown').length;
	logWhenCancelled(context, sent, unknown);
}
