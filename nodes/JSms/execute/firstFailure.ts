import type { IExecuteFunctions } from 'n8n-workflow';

import { toNodeError } from '../api/apiError';
import type { ItemResult } from '../operation';
import { isFault } from './itemResult';

/**
 * Ends a run under "Stop Workflow" with its first failure, if there is one. The error names what else was accepted or may
 * have been: n8n drops the output of a node that throws, and nothing that went out may be lost from view.
 */
export function throwFirstFailure(context: IExecuteFunctions, results: Array<ItemResult | undefined>): void {
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
