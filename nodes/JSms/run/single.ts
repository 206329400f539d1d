import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import {
	failureOfInput,
	failureOfOutcome,
	failureOfUsedKey,
	toErrorItem,
	toNodeError,
	type Failure,
} from '../api/apiError';
import { LOOK_UP_FIRST } from '../api/errorCodes';
import type { Outcome } from '../api/outcome';
import { isCancelled } from '../api/request';
import { InputProblem } from '../fields/problem';
import { readOnceKey } from '../fields/options';
import type { ApiRequest, SingleOperation } from '../operation';
import { workOff } from '../pool';
import { logWhenCancelled } from './cancelled';
import { RETRY_HINT } from './hints';
import { findRestart } from './guards';
import { openSendLedger, type SendLedger } from './sendLedger';
import { openSession, type Session } from './session';

/** What became of one item. */
export type ItemResult = { items: IDataObject[] } | { failure: Failure };

/**
 * Runs an operation that makes one request per item.
 * Under "Stop Workflow" the first failure ends the run; otherwise each failing item becomes an error item.
 */
export async function runSingle(
	context: IExecuteFunctions,
	operation: SingleOperation,
): Promise<INodeExecutionData[][]> {
	const count = context.getInputData().length;
	const results = new Array<ItemResult | undefined>(count);
	const stopsOnFailure = !context.continueOnFail();
	const ledger = openSendLedger(context, operation);
	const recallAll = () => {
		for (let itemIndex = 0; itemIndex < count; itemIndex += 1) results[itemIndex] ??= ledger.recall(itemIndex);
	};
	try {
		const session = await openSession(context, operation);
		const interrupted =
			operation.sends === true && (await findRestart(context, session.guards, () => [], 1)) !== 'none';
		let next = 0;
		let failed = false;
		const take = () => (next < count && !(stopsOnFailure && failed) && !isCancelled(context) ? next++ : undefined);
		// Everything else waits for each other: a service that counts calls refuses bursts of them.
		const limit = operation.sends ? session.settings.concurrency : 1;
		await workOff(take, limit, async (itemIndex) => {
			const result = await runItem({ session, operation, ledger, interrupted }, itemIndex);
			results[itemIndex] = result;
			failed ||= isFault(result);
		});
		await session.guards.settle();
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
	return [results.flatMap((result, itemIndex) => (result ? toItems(context, result, itemIndex) : []))];
}

interface SingleRun {
	session: Session;
	operation: SingleOperation;
	ledger: SendLedger;
	/** An earlier try of this execution died while it was sending: nobody knows how far it got. */
	interrupted: boolean;
}

async function runItem({ session, operation, ledger, interrupted }: SingleRun, itemIndex: number): Promise<ItemResult> {
	let request: ApiRequest;
	let key: string | undefined;
	try {
		const input = operation.usesTemplate ? await session.templateInput(itemIndex) : session.input(itemIndex);
		request = operation.buildRequest(input);
		key = readOnceKey(input.option);
	} catch (error) {
		return { failure: asFailure(error) };
	}
	const earlier = ledger.find(itemIndex, request);
	if (earlier) return earlier;
	const mobile = mobileOf(request);
	if (key !== undefined) {
		const used = await claim(session, key);
		if (used) return { failure: used === 'used' ? failureOfUsedKey(mobile) : used };
	}
	if (interrupted && key === undefined) return { failure: failureOfOutcome(INTERRUPTED, mobile) };

	const outcome = await session.send(request, { effect: operation.effect, expects: operation.expects });
	const result = resultOf(operation, request, outcome);
	const nothingSent = outcome.class === 'refused' || outcome.class === 'notAttempted';
	if (nothingSent && key !== undefined) await session.guards.releaseKeys([key]);
	if (!nothingSent || 'items' in result) ledger.record(itemIndex, request, result);
	return result;
}

/** Claims the key of an item: undefined when it may be sent now. */
async function claim({ guards }: Session, key: string): Promise<'used' | Failure | undefined> {
	try {
		return (await guards.claimKeys([key])).has(key) ? 'used' : undefined;
	} catch (error) {
		return asFailure(error);
	}
}

const INTERRUPTED = {
	class: 'unknown' as const,
	message: 'An earlier try of this execution was interrupted while it was sending',
	hint: LOOK_UP_FIRST,
};

function mobileOf({ body }: ApiRequest): string | undefined {
	return typeof body?.mobile === 'string' ? body.mobile : undefined;
}

function resultOf(operation: SingleOperation, request: ApiRequest, outcome: Outcome): ItemResult {
	const items = itemsOf(operation, request, outcome);
	if (items) return { items };
	const failure = failureOfOutcome(outcome.class === 'accepted' ? INCOMPLETE : outcome, mobileOf(request));
	if (failure.outcome !== 'unknown' || operation.sends) return { failure };
	return { failure: { ...failure, ...WITHOUT_SMS[operation.effect] } };
}

function itemsOf(operation: SingleOperation, request: ApiRequest, outcome: Outcome): IDataObject[] | undefined {
	if (outcome.class === 'accepted') return operation.toItems(outcome.body, request);
	return outcome.class === 'refused' ? operation.refusalToItems?.(outcome, request) : undefined;
}

const INCOMPLETE = {
	class: 'unknown' as const,
	message: 'The answer of JSMS lacks what it must hold',
	hint: LOOK_UP_FIRST,
};

/** What an unknown result means where no SMS was to go out. */
const WITHOUT_SMS: Record<SingleOperation['effect'], Pick<Failure, 'hint' | 'safeToRetry'>> = {
	repeat: { hint: 'Nothing was changed by this. Try again later.', safeToRetry: true },
	act: {
		hint: 'The request may have arrived. If a second one is refused because this was already done, the first one passed.',
		safeToRetry: false,
	},
};

function asFailure(error: unknown): Failure {
	if (error instanceof InputProblem) return failureOfInput(error);
	return failureOfInput(
		new InputProblem(
			error instanceof Error ? error.message : String(error),
			'Nothing was sent for this item. Check its parameters and expressions.',
		),
	);
}

function logSends(context: IExecuteFunctions, results: Array<ItemResult | undefined>): void {
	const sent = results.flatMap((one) => (one && 'items' in one ? one.items.map(({ msg_id }) => msg_id) : []));
	const unknown = results.filter((one) => one && 'failure' in one && one.failure.outcome === 'unknown').length;
	logWhenCancelled(context, sent, unknown);
}

function throwFirstFailure(context: IExecuteFunctions, results: Array<ItemResult | undefined>): void {
	const itemIndex = results.findIndex((result) => result && isFault(result));
	const result = results[itemIndex];
	if (!result || !('failure' in result)) return;
	const accepted = results.flatMap((one, item) =>
		one && 'items' in one ? one.items.map(({ msg_id }) => ({ item, msg_id })) : [],
	);
	const unknown = results.flatMap((one, item) =>
		item !== itemIndex && one && 'failure' in one && one.failure.outcome === 'unknown' ? [item] : [],
	);
	const others = [describeAccepted(accepted), describeUnknown(unknown)].filter(Boolean).join(' ');
	const error = toNodeError(context.getNode(), result.failure, itemIndex, others);
	if (accepted.length > 0) error.context.accepted = accepted;
	if (unknown.length > 0) error.context.unknown = unknown;
	throw error;
}

/** What stops a workflow: an item that was sent by an earlier run does not. */
function isFault(result: ItemResult): boolean {
	return 'failure' in result && result.failure.outcome !== 'alreadySent';
}

/** So that nothing that went out is lost from view when the workflow stops. */
function describeAccepted(accepted: Array<{ item: number; msg_id: unknown }>): string {
	const ids = accepted.flatMap(({ msg_id }) => (typeof msg_id === 'string' ? [msg_id] : []));
	if (ids.length === 0) return '';
	const shown = ids.slice(0, 100).join(', ');
	const more = ids.length > 100 ? ` and ${ids.length - 100} more` : '';
	return `${ids.length} other item${ids.length === 1 ? ' was' : 's were'} already accepted (msg_id ${shown}${more}): running the workflow again would send ${ids.length === 1 ? 'it' : 'them'} again.`;
}

function describeUnknown(items: number[]): string {
	if (items.length === 0) return '';
	const shown = items.slice(0, 100).join(', ');
	return `Of ${items.length === 1 ? 'another item' : `${items.length} other items`} the result is unknown (item ${shown}${items.length > 100 ? ' and more' : ''}): look at the send records before running the workflow again.`;
}

function toItems(context: IExecuteFunctions, result: ItemResult, itemIndex: number): INodeExecutionData[] {
	if ('failure' in result) return [toErrorItem(context.getNode(), result.failure, itemIndex)];
	return result.items.map((json) => ({ json, pairedItem: { item: itemIndex } }));
}
