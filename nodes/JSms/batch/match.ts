import { describeRefusal, meaningOfCode, SERVER_ERROR } from '../model/returnCodes';
import { isRecord, toInteger, toText } from '../model/json';
import type { Matched, Recipient, Result } from '../model/recipient';
import { unknownResult } from './results';

const NO_ROW = unknownResult('JSMS did not report a result for this number');
/** A row that may mean one of several messages to its number. */
export const AMBIGUOUS = unknownResult(
	"JSMS's response does not say which of several messages to this number it means",
);
const COUNTS_CONTRADICT = unknownResult(
	"JSMS's response contradicts itself: its counts do not match the results that it lists",
);
const UNREADABLE = unknownResult("JSMS's response does not say clearly whether the message was accepted");

/**
 * Gives every recipient of an accepted batch its row of the response.
 *
 * The service does not promise the order of rows and a number may occur more than once, so rows are matched by
 * number; among rows of the same number the echoed parameters decide first, then the order of occurrence.
 *
 * @param recipients the recipients in the order of the request
 * @param body       response of POST /messages/batch: `{ recipients: [{ mobile, msg_id, error_code?, error_message?, temp_para? }] }`
 */
export function matchRows(recipients: readonly Recipient[], body: unknown): Matched {
	const rows = isRecord(body) && Array.isArray(body.recipients) ? (body.recipients as unknown[]) : [];
	const grouped = groupByMobile(recipients, rows);
	let { unmatched } = grouped;
	const results = new Array<Result>(recipients.length).fill(NO_ROW);
	for (const { indexes, rows: own } of grouped.groups) unmatched += assign(recipients, indexes, own, results);
	if (countsContradict(body, results, unmatched)) results.fill(COUNTS_CONTRADICT);
	return { results, unmatched };
}

/**
 * True when the counts of a response cannot be those of its rows. Rows that are missing, and rows that belong to nobody, may
 * be counted either way.
 */
function countsContradict(body: unknown, results: readonly Result[], unmatched: number): boolean {
	if (!isRecord(body)) return false;
	const count = (status: Result['status']) => results.filter((result) => result.status === status).length;
	const open = count('unknown') + unmatched;
	return (
		!isCountWithin(body.success_count, count('sent'), count('sent') + open) ||
		!isCountWithin(body.failure_count, count('failed'), count('failed') + open)
	);
}

/** A count that is not given contradicts nothing. */
export function isCountWithin(count: unknown, min: number, max: number): boolean {
	if (count === undefined || count === null) return true;
	const number = toInteger(count) ?? NaN;
	return number >= min && number <= max;
}

type Row = Record<string, unknown>;

/** Recipients and rows of a response, a group for each number; rows for numbers that nobody asked for are only counted. */
export function groupByMobile(
	recipients: readonly Recipient[],
	rows: readonly unknown[],
): { groups: Iterable<{ indexes: number[]; rows: Row[] }>; unmatched: number } {
	const groups = new Map<string | undefined, { indexes: number[]; rows: Row[] }>();
	recipients.forEach(({ mobile }, index) => {
		const group = groups.get(mobile);
		if (group) group.indexes.push(index);
		else groups.set(mobile, { indexes: [index], rows: [] });
	});
	let unmatched = 0;
	for (const row of rows) {
		const group = isRecord(row) ? groups.get(toText(row.mobile)) : undefined;
		if (group) group.rows.push(row as Row);
		else unmatched += 1;
	}
	return { groups: groups.values(), unmatched };
}

/** Assigns the rows of one number; returns how many rows were left over. */
function assign(recipients: readonly Recipient[], indexes: number[], rows: Row[], results: Result[]): number {
	// The usual case, spared what only several messages or rows need: a quarter of the time.
	// Stryker disable next-line ConditionalExpression,BlockStatement: makes it faster, nothing else
	if (indexes.length === 1 && rows.length === 1) {
		results[indexes[0]] = toResult(rows[0]);
		return 0;
	}
	const distinct = withoutRepeats(rows);
	const repeated = rows.length - distinct.length;
	const ambiguous = (open: number[]) => {
		for (const index of open) results[index] = AMBIGUOUS;
		return repeated;
	};
	// Rows of one message, or more rows than messages, that contradict each other: nobody can tell which of them are true.
	if (!repeatsAgree(rows)) return ambiguous(indexes);
	if (distinct.length > indexes.length && !agree(distinct.map(toResult))) return ambiguous(indexes);
	const { open, left } =
		indexes.length > 1
			? assignByEcho(recipients, indexes, distinct, (index, row) => {
					results[index] = toResult(row);
				})
			: { open: indexes, left: distinct };
	const found = left.map(toResult);
	// Which of different texts a row means is certain only where every one of them has a row, and all say the same.
	const isCertain = found.length === 0 || (found.length >= open.length && agree(found));
	if (!isCertain && !textsAgree(recipients, open)) return ambiguous(open);
	open.forEach((index, occurrence) => {
		if (occurrence < found.length) results[index] = found[occurrence];
	});
	return repeated + Math.max(0, found.length - open.length);
}

