import type { IDataObject } from 'n8n-workflow';

import { isRecord, isShallow, toText } from '../model/json';

/** States of a review ("Template", "Signature" pages; 0 for signatures is seen with a client, not documented). */
const STATES = new Map([
	['0', 'under review'],
	['1', 'approved'],
	['2', 'rejected'],
]);

/** The service's record of a template or signature with its state in words; undefined for anything else. */
export function toReviewed(body: unknown): IDataObject[] | undefined {
	if (!isRecord(body) || !isShallow(body)) return undefined;
	const state = STATES.get(toText(body.status) ?? '');
	return [{ ...(body as IDataObject), ...(state !== undefined && { status_message: state }) }];
}

/** The ID that creating or changing something returned, as number; undefined without one. */
export function toId(body: unknown, name: 'temp_id' | 'sign_id'): IDataObject[] | undefined {
	const id = isRecord(body) ? Number(toText(body[name])) : Number.NaN;
	return Number.isInteger(id) ? [{ [name]: id }] : undefined;
}
