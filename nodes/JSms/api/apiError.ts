import {
	type IDataObject,
	type INode,
	type INodeExecutionData,
	type JsonObject,
	NodeApiError,
	NodeOperationError,
} from 'n8n-workflow';

import { maskNumbers } from '../model/mask';
import { refusalText } from '../model/activation';
import type { Failure } from '../model/failure';
import { InputProblem } from '../model/inputProblem';

/** What the item of a failure holds: only these two keys let n8n keep the rest of the input item. */
export function toErrorJson(failure: Failure): IDataObject {
	return {
		error: maskNumbers(failure.message),
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
 * @param input data of the input item, where it is to be passed on. Not on the error output: n8n adds it there by itself.
 *
 * n8n 2.x takes items with just `error` and `details` for the error output, n8n 1.x only those with a mark on the item
 * itself. A mark that is listed would replace the json by the bare error, so it is hidden: both versions see it, neither copies it.
 */
export function toErrorItem(node: INode, failure: Failure, itemIndex: number, input?: IDataObject): INodeExecutionData {
	const item: INodeExecutionData = { json: toErrorJson(failure), pairedItem: { item: itemIndex } };
	if (node.onError === 'continueErrorOutput') {
		Object.defineProperty(item, 'error', { value: maskNumbers(failure.message), enumerable: false });
	} else if (input) {
		item.json.input = input;
	}
	return item;
}

/**
 * The error to stop the workflow with. Built from our own sentences alone, so that neither keys nor full numbers get into it.
 * @param accepted added to the description where other items were already accepted
 */
export function toNodeError(
	node: INode,
	given: Failure,
	itemIndex: number | undefined,
	accepted = '',
): NodeApiError | NodeOperationError {
	// What was accepted stays as it is: IDs are needed in full.
	const failure = { ...given, message: maskNumbers(given.message) };
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

/**
 * Runs what must not fail before a trigger is activated.
 * @throws NodeOperationError whose message says what to do, too: n8n shows nothing else of it
 */
export async function checkActivation(node: INode, check: () => Promise<unknown>): Promise<void> {
	try {
		await check();
	} catch (error) {
		const message = error instanceof Error ? error.message : String(error);
		const hint = error instanceof InputProblem ? error.hint : undefined;
		throw new NodeOperationError(node, refusalText(message, hint));
	}
}
