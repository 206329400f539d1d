import { setTimeout as wait } from 'node:timers/promises';
import type { IDataObject, IRun, OnError } from 'n8n-workflow';
import { isRecord } from '../../nodes/JSms/model/json';
import type { Sandbox } from '../../sandbox';
import type { LedgerEntry } from '../../sandbox/ledger';
import { askSandbox } from '../../test/support/askSandbox';
import { errorOf, outputsOf, takeLogs } from '../../test/support/engine';
import { JSMS, jsmsAt, keysOf } from '../../test/support/jsms';
import type { MatrixFault } from './faults';
import type { MatrixOperation } from './operations';

/** Shorter than the slow faults of faults.ts. */
const TIMEOUT_MS = 600;

/** Settings of a node. */
export interface Settings {
	onError: OnError;
	retryOnFail: boolean;
}

type Status = 'sent' | 'failed' | 'unknown';

/** One cell: an operation under one fault and one setting of the node. */
export interface Cell extends Record<Status, number> {
	/** rows or items that say so; for reads and checks the items with a result */
	sent: number;
	/** the workflow stopped; what the error tells of other items is counted */
	thrown: boolean;
	/** messages in the ledger of the service */
	accepted: number;
	requests: number;
	/** of the law of conservation */
	violations: string[];
}

/** What a run tells of its recipients and items. */
interface Told {
	said: Array<{ status: Status; mobile?: string }>;
	/** Positions of the input items that have a row */
	items: Set<number>;
	thrown: boolean;
}

/** @param expected for a read, what `itemsWithRows` found */
export async function runCell(
	sandbox: Sandbox,
	operation: MatrixOperation,
	fault: MatrixFault,
	settings: Settings,
	expected?: ReadonlySet<number>,
): Promise<Cell> {
	sandbox.reset();
	const items = await prepareItems(sandbox, operation);
	const before = { ledger: sandbox.ledger.length, requests: sandbox.requests.length };
	const told = await runOnce(sandbox, operation, items, fault, settings);
	sendSchedules(sandbox);
	const people = new Set(operation.items.map(({ mobile }) => mobile));
	const accepted = sandbox.ledger.slice(before.ledger).filter(({ mobile }) => people.has(mobile));
	const count = (status: Status) => told.said.filter((one) => one.status === status).length;
	return {
		sent: count('sent'),
		failed: count('failed'),
		unknown: count('unknown'),
		thrown: told.thrown,
		accepted: accepted.length,
		requests: sandbox.requests.length - before.requests,
		violations: [
			...missingRows(told, items.length, expected),
			...(operation.sends ? contradictions(told, accepted) : []),
		],
	};
}

/** @returns positions of the input items for which an operation gives rows when nothing goes wrong */
export async function itemsWithRows(sandbox: Sandbox, operation: MatrixOperation): Promise<ReadonlySet<number>> {
	sandbox.reset();
	const settings: Settings = { onError: 'continueRegularOutput', retryOnFail: false };
	const items = await prepareItems(sandbox, operation);
	return (await runOnce(sandbox, operation, items, { name: 'none', slow: false }, settings)).items;
}

async function runOnce(
	sandbox: Sandbox,
	operation: MatrixOperation,
	items: IDataObject[],
	fault: MatrixFault,
	{ onError, retryOnFail }: Settings,
): Promise<Told> {
	if (fault.fault) sandbox.fault(fault.fault);
	const { options } = operation.parameters;
	const parameters = { ...operation.parameters, options: { ...options, ...(fault.slow && { timeout: TIMEOUT_MS }) } };
	const run = await jsmsAt(sandbox.baseUrl).runNode(
		parameters,
		items,
		// Without a store: its writes take time, and what it protects against is proven elsewhere.
		{ onError, retryOnFail, maxTries: 2, run: { workflowId: '' } },
		keysOf(fault.baseUrl ?? sandbox.baseUrl),
	);
	takeLogs();
	// A delayed request is still accepted when its sender has long given up.
	if (fault.fault?.kind === 'delay') await wait(Number(fault.fault.ms));
	return read(run, operation);
}

/** Lets everything go out that is scheduled: what counts is who gets an SMS in the end. */
function sendSchedules(sandbox: Sandbox) {
	const last = Math.max(...sandbox.schedules.list().map(({ at }) => at));
	if (Number.isFinite(last)) sandbox.advance(Math.max(0, last - sandbox.now()));
}

