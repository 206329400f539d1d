import type { Entry, RejectedEntry, Shared } from '../model/recipient';
import { canShareRequest } from '../batch/plan';
import { readMobile } from '../fields/mobile';
import { readRecipientList, type ListEntry } from '../fields/recipients';
import { requireParameters } from '../fields/templateParameters';
import type { BatchOperation, ItemInput } from '../model/operation';
import { describeProblem } from './rejection';
import { rejectEqualLists, skipDuplicates, type ItemList } from './repeats';
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
