import type { Entry, RejectedEntry, Shared } from '../model/recipient';
import { canShareRequest, planRequests } from '../batch/plan';
import { maskMobile, readMobile } from '../fields/mobile';
import { asInputProblem, InputProblem } from '../model/inputProblem';
import { readRecipientList, type ListEntry } from '../fields/recipients';
import { schedulesWrittenTwice } from '../fields/schedule';
import { requireParameters } from '../fields/templateParameters';
import type { BatchOperation, ItemInput } from '../model/operation';
import type { Inputs } from './session';

/** Reads the recipients of all items; what cannot be right becomes a rejected entry instead of an error. */
export async function collectEntries(inputs: Inputs, operation: BatchOperation): Promise<Entry[]> {
	const entries: Entry[] = [];
	const lists: ItemList[] = [];
	const keepOne = reuseEqual();
	for (let item = 0; item < inputs.items.length; item += 1) {
		if (comesFromList(inputs.input(item))) {
			const start = entries.length;
			// One by one: as arguments of a single call, a list of a hundred thousand would overflow the stack.
			for (const entry of await readList(inputs, operation, item)) entries.push(entry);
			lists.push({ start, end: entries.length });
		} else {
			entries.push(await readItem(inputs, operation, item, keepOne));
		}
	}
	rejectEqualLists(entries, lists);
	return sendsEach(inputs) ? entries : skipDuplicates(entries);
}

/** It cannot be an expression, but a tool or another program may write one. */
function comesFromList({ read }: ItemInput): boolean {
	try {
		return read('recipientsFrom') === 'list';
	} catch {
		// Read as one recipient then, whose row says what is wrong.
	}
	return false;
}

/** Repeats are skipped unless the option says otherwise; the first item that can be read decides. */
function sendsEach({ items, input }: Inputs): boolean | undefined {
	for (const item of items.keys()) {
		try {
			return input(item).option('duplicateRecipients') === 'send';
		} catch {
			// Options that cannot be read have failed the entries of this item already.
		}
	}
	return undefined;
}

/** Turns every entry into a rejected one, all for the same reason; what is known of the recipients is kept for the rows. */
export function rejectAll(entries: readonly Entry[], problem: InputProblem): RejectedEntry[] {
	return entries.map((entry) => ({
		item: entry.item,
		mobile: entry.mobile,
		tempPara: entry.tempPara,
		tempId: 'problem' in entry ? entry.tempId : entry.shared.tempId,
		problem: describeProblem(problem),
	}));
}

/** Rejects, in place, the recipients of schedules that several requests would write to: only the last would count. */
export function rejectWrittenTwice(entries: Entry[], batchSize: number): void {
	const twice = schedulesWrittenTwice(planRequests(entries, batchSize));
	entries.forEach((entry, position) => {
		if ('problem' in entry || !twice.has(entry.shared.scheduleId as string)) return;
		const { item, mobile, tempPara, shared } = entry;
		entries[position] = {
			item,
			mobile,
			tempPara,
			tempId: shared.tempId,
			problem: describeProblem(
				new InputProblem(
					`Schedule ${shared.scheduleId} cannot be replaced in one request: it would have more than ${batchSize} recipients, or recipients that differ in time, template, signature or tag`,
					'Nothing was changed. One schedule can hold at most 1,000 recipients, all with the same settings; create more schedules for more recipients.',
				),
			),
		};
	});
}

/** Hands out one object where equal values follow each other: a long list would hold one for every recipient. */
function reuseEqual(): (shared: Shared) => Shared {
	let last: Shared | undefined;
	return (shared) => {
		if (!last || !canShareRequest(last, shared)) last = shared;
		return last;
	};
}