/** What an item needs that only the service can give: a message to check a code of, a schedule to work on. */
async function prepareItems(sandbox: Sandbox, operation: MatrixOperation): Promise<IDataObject[]> {
	const uses = (field: string) => JSON.stringify(operation.parameters).includes(`$json.${field}`);
	if (uses('messageId')) {
		for (const { mobile } of operation.items) await askSandbox(sandbox, '/codes', { mobile, temp_id: 1 });
		return sandbox.ledger.map(({ mobile, msg_id, code }) => ({ mobile, messageId: msg_id, code }));
	}
	if (!uses('scheduleId')) return operation.items;
	const content = { send_time: '2098-05-04 10:30:00', temp_id: 2002 };
	if (operation.kind === 'batch') {
		const { schedule_id: scheduleId } = await askSandbox(sandbox, '/schedule/batch', {
			...content,
			recipients: [STRANGER],
		});
		return operation.items.map((item) => ({ ...item, scheduleId }));
	}
	const items: IDataObject[] = [];
	for (const item of operation.items) {
		items.push({
			...item,
			scheduleId: (await askSandbox(sandbox, '/schedule', { ...content, ...STRANGER })).schedule_id,
		});
	}
	return items;
}

/** Somebody whom no item of the matrix names. */
const STRANGER = { mobile: '13800900001' };

/** What the error of a stopped run tells of other items. */
interface StoppedContext {
	itemIndex?: number;
	accepted?: Array<{ item: number }>;
	unknown?: number[];
}

function read(run: IRun, operation: MatrixOperation): Told {
	const error = errorOf(run);
	const rows = outputsOf(run, JSMS).flat();
	const said: Told['said'] = rows.map(({ json }) => ({ status: statusOf(json), mobile: mobileOf(json) }));
	const items = rows.flatMap(({ pairedItem = [] }) =>
		[pairedItem].flat().map((one) => (typeof one === 'number' ? one : one.item)),
	);
	if (error) {
		const { itemIndex, accepted = [], unknown = [] }: StoppedContext = error.context ?? {};
		for (const { item } of accepted) said.push({ status: 'sent', mobile: operation.items[item].mobile });
		for (const item of unknown) said.push({ status: 'unknown', mobile: operation.items[item].mobile });
		if (operation.kind !== 'batch' && itemIndex !== undefined) {
			const status = /is unknown/.test(error.message) ? 'unknown' : 'failed';
			said.push({ status, mobile: operation.items[itemIndex].mobile });
		}
	}
	return { said, items: new Set(items), thrown: error !== undefined };
}

function statusOf({ status, details }: IDataObject): Status {
	if (status === 'sent' || status === 'failed' || status === 'unknown') return status;
	if (details === undefined) return 'sent';
	return isRecord(details) && details.outcome === 'unknown' ? 'unknown' : 'failed';
}

/** Of a row, or of the error of an item. */
function mobileOf({ mobile, details }: IDataObject) {
	const found = mobile ?? (isRecord(details) ? details.mobile : undefined);
	return typeof found === 'string' ? found : undefined;
}

/** Every number is another one, so each can be named. */
function contradictions(told: Told, accepted: LedgerEntry[]) {
	const violations: string[] = [];
	const numbers = accepted.map(({ mobile }) => mobile);
	const of = (status: Status) => told.said.filter((one) => one.status === status).map(({ mobile }) => mobile);
	const [sent, unknown] = [of('sent'), of('unknown')];
	for (const mobile of new Set(numbers)) {
		if (numbers.filter((one) => one === mobile).length > 1) violations.push(`${mobile} was sent to twice`);
		if (!sent.includes(mobile) && !unknown.includes(mobile))
			violations.push(`${mobile} was sent to, and nobody is told`);
	}
	for (const mobile of sent)
		if (mobile === undefined || !numbers.includes(mobile)) violations.push(`${mobile} is called sent and was not`);
	return violations;
}

/**
 * Every item has its one row. A read may give any number of rows, so of its items those must have one that have some when
 * nothing goes wrong. The error of a run that stopped takes the place of all rows.
 *
 * @param asked how many items went in
 * @param expected for a read, what `itemsWithRows` found
 */
export function missingRows({ said, items, thrown }: Told, asked: number, expected?: ReadonlySet<number>): string[] {
	if (thrown) return [];
	if (!expected) return said.length === asked ? [] : [`${said.length} of ${asked} rows came out`];
	return [...expected].filter((item) => !items.has(item)).map((item) => `item ${item} has no row`);
}
