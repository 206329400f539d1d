import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { toErrorItem } from '../api/apiError';
import { LOOK_UP_FIRST } from '../model/returnCodes';
import { failureOfInput, failureOfOutcome, type Failure } from '../model/failure';
import type { Outcome } from '../model/outcome';
import { notSentBecause, thenDo, withinSentence, type Cause } from '../model/cause';
import { asInputProblem } from '../model/inputProblem';
import type { ApiRequest } from '../model/request';
import type { ItemResult, SingleOperation } from '../model/operation';

/** What the outcome of a request means for its item. */
export function resultOf(operation: SingleOperation, request: ApiRequest, outcome: Outcome): ItemResult {
	const items = itemsOf(operation, request, outcome);
	if (items) return { items };
	const failure = failureOfOutcome(outcome.class === 'accepted' ? INCOMPLETE : outcome, mobileOf(request));
	return { failure: failure.outcome === 'unknown' ? explainUnknown(operation, failure) : failure };
}

/** What to do about an unknown result, by what it was to do. */
export function explainUnknown({ sends, ifUnknown, effect }: SingleOperation, failure: Failure): Failure {
	return { ...failure, ...(!sends && WITHOUT_SMS[effect]), ...(ifUnknown !== undefined && { hint: ifUnknown }) };
}

/** The number a request is for, if any. */
export function mobileOf({ body }: ApiRequest): string | undefined {
	return typeof body?.mobile === 'string' ? body.mobile : undefined;
}

/** An item that was not tried because of what other items met. */
export function resultOfStop({ sends }: SingleOperation, request: ApiRequest, cause: Cause): ItemResult {
	const next = `${sends ? 'send' : 'run'} this item again.`;
	const message = sends ? notSentBecause(cause) : `Not done: ${withinSentence(cause.message)}`;
	return itemNotSent(request, { message, hint: `The run stopped before this item. ${thenDo(cause, next)}` });
}

/** An item for which nothing was sent. */
export function itemNotSent(request: ApiRequest, { message, hint }: Cause): ItemResult {
	const mobile = mobileOf(request);
	return {
		failure: {
			message,
			hint,
			outcome: 'notAttempted',
			safeToRetry: true,
			...(mobile !== undefined && { mobile }),
		},
	};
}

/** Whatever was thrown before anything of an item was sent. */
export function asFailure(error: unknown): Failure {
	return failureOfInput(asInputProblem(error, 'Nothing was sent for this item. Check its parameters and expressions.'));
}

/** What stops a workflow: an item that was sent by an earlier run does not. */
export function stopsWorkflow(result: ItemResult): boolean {
	return 'failure' in result && result.failure.outcome !== 'alreadySent';
}

/**
 * The output items of one input item.
 * @param input data of the input item, where it is to be passed on
 */
export function toOutputItems(
	context: IExecuteFunctions,
	result: ItemResult,
	itemIndex: number,
	input: IDataObject | undefined,
): INodeExecutionData[] {
	if ('failure' in result) return [toErrorItem(context.getNode(), result.failure, itemIndex, input)];
	const passedOn = input && { input };
	return result.items.map((json) => ({ json: { ...json, ...passedOn }, pairedItem: { item: itemIndex } }));
}

function itemsOf(operation: SingleOperation, request: ApiRequest, outcome: Outcome): IDataObject[] | undefined {
	if (outcome.class === 'accepted') return operation.toItems(outcome.body, request);
	return outcome.class === 'refused' ? operation.refusalToItems?.(outcome, request) : undefined;
}

const INCOMPLETE = {
	class: 'unknown' as const,
	message: 'JSMS confirmed the request, but its response has no msg_id or is incomplete',
	hint: LOOK_UP_FIRST,
};

/** What an unknown result means where no SMS was to go out. */
const WITHOUT_SMS: Record<SingleOperation['effect'], Pick<Failure, 'hint' | 'safeToRetry'>> = {
	idempotent: { hint: 'This changed nothing. Retry later.', safeToRetry: true },
	delete: {
		hint: 'It may be deleted already. Delete it again: if JSMS says that it does not exist, it was deleted.',
		safeToRetry: true,
	},
	once: {
		hint: 'The request may have been carried out. Check in the Jiguang console before you repeat it.',
		safeToRetry: false,
	},
};