async function readItem(
	inputs: Inputs,
	operation: BatchOperation,
	item: number,
	keepOne: (shared: Shared) => Shared,
): Promise<Entry> {
	const input = inputs.input(item);
	const known: Partial<RejectedEntry> = {};
	try {
		const given = input.read('mobile');
		if (typeof given === 'string' || typeof given === 'number') known.mobile = String(given);
		const shared = keepOne(operation.readShared(input));
		known.tempId = shared.tempId;
		const mobile = readMobile(input.read);
		known.mobile = mobile;
		const onceKey = inputs.keys?.of(item);
		const looked = inputs.templateInput(item);
		// Waiting takes its time even where there is nothing to wait for, and long lists come here often.
		const { templateParameters } = looked instanceof Promise ? await looked : looked;
		return { item, mobile, tempPara: templateParameters(), shared, ...(onceKey !== undefined && { onceKey }) };
	} catch (error) {
		return { ...known, ...parametersForRow(input), item, problem: describeProblem(error) };
	}
}

/** Parameters of an entry that is rejected for another reason: with them its row can be fixed and sent again. */
function parametersForRow({ templateParameters }: ItemInput): Pick<RejectedEntry, 'tempPara'> {
	try {
		return { tempPara: templateParameters() };
	} catch {
		// The row names the other reason.
	}
	return {};
}

/** One entry per recipient of the list, whatever is wrong; one for the whole list where it cannot be read at all. */
async function readList(inputs: Inputs, operation: BatchOperation, item: number): Promise<Entry[]> {
	const input = inputs.input(item);
	let known: Array<Pick<RejectedEntry, 'mobile' | 'tempPara'>> = [{}];
	let tempId: number | undefined;
	try {
		const list = readRecipientList(input);
		known = list;
		const shared = operation.readShared(input);
		tempId = shared.tempId;
		const onceKey = inputs.keys?.of(item);
		const { templateNames } = await inputs.templateInput(item);
		return list.map((entry) => toEntry(entry, { item, shared, onceKey, templateNames }));
	} catch (error) {
		const problem = describeProblem(error);
		return known.map(({ mobile, tempPara }) => ({ item, problem, mobile, tempPara, tempId }));
	}
}

interface ListContext {
	item: number;
	shared: Shared;
	onceKey: string | undefined;
	templateNames: ItemInput['templateNames'];
}

function toEntry(entry: ListEntry, { item, shared, onceKey, templateNames }: ListContext): Entry {
	const { mobile, tempPara } = entry;
	try {
		if ('problem' in entry) throw entry.problem;
		const hint = "Give temp_para a value for every parameter of the template, or switch 'Check Parameters First' off.";
		requireParameters(new Set(Object.keys(entry.tempPara)), templateNames, hint);
		return { ...entry, item, shared, ...(onceKey !== undefined && { onceKey: `${onceKey}/${entry.mobile}` }) };
	} catch (error) {
		return { item, mobile, tempPara, tempId: shared.tempId, problem: describeProblem(error) };
	}
}

/** Where the list of an item lies among all entries. */
interface ItemList {
	start: number;
	end: number;
}

/**
 * Rejects, in place, the lists of items that carry the same one: an expression over all items, or a list that was typed in,
 * gives the whole list to every item, so that each person would get as many SMS as there are items.
 */
function rejectEqualLists(entries: Entry[], lists: readonly ItemList[]): void {
	const readable = lists.filter(({ start, end }) => entries.slice(start, end).some((entry) => !('problem' in entry)));
	const problem = describeProblem(
		new InputProblem(
			'Several items contain the same list, so each recipient would get one SMS per item',
			"Switch on 'Execute Once' in the settings of this node, or put the list into one item.",
			'everyone',
		),
	);
	// Only lists that look alike are written out to be compared.
	// Stryker disable next-line StringLiteral,ArrowFunction: makes it faster, nothing else
	for (const alike of groupsOf(readable, ({ start, end }) => `${end - start}/${entries[start].mobile}`)) {
		for (const equal of groupsOf(alike, ({ start, end }) =>
			JSON.stringify(entries.slice(start, end).map(messageContent)),
		)) {
			for (const { start, end } of equal) {
				for (let position = start; position < end; position += 1) {
					const entry = entries[position];
					const { item, mobile, tempPara } = entry;
					const tempId = 'problem' in entry ? entry.tempId : entry.shared.tempId;
					entries[position] = { item, mobile, tempPara, tempId, problem };
				}
			}
		}
	}
}

