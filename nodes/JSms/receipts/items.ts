import type { IDataObject } from 'n8n-workflow';

import { isRecord, isShallow, toInteger, toText } from '../model/json';
import { DELIVERED, describeDelivery } from './deliveryStatus';
import { toIsoTime } from './times';

/** What the service tells about afterwards, by the values that workflows hold. */
export type ReceiptEvent = 'deliveryReport' | 'reply' | 'templateReview' | 'signatureReview';

const FORMATTERS: Record<ReceiptEvent, (record: IDataObject) => IDataObject> = {
	deliveryReport: toReport,
	reply: toReply,
	templateReview: (record) => toReview(record, 'tempId'),
	signatureReview: (record) => toReview(record, 'signId'),
};

/**
 * Makes the output item of one record of the service, the same wherever the record came from: pulled by an operation, polled
 * by a trigger or posted as a callback.
 *
 * All fields of the record are kept under their own names, unknown ones included; what we add stands beside them. Only
 * `error` becomes `serviceError`. Nothing is
 * thrown and no record is left out, because the service hands each one out only once: what is no record at all becomes
 * `{ raw }`.
 *
 * @param record as read by `parseJson`, so that long numbers are texts
 */
export function toReceipt(event: ReceiptEvent, record: unknown): IDataObject {
	return isRecord(record) ? FORMATTERS[event](keepable(record)) : { raw: keepableValue(record) };
}

/** As `toReceipt`, with the event in front: the item of the trigger nodes. */
export function toEventItem(event: ReceiptEvent, record: unknown): IDataObject {
	const item = toReceipt(event, record);
	return { event, ...item, ...('event' in item && { event }) };
}

/** GET /report, SMS_REPORT: `msg_id` repeats `msgId` under the name that the rows of sends use. */
function toReport(record: IDataObject): IDataObject {
	const id = toText(record.msgId) ?? toText(record.msg_id);
	const status = toInteger(record.status);
	return putFirst(record, {
		msg_id: id ?? null,
		msgId: id,
		phone: toText(record.phone) ?? record.phone,
		status: record.status,
		receiveTime: record.receiveTime,
		delivered: status === DELIVERED,
		statusMessage: describeDelivery(status),
		receivedAt: toIsoTime(record.receiveTime),
	});
}

/** GET /reply, SMS_REPLY: a reply carries no message ID, only the number and the time. */
function toReply(record: IDataObject): IDataObject {
	return putFirst(record, {
		phone: toText(record.phone) ?? record.phone,
		content: record.content,
		replyTime: record.replyTime,
		repliedAt: toIsoTime(record.replyTime),
	});
}

/** Result of a review ("Callbacks"): 1 approved, 2 rejected. */
const REVIEW_STATUS: ReadonlyMap<number | undefined, string> = new Map([
	[1, 'approved'],
	[2, 'rejected'],
]);

/** SMS_TEMPLATE, SMS_SIGN. The service's `status` is a number, so the word stands under a name of its own. */
function toReview(record: IDataObject, idName: 'tempId' | 'signId'): IDataObject {
	const status = toInteger(record.status);
	return putFirst(record, {
		[idName]: record[idName],
		status: record.status,
		statusMessage: REVIEW_STATUS.get(status) ?? (status === undefined ? 'unknown' : `unknown status ${status}`),
		refuseReason: record.refuseReason ?? null,
	});
}

/** Puts these fields first, whatever the record holds under their names; those without a value stay as they are. */
function putFirst(record: IDataObject, fields: IDataObject): IDataObject {
	const first = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
	return { ...first, ...record, ...first };
}

/** The record with only such values as n8n can keep, and no name that n8n takes for its own. */
function keepable(record: Record<string, unknown>): IDataObject {
	return Object.fromEntries(
		Object.entries(record).map(([name, value]) => [freeName(name, record), keepableValue(value)]),
	);
}

/**
 * n8n takes an item with a field `error` for a failed one: it would run the node again (Retry On Fail), which loses all
 * records, or move the item to the error output.
 */
function freeName(name: string, record: Record<string, unknown>): string {
	if (name !== 'error') return name;
	let free = 'serviceError';
	while (free in record) free += '_';
	return free;
}

function keepableValue(value: unknown): IDataObject[string] {
	return isShallow(value) ? (value as IDataObject[string]) : 'a value with too many levels, left out';
}
