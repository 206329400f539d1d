import { recordNumber } from '../service/inbox';
import type { OutputItem } from '../carrier/types';

/** What an output item says became of a recipient. */
export type RowKind = 'sent' | 'failed' | 'unknown' | 'already' | 'input' | 'record' | 'engineError' | 'other';

export interface Row {
	kind: RowKind;
	/** Position of the input item. */
	item: number | undefined;
	/** The number it carries, if any. */
	phone: string | undefined;
	json: Record<string, unknown>;
	/** Position of the output that it came out on. */
	output: number;
	/** Sentences that people read. */
	words: string[];
}

/** Rows that say what became of a recipient. */
export const isResult = ({ kind }: Row) => ['sent', 'failed', 'unknown', 'already'].includes(kind);

export function rowOf({ json, item }: OutputItem, output: number): Row {
	const details = json.details as Record<string, unknown> | undefined;
	return {
		kind: kindOf(json, details),
		item,
		phone: textOf(json.mobile ?? details?.mobile),
		json,
		output,
		words: [json.error_message, json.error_hint, json.error, details?.hint].filter((one) => typeof one === 'string'),
	};
}

function kindOf(json: Record<string, unknown>, details: Record<string, unknown> | undefined): RowKind {
	if (json.status === 'sent' || json.status === 'unknown') return json.status;
	if (json.status === 'failed') return /^Already sent/.test(String(json.error_message)) ? 'already' : 'failed';
	if (recordNumber(json) !== undefined || json.template !== undefined || json.segments !== undefined) return 'record';
	if (json.error !== undefined && details) {
		if (details.outcome === 'unknown') return 'unknown';
		return details.outcome === 'alreadySent' ? 'already' : 'failed';
	}
	if (json.error !== undefined) return 'engineError';
	if (['msg_id', 'schedule_id', 'deleted'].some((field) => json[field] !== undefined)) return 'sent';
	return 'phone' in json && 'text' in json ? 'input' : 'other';
}

const textOf = (value: unknown) => (typeof value === 'string' || typeof value === 'number' ? String(value) : undefined);
