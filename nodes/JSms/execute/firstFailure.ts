import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { toNodeError } from '../api/apiError';
import type { ItemResult, SingleOperation } from '../model/operation';
import { stopsWorkflow } from './itemResult';

/** IDs and item numbers that an error lists; more would bury the rest of it. */
const MAX_LISTED = 100;

/** What names an accepted message or schedule. */
export function idOf({ msg_id, schedule_id }: IDataObject): unknown {
	return msg_id ?? schedule_id;
}

/**
 * Ends a run under "Stop Workflow" with its first failure, if there is one. The error names what else was accepted or may
 * have been, by earlier tries too: n8n drops the output of a node that throws, and nothing that was sent may be lost from view.
 */
export function throwFirstFailure(
	context: IExecuteFunctions,
	{ sends }: SingleOperation,
	results: Array<ItemResult | undefined>,
): void {
	const itemIndex = results.findIndex((result) => result && stopsWorkflow(result));
	const result = results[itemIndex];
	if (!result || !('failure' in result)) return;
	const accepted = results.flatMap((one, item) =>
		one && 'items' in one
			? one.items.map(({ msg_id, schedule_id }) => ({ item, ...(msg_id !== undefined ? { msg_id } : { schedule_id }) }))
			: [],
	);
	const unknown = results.flatMap((one, item) =>
		item !== itemIndex && one && 'failure' in one && one.failure.outcome === 'unknown' ? [item] : [],
	);
	const others = [describeAccepted(accepted, sends === true), describeUnknown(unknown)].filter(Boolean).join(' ');
	const error = toNodeError(context.getNode(), result.failure, itemIndex, others);
	if (accepted.length > 0) error.context.accepted = accepted;
	if (unknown.length > 0) error.context.unknown = unknown;
	throw error;
}

function describeAccepted(accepted: IDataObject[], sends: boolean): string {
	const lists = (['msg_id', 'schedule_id'] as const).flatMap((name) => {
		const ids = accepted.flatMap((one) => (one[name] === undefined ? [] : [String(one[name])]));
		return ids.length === 0 ? [] : [`${name} ${list(ids)}`];
	});
	if (lists.length === 0) return '';
	const count = accepted.length;
	const again = sends ? ` If you run the workflow again, ${count === 1 ? 'it is' : 'they are'} sent again.` : '';
	return `${count} other item${count === 1 ? ' was' : 's were'} already accepted (${lists.join('; ')}).${again}`;
}

function describeUnknown(items: number[]): string {
	if (items.length === 0) return '';
	const whose = items.length === 1 ? 'another item' : `${items.length} other items`;
	return `The result of ${whose} is unknown (item ${list(items.map(String))}): look at the send records before you run the workflow again.`;
}

function list(names: string[]): string {
	const more = names.length - MAX_LISTED;
	return `${names.slice(0, MAX_LISTED).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
