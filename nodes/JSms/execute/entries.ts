import type { Entry, LocalProblem, Rejected, Shared } from '../batch/types';
import { agrees, planRequests } from '../batch/plan';
import { maskMobile, readMobile } from '../fields/mobile';
import { InputProblem } from '../fields/problem';
import { readRecipientList, type ListEntry } from '../fields/recipients';
import { schedulesWrittenTwice } from '../fields/schedule';
import { requireParameters } from '../fields/templateParameters';
import type { BatchOperation, ItemInput } from '../operation';
import type { Inputs } from './session';

/** Reads the recipients of all items; what cannot be right becomes a rejected line instead of an error. */
export async function collectEntries(inputs: Inputs, operation: BatchOperation): Promise<Entry[]> {
	const entries: Entry[] = [];
	const keepOne = oneForEqual();
	for (let item = 0; item < inputs.items.length; item += 1) {
		const input = inputs.input(item);
		if (input.read('recipientsFrom') === 'list') {
			// One by one: as arguments of a single call, a list of a hundred thousand would overflow the stack.
			for (const entry of await readList(inputs, operation, item)) entries.push(entry);
		} else {
			entries.push(await readItem(inputs, operation, item, keepOne));
		}
	}
	return inputs.items.length > 0 && inputs.input(0).option('duplicateRecipients') === 'skip'
		? skipRepeats(entries)
		: entries;
}

/** Turns every line into a rejected one, all for the same reason; what is known of the recipients is kept for the rows. */
export function rejectAll(entries: readonly Entry[], problem: InputProblem): Rejected[] {
	return entries.map((entry) => ({
		item: entry.item,
		mobile: entry.mobile,
		tempPara: entry.tempPara,
		tempId: 'problem' in entry ? entry.tempId : entry.shared.tempId,
		problem: toLocalProblem(problem),
	}));
}

/** Rejects, in place, the recipients of schedules that several requests would write to: only the last would count. */
export function rejectWrittenTwice(entries: Entry[], batchSize: number): void {
	const twice = schedulesWrittenTwice(planRequests(entries, batchSize));
	if (twice.size === 0) return;
	entries.forEach((entry, position) => {
		if ('problem' in entry || entry.shared.scheduleId === undefined || !twice.has(entry.shared.scheduleId)) return;
		const { item, mobile, tempPara, shared } = entry;
		entries[position] = {
			item,
			mobile,
			tempPara,
			tempId: shared.tempId,
			problem: toLocalProblem(
				new InputProblem(
					`Schedule ${shared.scheduleId} would be replaced by more than one request: its recipients are more than ${batchSize}, or differ in time, template, signature or tag`,
					'Nothing was changed. Give one schedule at most 1,000 recipients with the same settings; make more schedules for more people.',
				),
			),
		};
	});
}

/** Hands out one object where equal values follow each other: a long list would hold one for every recipient. */
function oneForEqual(): (shared: Shared) => Shared {
	let last: Shared | undefined;
	return (shared) => {
		if (!last || !agrees(last, shared)) last = shared;
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
	const known: Partial<Rejected> = {};
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
		return { ...known, ...parametersForRow(input), item, problem: toLocalProblem(error) };
	}
}

/** Parameters of a line that is rejected for another reason: with them its row can be mended and sent again. */
function parametersForRow({ templateParameters }: ItemInput): Pick<Rejected, 'tempPara'> {
	try {
		return { tempPara: templateParameters() };
	} catch {
		return {};
	}
}

/** One line per recipient of the list, whatever is wrong; one for the whole list where it cannot be read at all. */
async function readList(inputs: Inputs, operation: BatchOperation, item: number): Promise<Entry[]> {
	const input = inputs.input(item);
	let lines: Array<Pick<Rejected, 'mobile' | 'tempPara'>> = [{}];
	let tempId: number | undefined;
	try {
		const list = readRecipientList(input.read);
		lines = list;
		const shared = operation.readShared(input);
		tempId = shared.tempId;
		const onceKey = inputs.keys?.of(item);
		const { templateNames } = await inputs.templateInput(item);
		return list.map((entry) => toEntry(entry, { item, shared, onceKey, templateNames }));
	} catch (error) {
		const problem = toLocalProblem(error);
		return lines.map(({ mobile, tempPara }) => ({ item, problem, mobile, tempPara, tempId }));
	}
}

interface OfList {
	item: number;
	shared: Shared;
	onceKey: string | undefined;
	templateNames: ItemInput['templateNames'];
}

function toEntry(entry: ListEntry, { item, shared, onceKey, templateNames }: OfList): Entry {
	const { mobile, tempPara } = entry;
	try {
		if ('problem' in entry) throw entry.problem;
		const hint = "Give temp_para a value for every parameter of the template, or switch 'Check Parameters First' off.";
		requireParameters(new Set(Object.keys(entry.tempPara)), templateNames, hint);
		return { ...entry, item, shared, ...(onceKey !== undefined && { onceKey: `${onceKey}/${entry.mobile}` }) };
	} catch (error) {
		return { item, mobile, tempPara, tempId: shared.tempId, problem: toLocalProblem(error) };
	}
}

/** Same number, same text: sent once, each further line points at the first. */
function skipRepeats(entries: Entry[]): Entry[] {
	const first = new Map<string, number>();
	return entries.map((entry) => {
		if ('problem' in entry) return entry;
		const { mobile, tempPara, shared, item } = entry;
		const key = JSON.stringify([mobile, shared.tempId, Object.entries(tempPara).sort(([a], [b]) => (a < b ? -1 : 1))]);
		const earlier = first.get(key);
		if (earlier === undefined) {
			first.set(key, item);
			return entry;
		}
		return {
			item,
			mobile,
			tempPara,
			tempId: shared.tempId,
			problem: {
				message: `Duplicate of item ${earlier}: the same message to ${maskMobile(mobile)} is sent once`,
				hint: "Nothing needs to be done, or set 'Duplicate Recipients' to 'Send Each'.",
				concerns: 'recipient',
			},
		};
	});
}

/** Which item it is about is told by n8n's own link between items, which stays right where items are filtered and merged. */
function toLocalProblem(error: unknown): LocalProblem {
	if (error instanceof InputProblem) {
		return { message: error.message, hint: error.hint, concerns: error.concerns };
	}
	return {
		message: error instanceof Error ? error.message : String(error),
		hint: 'Nothing was sent to this recipient. Check the expressions of this node.',
		concerns: 'recipient',
	};
}
