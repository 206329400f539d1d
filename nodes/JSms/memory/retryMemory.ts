import type { IExecuteFunctions } from 'n8n-workflow';

import { isRecord } from '../json';
import type { ApiRequest, ItemResult, SingleOperation } from '../operation';
import { digest } from './digest';

/** Remembers within one execution what was accepted or may have been. */
export interface RetryMemory {
	/** What an earlier try made of an item, whatever its expressions give now. Undefined for calls of a tool. */
	recall(itemIndex: number): ItemResult | undefined;
	/** What an earlier call of a tool made of the same request: an agent may call with other content at any time. */
	find(itemIndex: number, request: ApiRequest): ItemResult | undefined;
	record(itemIndex: number, request: ApiRequest, result: ItemResult): void;
}

const NOTHING: RetryMemory = { recall: () => undefined, find: () => undefined, record: () => {} };

/**
 * Opens the memory of this run, where "Retry On Fail" can make n8n run the whole node again. The run index is part of its
 * keys: in a loop the same item number means another item.
 */
export function openRetryMemory(context: IExecuteFunctions, operation: SingleOperation, asTool: boolean): RetryMemory {
	if ((operation.effect !== 'act' && !operation.sends) || context.getNode().retryOnFail !== true) return NOTHING;
	const memory = context.getContext('node');
	if (!isRecord(memory.retryMemory)) memory.retryMemory = {};
	const records = memory.retryMemory as Record<string, ItemResult>;
	const runIndex = context.getWorkflowDataProxy(0).$runIndex as number;
	const nameOf = (itemIndex: number, request?: ApiRequest) =>
		`${runIndex}/${itemIndex}${asTool && request ? `/${digest(request)}` : ''}`;
	return {
		recall: (itemIndex) => (asTool ? undefined : records[nameOf(itemIndex)]),
		find: (itemIndex, request) => records[nameOf(itemIndex, request)],
		record: (itemIndex, request, result) => {
			records[nameOf(itemIndex, request)] = result;
		},
	};
}
