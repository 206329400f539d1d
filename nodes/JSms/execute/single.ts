import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { isCancelled } from '../api/request';
import type { Cause } from '../model/cause';
import { whyClosed } from '../fields/allowedHours';
import { openRetryMemory, openRunNote, type InterruptedTry, type OnceKeys, type RetryMemory } from '../memory';
import type { ApiRequest } from '../model/request';
import type { ItemResult, SingleOperation } from '../model/operation';
import { runPool, type Barrier } from '../batch/pool';
import { StopRule, type TemplateUse } from '../batch/stopRule';
import { checkBalance } from './balance';
import { logWhenCancelled } from './cancelled';
import { idOf, throwFirstFailure } from './firstFailure';
import { RETRY_HINT } from './hints';
import { asFailure, stopsWorkflow, mobileOf, resultOf, itemNotSent, resultOfStop, toOutputItems } from './itemResult';
import { resultOfInterrupted, usedByInterruptedTry } from './interrupted';
import { failureOfKey } from './onceKeys';
import { plannedMessage, prepareItem, type Prepared } from './prepare';
import { openInputs, openSession, passesInputOn, type Session } from './session';

/**
 * Runs an operation that makes one request per item.
 * Under "Stop Workflow" the first failure ends the run; otherwise each failing item becomes an error item, and what the
 * next items would meet as well stops them.
 */
export async function runSingle(
	context: IExecuteFunctions,
	operation: SingleOperation,
): Promise<INodeExecutionData[][]> {
	const inputs = openInputs(context);
	const { items } = inputs;
	// Earlier tries and interrupted runs decide before anything else.
	const retryMemory = openRetryMemory(context, operation);
	const results = items.map((_, itemIndex) => decisive(operation, retryMemory.recall(itemIndex)));
	const interrupted =
		operation.sends || operation.effect === 'delete' ? await openRunNote(context, inputs.keys?.all()) : 'none';
	try {
		const session = await openSession(context, operation, inputs);
		await new SingleRun(context, { session, operation, retryMemory, interrupted, results }).execute();
		await session.onceKeys?.confirm();
		context.addExecutionHints?.(...session.slowFields());
	} catch (error) {
		// An error that belongs to the run as a whole: every item without a result shares it.
		const result = interrupted === 'none' ? { failure: asFailure(error) } : resultOfInterrupted(operation);
		items.forEach((_, itemIndex) => (results[itemIndex] ??= result));
	}
	if (operation.sends) logSends(context, results);
	if (!context.continueOnFail()) throwFirstFailure(context, operation, results);
	if (operation.sends && context.getNode().retryOnFail) context.addExecutionHints?.(RETRY_HINT);
	const passesOn = passesInputOn(context);
	return [
		results.flatMap((result, itemIndex) =>
			result ? toOutputItems(context, result, itemIndex, passesOn ? items[itemIndex].json : undefined) : [],
		),
	];
}

/** What an earlier try found, where it decides: a delete is tried again, because the response tells whether it was done. */
function decisive({ effect }: SingleOperation, earlier: ItemResult | undefined): ItemResult | undefined {
	return effect === 'delete' && earlier && 'failure' in earlier ? undefined : earlier;
}

interface Run {
	session: Session;
	operation: SingleOperation;
	retryMemory: RetryMemory;
	interrupted: InterruptedTry;
	/** By item; those of earlier tries are there already. */
	results: Array<ItemResult | undefined>;
}

class SingleRun {
	private readonly stop: StopRule;

	private readonly stopsOnFailure: boolean;

	/** Items that were read before the first one is sent. */
	private prepared: Array<Prepared | undefined> = [];

	private next = 0;

	private hasFailed: boolean;

	constructor(
		private readonly context: IExecuteFunctions,
		private readonly run: Run,
	) {
		const isSending = run.operation.sends === true;
		const { allowedHours } = run.session.settings;
		this.stop = new StopRule({
			countsUnknown: isSending,
			isCancelled: () => isCancelled(context),
			whyClosed: () => allowedHours && whyClosed(allowedHours, Date.now()),
		});
		this.stopsOnFailure = !context.continueOnFail();
		// What an earlier try could not find out ends this one, too.
		this.hasFailed = run.results.some((result) => result !== undefined && stopsWorkflow(result));
	}

	async execute(): Promise<void> {
		const { session, operation, results } = this.run;
		if (operation.usesTemplate && session.settings.checkBalance && this.run.interrupted === 'none') {
			if (!(await this.passesChecks())) return;
		}
		// Everything else waits for each other: a service that counts calls refuses bursts of them.
		const limit = operation.sends ? session.settings.concurrency : 1;
		await runPool(
			() => this.takeNext(),
			limit,
			async (itemIndex, barrier) => {
				const result = await this.runItem(itemIndex, barrier);
				results[itemIndex] = result;
				this.hasFailed ||= stopsWorkflow(result);
			},
		);
		if (operation.sends && this.run.interrupted !== 'none') await this.doubtUnsent();
	}