/** A msg_id stands for one message: a second row with the same one says nothing new. */
function withoutRepeats(rows: Row[]): Row[] {
	const seen = new Set<string>();
	return rows.filter((row) => {
		const msgId = toText(row.msg_id);
		if (msgId === undefined) return true;
		const isNew = !seen.has(msgId);
		seen.add(msgId);
		return isNew;
	});
}

/** True when rows with the same msg_id say the same. */
function repeatsAgree(rows: Row[]): boolean {
	const statuses = new Map<string, Result['status']>();
	return rows.every((row) => {
		const msgId = toText(row.msg_id);
		if (msgId === undefined) return true;
		const { status } = toResult(row);
		const earlier = statuses.get(msgId) ?? status;
		statuses.set(msgId, earlier);
		return earlier === status;
	});
}

function agree(results: readonly Result[]): boolean {
	return new Set(results.map(({ status }) => status)).size <= 1;
}

/** True when these recipients get the same text. */
export function textsAgree(recipients: readonly Recipient[], indexes: readonly number[]): boolean {
	return new Set(indexes.map((index) => fingerprint(recipients[index].tempPara))).size <= 1;
}

/** A failed row echoes its parameters, which tells equal numbers apart. Returns what no echo has decided. */
export function assignByEcho(
	recipients: readonly Recipient[],
	indexes: number[],
	rows: Row[],
	assignTo: (index: number, row: Row) => void,
): { open: number[]; left: Row[] } {
	// By text, each list in the order of the request: a response of many rows to one number is walked through once.
	const byText = new Map<string, number[]>();
	for (const index of indexes) {
		const text = fingerprint(recipients[index].tempPara);
		const sameText = byText.get(text) ?? [];
		sameText.push(index);
		byText.set(text, sameText);
	}
	const assigned = new Set<number>();
	const left = rows.filter((row) => {
		if (!isRecord(row.temp_para)) return true;
		// The last of equal messages: the service sends the first and refuses what repeats it (50034).
		const index = byText.get(fingerprint(row.temp_para))?.pop();
		if (index === undefined) return true;
		assignTo(index, row);
		assigned.add(index);
		return false;
	});
	return { open: indexes.filter((index) => !assigned.has(index)), left };
}

function fingerprint(parameters: Record<string, unknown>): string {
	return JSON.stringify(
		Object.keys(parameters)
			.sort()
			.map((name) => [name, textOf(parameters[name])]),
	);
}

/** What a response holds need not have a text: `String` breaks on an object with a `toString` of its own. */
function textOf(value: unknown): string {
	return typeof value === 'object' && value !== null ? 'object' : String(value);
}

/**
 * What a row proves. A failed row carries a msg_id too, so only `error_code` decides; a row with any other word of an error is
 * not clear.
 */
export function toResult(row: Row): Result {
	const msgId = toText(row.msg_id);
	const id = msgId === undefined ? {} : { msgId };
	const message = toText(row.error_message);
	const meaning = meaningOfCode(row.error_code);
	const isVague = isAbsent(row.error_code) && message !== undefined;
	if (meaning === 'unreadable' || isVague || !isAbsent(row.error)) {
		return { ...UNREADABLE, ...id };
	}
	if (meaning === 'accepted') return { status: 'sent', ...id };
	const code = toInteger(row.error_code);
	const refusal = describeRefusal(code, message);
	if (code === SERVER_ERROR) return { ...unknownResult(refusal.message), code };
	return {
		status: 'failed',
		code,
		message: refusal.message,
		hint: refusal.hint,
		safeToRetry: refusal.safeToRetry,
		...id,
		scope: 'recipient',
	};
}

function isAbsent(value: unknown): boolean {
	return value === undefined || value === null;
}
