import type { IExecuteFunctions } from 'n8n-workflow';

import { isRecord } from '../json';
import type { ApiRequest, ItemResult, SingleOperation } from '../operation';
import { digest } from './digest';

/** Remembers within one execution what was accepted or may have been. */
export interface RetryMemory {
	find(itemIndex: number, request: ApiRequest): ItemResult | undefined;
	record(itemIndex: number, request: ApiRequest, result: ItemResult): void;
	/** What an earlier try made of an item that this try did not come to. */
	recall(itemIndex: number): ItemResult | undefined;
}

const NOTHING: RetryMemory = { find: () => undefined, record: () => {}, recall: () => undefined };

/**
 * Opens the memory of this run, where "Retry On Fail" can make n8n run the whole node again. The run index is part of its
 * keys: in a loop the same item number means another item.
 */
export function openRetryMemory(context: IExecuteFunctions, operation: SingleOperation): RetryMemory {
	if ((operation.effect !== 'act' && !operation.sends) || context.getNode().retryOnFail !== true) return NOTHING;
	const memory = context.getContext('node');
	if (!isRecord(memory.retryMemory)) memory.retryMemory = {};
	const records = memory.retryMemory as Record<string, ItemResult>;
	const runIndex = context.getWorkflowDataProxy(0).$runIndex as number;
	const earlier = new Map(
		Object.entries(records).flatMap(([key, result]) => {
			const [run, item] = key.split('/').map(Number);
			return run === runIndex ? [[item, result] as const] : [];
		}),
	);
	const keyOf = (itemIndex: number, request: ApiRequest) => `${runIndex}/${itemIndex}/${digest(request)}`;
	return {
		find: (itemIndex, request) => records[keyOf(itemIndex, request)],
		record: (itemIndex, request, result) => {
			records[keyOf(itemIndex, request)] = result;
		},
		recall: (itemIndex) => earlier.get(itemIndex),
	};
}
