import { isRecord } from '../model/json';
import { open, seal } from './token';

/** A visitor to whom a code was sent, or may have been sent. Carried in the token, so that any process can go on. */
export interface Visit {
	id: string;
	mobile: string;
	/** Undefined where the code may or may not have been sent. */
	msgId?: string;
	/** When the last code was sent, in milliseconds of the wall clock. */
	sentAt: number;
	/** How many codes were sent in this visit. */
	codes: number;
	values: Record<string, string>;
}

/** Makes the token of a visit; its hour starts with the last code. */
export function sealVisit(key: Buffer, visit: Visit): string {
	return seal(key, 'visit', visit, visit.sentAt);
}

/** Reads the token of a visit; undefined where it is none of this node, or too old. */
export function openVisit(key: Buffer, token: string, now: number): Visit | undefined {
	const opened = open(key, 'visit', token, now);
	if (opened.state !== 'valid') return undefined;
	// This node made it; only another version of the package may have given it other fields.
	const { id, mobile, msgId, sentAt, codes, values } = opened.content;
	if (typeof id !== 'string' || typeof mobile !== 'string' || typeof sentAt !== 'number') return undefined;
	if (typeof codes !== 'number' || !isRecord(values)) return undefined;
	return {
		id,
		mobile,
		...(typeof msgId === 'string' && { msgId }),
		sentAt,
		codes,
		values: Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value)])),
	};
}
