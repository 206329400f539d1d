import type { IExecuteFunctions } from 'n8n-workflow';

import { isRecord } from '../json';
import type { ApiRequest, SingleOperation } from '../operation';
import { digest } from './guards';
import type { ItemResult } from './single';

/** Remembers within one execution what was accepted or may have been. */
export interface SendLedger {
	find(itemIndex: number, request: ApiRequest): ItemResult | undefined;
	record(itemIndex: number, request: ApiRequest, result: ItemResult): void;
	/** What an earlier try made of an item that this try did not come to. */
	recall(itemIndex: number): ItemResult | undefined;
}

const NOTHING: SendLedger = { find: () => undefined, record: () => {}, recall: () => undefined };

/**
 * Opens the ledger of this run.
 *
 * "Retry On Fail" makes n8n run the whole node again after a failure. The node's execution context survives that,
 * so items that were accepted, or may have been, are answered from here and only the rest is sent. The run index is
 * part of the key: in a loop the same item number means another item.
 */
export function openSendLedger(context: IExecuteFunctions, operation: SingleOperation): SendLedger {
	if (operation.effect !== 'act' || context.getNode().retryOnFail !== true) return NOTHING;
	const memory = context.getContext('node');
	if (!isRecord(memory.sendLedger)) memory.sendLedger = {};
	const records = memory.sendLedger as Record<string, ItemResult>;
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