	/** Whom a repeated run did not send to, the interrupted try may have sent to. */
	private async doubtUnsent(): Promise<void> {
		const { session, operation, interrupted, results } = this.run;
		const unsent = results.flatMap((result, item) => {
			const failure = result && 'failure' in result ? result.failure : undefined;
			return result && failure?.outcome !== 'refused' && failure?.outcome !== 'notAttempted'
				? []
				: [{ item, mobile: failure?.mobile, key: keyOf(session, item) }];
		});
		const keys = unsent.flatMap(({ key }) => key ?? []);
		const used = session.onceKeys && (await usedByInterruptedTry(session.onceKeys, keys));
		for (const { item, mobile, key } of unsent) {
			const isFree = interrupted === 'sameKeys' && key !== undefined && !used?.has(key);
			if (!isFree) results[item] = resultOfInterrupted(operation, mobile);
		}
	}

	private takeNext(): number | undefined {
		const { results } = this.run;
		if ((this.stopsOnFailure && this.hasFailed) || isCancelled(this.context)) return undefined;
		while (results[this.next]) this.next += 1;
		return this.next < results.length ? this.next++ : undefined;
	}

	/** Reads all items and compares what they cost with the balance; when nothing may be sent, gives them their results. */
	private async passesChecks(): Promise<boolean> {
		const { session, operation, results } = this.run;
		const open: Array<{ ready: Prepared; item: number }> = [];
		for (let item = 0; item < results.length && !isCancelled(this.context); item += 1) {
			if (results[item]) continue;
			const ready = await prepareItem(session, operation, item);
			this.prepared[item] = ready;
			open.push({ ready, item });
		}
		const isBad = this.stopsOnFailure && open.some(({ ready }) => 'failure' in ready);
		const planned = open.flatMap(({ ready, item }) => (this.earlierResult(ready, item) ? [] : plannedMessage(ready)));
		const cause = isBad ? undefined : await checkBalance(session, planned);
		if (!isBad && !cause) return true;
		for (const { ready, item } of open) results[item] = this.resultOfUnsent(ready, item, cause);
		return false;
	}

	/** The result of an item of a run that must not send; undefined where the cause lies with another item. */
	private resultOfUnsent(ready: Prepared, item: number, cause: Cause | undefined): ItemResult | undefined {
		if ('failure' in ready) return ready;
		return this.earlierResult(ready, item) ?? (cause && itemNotSent(ready.request, cause));
	}

	private earlierResult(ready: Prepared, item: number): ItemResult | undefined {
		return 'request' in ready ? decisive(this.run.operation, this.run.retryMemory.find(item, ready)) : undefined;
	}

	private async runItem(itemIndex: number, barrier: Barrier): Promise<ItemResult> {
		const { session, operation, retryMemory, interrupted } = this.run;
		const ready = this.prepared[itemIndex] ?? (await prepareItem(session, operation, itemIndex));
		const earlier = this.earlierResult(ready, itemIndex);
		if (earlier) return earlier;
		if ('failure' in ready) return interrupted === 'none' ? ready : resultOfInterrupted(operation);
		const { request, key } = ready;
		if (operation.sends && interrupted === 'unprotected') return resultOfInterrupted(operation, mobileOf(request));
		const use = templateUseOf(request);
		const cause = this.stop.cause(use);
		if (cause) return resultOfStop(operation, request, cause);
		const refused = key === undefined ? undefined : await this.claim(request, key, barrier);
		if (refused) return refused;

		const mayBeDone = interrupted !== 'none' || retryMemory.find(itemIndex, ready) !== undefined;
		const { effect, expects } = operation;
		const outcome = await session.send(request, { effect, expects, mayBeDone });
		this.stop.record(outcome, use);
		const result = resultOf(operation, request, outcome);
		const nothingSent = outcome.class === 'refused' || outcome.class === 'notAttempted';
		if (nothingSent) await session.onceKeys?.release([key as string]);
		if (!nothingSent || 'items' in result) retryMemory.record(itemIndex, ready, result);
		return result;
	}

	/** Claims the key of an item: undefined when it may be sent now. */
	private async claim(request: ApiRequest, key: string, barrier: Barrier): Promise<ItemResult | undefined> {
		const { session, operation, interrupted } = this.run;
		const onceKeys = session.onceKeys as OnceKeys;
		try {
			await barrier.wait(async () => await onceKeys.waitForOthers());
			const verdict = (await onceKeys.claim([key])).get(key);
			if (verdict) {
				return interrupted === 'none'
					? { failure: failureOfKey(verdict, mobileOf(request)) }
					: resultOfInterrupted(operation, mobileOf(request));
			}
		} catch (error) {
			return interrupted === 'none' ? { failure: asFailure(error) } : resultOfInterrupted(operation, mobileOf(request));
		}
		// Asking may have taken its time.
		const cause = this.stop.cause(templateUseOf(request));
		if (cause === undefined) return undefined;
		await onceKeys.release([key]);
		return resultOfStop(operation, request, cause);
	}
}

/** The key that protects an item; undefined where it has none. */
function keyOf({ keys }: Session, item: number): string | undefined {
	try {
		return keys?.unique(item);
	} catch {
		return undefined;
	}
}

function templateUseOf({ body }: ApiRequest): TemplateUse {
	return { tempId: body?.temp_id as number | undefined, signId: body?.sign_id as number | undefined };
}

function logSends(context: IExecuteFunctions, results: Array<ItemResult | undefined>): void {
	const accepted = results.flatMap((one) => (one && 'items' in one ? one.items.map(idOf) : []));
	const unknown = results.filter((one) => one && 'failure' in one && one.failure.outcome === 'unknown').length;
	logWhenCancelled(context, accepted, unknown);
}
