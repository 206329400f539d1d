import type { IDataObject, INode, INodeExecutionData, JsonObject } from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';

import { maskMobile } from '../fields/mobile';
import { InputProblem } from '../fields/problem';
import type { Outcome } from './outcome';

/** Why an item has no result, in the one shape that n8n keeps whole on its error output. */
export interface Failure {
	/** One sentence. */
	message: string;
	/** What to do. */
	hint: string;
	outcome: 'refused' | 'notAttempted' | 'unknown' | 'invalidInput' | 'alreadySent';
	safeToRetry: boolean;
	code?: number;
	httpStatus?: number;
	/** In full; masked wherever a sentence names it. */
	mobile?: string;
}

/** A failure of bad input, found before anything was sent. */
export function failureOfInput(problem: InputProblem): Failure {
	return { message: problem.message, hint: problem.hint, outcome: 'invalidInput', safeToRetry: false };
}

/** Not a fault: what this item stands for was sent before, so it does not stop a workflow. */
export function failureOfUsedKey(mobile: string | undefined): Failure {
	return {
		message: "Already sent: this 'Send Once Key' was used before",
		hint: 'Nothing needs to be done. Change the key if this SMS is meant to go out again.',
		outcome: 'alreadySent',
		safeToRetry: false,
		...(mobile !== undefined && { mobile }),
	};
}

/**
 * A failure that the service or the way to it caused.
 * @param mobile the number it concerned, if any
 */
export function failureOfOutcome(outcome: Exclude<Outcome, { class: 'accepted' }>, mobile?: string): Failure {
	const target = mobile === undefined ? '' : ` for ${maskMobile(mobile)}`;
	const common = { hint: outcome.hint, outcome: outcome.class, ...(mobile !== undefined && { mobile }) };
	switch (outcome.class) {
		case 'refused': {
			const { code, httpStatus, safeToRetry } = outcome;
			const number = code === undefined ? '' : ` (code ${code})`;
			return {
				...common,
				message: `JSMS refused the request${target}: ${outcome.message}${number}`,
				safeToRetry,
				...(code !== undefined && { code }),
				...(httpStatus !== undefined && { httpStatus }),
			};
		}
		case 'notAttempted':
			return { ...common, message: `${outcome.message}: nothing was sent${target}`, safeToRetry: true };
		case 'unknown': {
			const { code, httpStatus } = outcome;
			return {
				...common,
				message: `${outcome.message}: the result${target} is unknown`,
				safeToRetry: false,
				...(code !== undefined && { code }),
				...(httpStatus !== undefined && { httpStatus }),
			};
		}
	}
}

/** What the item of a failure holds: only these two keys let n8n keep the rest of the input item. */
export function toErrorJson(failure: Failure): IDataObject {
	return {
		error: failure.message,
		details: {
			...(failure.code !== undefined && { code: failure.code }),
			...(failure.httpStatus !== undefined && { http_status: failure.httpStatus }),
			hint: failure.hint,
			outcome: failure.outcome,
			safe_to_retry: failure.safeToRetry,
			...(failure.mobile !== undefined && { mobile: failure.mobile }),
		},
	};
}

/**
 * The item of a failure, for the continue modes.
 *
 * n8n 2.x takes items with just `error` and `details` for the error output, n8n 1.x only those with a mark on the item
 * itself. A mark that is listed would replace the json by the bare error, so it is hidden: both versions see it, neither copies it.
 */
export function toErrorItem(node: INode, failure: Failure, itemIndex: number): INodeExecutionData {
	const item: INodeExecutionData = { json: toErrorJson(failure), pairedItem: { item: itemIndex } };
	if (node.onError === 'continueErrorOutput')
		Object.defineProperty(item, 'error', { value: failure.message, enumerable: false });
	return item;
}

/**
 * The error to stop the workflow with. Built from our own sentences alone, so that neither keys nor full numbers get into it.
 * @param accepted added to the description where other items were already accepted
 */
export function toNodeError(
	node: INode,
	failure: Failure,
	itemIndex: number | undefined,
	accepted = '',
): NodeApiError | NodeOperationError {
	const options = {
		message: failure.message,
		description: [failure.hint, accepted].filter(Boolean).join(' '),
		itemIndex,
	};
	const error =
		failure.outcome === 'invalidInput' ? toInputError(node, failure, options) : toApiError(node, failure, options);
	// n8n puts a stock text in place of a message that names a system error, for ECONNRESET "You can retry the request
	// immediately": wrong advice where an SMS may have gone out.
	error.message = failure.message;
	return error;
}

type ErrorOptions = Pick<Failure, 'message'> & { description: string; itemIndex: number | undefined };

function toInputError(node: INode, { message }: Failure, options: ErrorOptions): NodeOperationError {
	return new NodeOperationError(node, message, options);
}

function toApiError(node: INode, { message, code, httpStatus }: Failure, options: ErrorOptions): NodeApiError {
	const raw: JsonObject = { message, ...(code !== undefined && { code }) };
	return new NodeApiError(node, raw, { ...options, ...(httpStatus !== undefined && { httpCode: String(httpStatus) }) });
}