/** Groups of two and more that have the same key. */
function groupsOf<T>(all: readonly T[], toKey: (one: T) => string): T[][] {
	const groups = new Map<string, T[]>();
	for (const one of all) {
		const key = toKey(one);
		const group = groups.get(key);
		if (group) group.push(one);
		else groups.set(key, [one]);
	}
	return [...groups.values()].filter(({ length }) => length > 1);
}

/** What the person gets to see, and when: entries that agree in it are repeats. A tag is never shown. */
function messageContent(entry: Entry): unknown[] {
	const { mobile, tempPara = {} } = entry;
	const values = Object.keys(tempPara)
		.sort()
		.map((name) => [name, tempPara[name]]);
	if ('problem' in entry) return [mobile, values];
	const { tempId, signId, sendTime, scheduleId } = entry.shared;
	return [mobile, values, tempId, signId, sendTime, scheduleId];
}

/** Whoever gives a send-once key names the message: those with different keys are no repeats of each other. */
function duplicateKey(entry: Exclude<Entry, RejectedEntry>): string {
	return JSON.stringify([messageContent(entry), entry.onceKey]);
}

/** Same number, same text: sent once, each further entry points at the first. */
function skipDuplicates(entries: Entry[]): Entry[] {
	const firstToNumber = new Map<string, number>();
	const firstOfSms = new Map<string, number>();
	let starts: Map<number, number> | undefined;
	return entries.map((entry, position) => {
		if ('problem' in entry) return entry;
		// Most numbers stand in a list once: only the others are worth a closer look.
		const sameNumber = firstToNumber.get(entry.mobile);
		if (sameNumber === undefined) {
			firstToNumber.set(entry.mobile, position);
			return entry;
		}
		firstOfSms.set(duplicateKey(entries[sameNumber] as Exclude<Entry, RejectedEntry>), sameNumber);
		const key = duplicateKey(entry);
		const earlier = firstOfSms.get(key);
		if (earlier === undefined) {
			firstOfSms.set(key, position);
			return entry;
		}
		starts ??= startsOf(entries);
		return duplicateOf(describePosition(entries, earlier, starts), entry);
	});
}

function duplicateOf(
	place: string,
	{ item, mobile, tempPara, shared: { tempId } }: Exclude<Entry, RejectedEntry>,
): RejectedEntry {
	const problem: RejectedEntry['problem'] = {
		message: `Duplicate of ${place}: the same message to ${maskMobile(mobile)} is sent once`,
		hint: "The result of the first one says whether it was sent. To send both, set the option 'Duplicate Recipients' to 'Send Each'.",
		concerns: 'recipient',
	};
	return { item, mobile, tempPara, tempId, problem };
}

/** Where the first entry of each item stands. */
function startsOf(entries: readonly Entry[]): Map<number, number> {
	const starts = new Map<number, number>();
	entries.forEach(({ item }, position) => {
		if (!starts.has(item)) starts.set(item, position);
	});
	return starts;
}

/** Names an entry: items from 0, as n8n counts them, and the recipients of a list from 1. */
function describePosition(entries: readonly Entry[], position: number, starts: ReadonlyMap<number, number>): string {
	const { item } = entries[position];
	const start = starts.get(item) as number;
	const isInList = start < position || entries[position + 1].item === item;
	return isInList ? `recipient ${position - start + 1} in the list of item ${item}` : `item ${item}`;
}

/** Which item it is about is told by n8n's own link between items, which stays right where items are filtered and merged. */
function describeProblem(error: unknown): RejectedEntry['problem'] {
	const { message, hint, concerns } = asInputProblem(
		error,
		'Nothing was sent to this recipient. Check the expressions of this node.',
	);
	return { message, hint, concerns };
}
