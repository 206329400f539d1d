import { whole, oneOf, indexes, texts } from './fields';
import { shuffled } from '../random';
import { faultKind } from './kind';
import type { ServiceResponse, Exchange } from '../exchange';
import { isObject } from '../json';

/**
 * Faults inside a response that is otherwise right: rows left out, reordered, invented, and JSON made to trip readers.
 * The request is worked off as usual. The ones about rows change nothing in a response without rows; the counts at the
 * top of a batch response always stay the true ones.
 */

type Row = Record<string, unknown>;

/** The key and the rows of a response that has any: scheduled batches list only those who failed. */
function rowsOf(body: unknown): [key: string, rows: Row[]] | undefined {
	if (!isObject(body)) return undefined;
	const found = Object.entries(body).find(([key]) => key === 'recipients' || key === 'failure_recipients');
	return found && Array.isArray(found[1]) ? [found[0], found[1]] : undefined;
}

function withRows(response: ServiceResponse, change: (rows: Row[]) => Row[]): ServiceResponse {
	const found = rowsOf(response.body);
	if (!found) return response;
	const [key, rows] = found;
	return { ...response, body: { ...(response.body as object), [key]: change(rows) } };
}

/** Every record of a response: its rows, the entries of a list, or the whole of an object without rows. */
function withRecords(response: ServiceResponse, change: (record: Row) => Row): ServiceResponse {
	const { body } = response;
	if (Array.isArray(body)) return { ...response, body: body.map(change) };
	if (!isObject(body)) return response;
	return rowsOf(body) ? withRows(response, (rows) => rows.map(change)) : { ...response, body: change(body) };
}

/** Appends to the texts a client is likely to hand on. */
function withEnding(ending: string, record: Row): Row {
	const changed = { ...record };
	for (const field of ['msg_id', 'error_message']) {
		if (changed[field] !== undefined) changed[field] = `${changed[field]}${ending}`;
	}
	if (isObject(changed.error)) changed.error = { ...changed.error, message: `${changed.error.message}${ending}` };
	return changed;
}

/** Puts raw JSON text in front of every record's first key. */
function withRawStart(exchange: Exchange, response: ServiceResponse, start: string) {
	const marker = '\u0001first\u0001';
	const marked = exchange.textOf(withRecords(response, (record) => ({ [marker]: 0, ...record })));
	return { ...response, body: marked.replaceAll(`${JSON.stringify(marker)}:0`, start) };
}

export const rows = {
	dropRows: faultKind({
		note: 'rows left out of the response: those of `indexes`, or the last `count` (1)',
		accepts: true,
		fields: { indexes: indexes(), count: whole(0) },
		after: (_exchange, fault, response) =>
			withRows(response, (rows) =>
				rows.filter((_, index) => !(fault.indexes?.includes(index) ?? index >= rows.length - (fault.count ?? 1))),
			),
	}),
	reorderRows: faultKind({
		note: 'rows `reversed`, or in an order drawn from `seed` (`order: "shuffle"`)',
		accepts: true,
		fields: { order: oneOf(['reversed', 'shuffle']), seed: whole(0, { default: 1 }) },
		after: (_exchange, fault, response) =>
			withRows(response, (rows) => (fault.order === 'reversed' ? [...rows].reverse() : shuffled(rows, fault.seed))),
	}),
	inventRows: faultKind({
		note: '`count` (1) successful rows for numbers nobody asked for, or for those of `mobiles`; in front with `at: "start"`',
		accepts: true,
		fields: { count: whole(0), mobiles: texts(), at: oneOf(['end', 'start']) },
		after: (_exchange, fault, response) => {
			const mobiles = fault.mobiles ?? Array.from({ length: fault.count ?? 1 }, (_, i) => String(19900000000 + i));
			const invented = mobiles.map((mobile, index) => ({
				msg_id: String(999000000000 + index),
				mobile,
			}));
			return withRows(response, (rows) => (fault.at === 'start' ? [...invented, ...rows] : [...rows, ...invented]));
		},
	}),
	repeatRows: faultKind({
		note: 'rows appear twice: those of `indexes`, or the first `count` (1)',
		accepts: true,
		fields: { indexes: indexes(), count: whole(0) },
		after: (_exchange, fault, response) =>
			withRows(response, (rows) =>
				rows.flatMap((row, index) =>
					(fault.indexes?.includes(index) ?? index < (fault.count ?? 1)) ? [row, row] : [row],
				),
			),
	}),
	duplicateKeys: faultKind({
		note: 'every record carries `msg_id` and `mobile` twice in its JSON, a false value first and the true one last',
		accepts: true,
		fields: {},
		after: (exchange, _fault, response) =>
			withRawStart(exchange, response, '"msg_id":"111111111111","mobile":"19999999999"'),
	}),
	protoRows: faultKind({
		note: 'every record carries a `__proto__` (with an `error_code` in it) and a `constructor` key',
		accepts: true,
		fields: {},
		after: (exchange, _fault, response) =>
			withRawStart(
				exchange,
				response,
				'"__proto__":{"error_code":"50006","polluted":true},"constructor":{"prototype":{"polluted":true}}',
			),
	}),
	bigIds: faultKind({
		note: '`msg_id`s are unquoted integers beyond 2^53, as text the same in the ledger',
		accepts: true,
		ids: 'big',
		fields: {},
		after: (exchange, _fault, response) => ({
			...response,
			body: exchange.textOf(response).replace(/"msg_id":"(\d{16,})"/g, '"msg_id":$1'),
		}),
	}),
	nulInText: faultKind({
		note: 'a NUL character at the end of every `msg_id` and error message',
		accepts: true,
		fields: {},
		after: (_exchange, _fault, response) => withRecords(response, (record) => withEnding('\u0000', record)),
	}),
	loneSurrogate: faultKind({
		note: 'half of a surrogate pair at the end of every `msg_id` and error message',
		accepts: true,
		fields: {},
		after: (_exchange, _fault, response) => withRecords(response, (record) => withEnding('\ud83d', record)),
	}),
};
