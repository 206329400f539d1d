import type { IExecuteFunctions } from 'n8n-workflow';

import { isRecord } from '../model/json';
import type { ApiRequest } from '../model/request';
import type { ItemResult, SingleOperation } from '../model/operation';
import { digest } from './digest';

/** What an item is to send. */
interface Planned {
	request: ApiRequest;
	/** Its 'Send Once Key', where the option is used. */
	key: string | undefined;
}

/** Remembers within one execution what was accepted, or done, or may have been. */
export interface RetryMemory {
	/** What an earlier try made of an item, whatever its expressions give now; undefined for calls of a tool. */
	recall(itemIndex: number): ItemResult | undefined;
	/** As `recall`, for calls of a tool, too. */
	find(itemIndex: number, planned: Planned): ItemResult | undefined;
	record(itemIndex: number, planned: Planned, result: ItemResult): void;
}

const NOTHING: RetryMemory = { recall: () => undefined, find: () => undefined, record: () => {} };

/**
 * Opens the memory of this run, where "Retry On Fail" can make n8n run the whole node again. The run index is part of its
 * names: in a loop the same item number means another item.
 *
 * Where n8n calls the node as a tool within the agent's own step it counts a new run for each try, so that only the key or the
 * content tells that it is one.
 */
export function openRetryMemory(context: IExecuteFunctions, operation: SingleOperation): RetryMemory {
	if (operation.effect === 'idempotent' || context.getNode().retryOnFail !== true) return NOTHING;
	const memory = context.getContext('node');
	if (!isRecord(memory.retryMemory)) memory.retryMemory = {};
	const records = memory.retryMemory as Record<string, ItemResult>;
	if (context.isToolExecution?.()) {
		const nameOf = ({ request, key }: Planned) => `tool/${key ?? digest(request)}`;
		return {
			recall: () => undefined,
			find: (_, planned) => records[nameOf(planned)],
			record: (_, planned, result) => {
				records[nameOf(planned)] = result;
			},
		};
	}
	const runIndex = context.getWorkflowDataProxy(0).$runIndex as number;
	const recall = (itemIndex: number) => records[`${runIndex}/${itemIndex}`];
	return {
		recall,
		find: recall,
		record: (itemIndex, _, result) => {
			records[`${runIndex}/${itemIndex}`] = result;
		},
	};
}
