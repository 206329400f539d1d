import { maskMobile } from '../fields/mobile';
import { InputProblem } from '../model/inputProblem';
import type { Entry, EntryToSend, RejectedEntry } from '../model/recipient';
import { describeProblem, reject } from './rejection';

/** Where the list of an item lies among all entries. */
export interface ItemList {
	start: number;
	end: number;
}

/**
 * Rejects, in place, the lists of items that carry the same one: an expression over all items, or a list that was typed in,
 * gives the whole list to every item, so that each person would get as many SMS as there are items.
 */
export function rejectEqualLists(entries: Entry[], lists: readonly ItemList[]): void {
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
					entries[position] = reject(entries[position], problem);
				}
			}
		}
	}
}

/** Whoever gives a send-once key names the message: those with different keys are no repeats of each other. */
function duplicateKey(entry: EntryToSend): string {
	return JSON.stringify([messageContent(entry), entry.onceKey]);
}

/** Same number, same text: sent once, each further entry points at the first. */
export function skipDuplicates(entries: Entry[]): Entry[] {
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
		firstOfSms.set(duplicateKey(entries[sameNumber] as EntryToSend), sameNumber);
		const key = duplicateKey(entry);
		const earlier = firstOfSms.get(key);
		if (earlier === undefined) {
			firstOfSms.set(key, position);
			return entry;
		}
		starts ??= startsOf(entries);
		return reject(entry, duplicateOf(describePosition(entries, earlier, starts), entry.mobile));
	});
}

function duplicateOf(place: string, mobile: string): RejectedEntry['problem'] {
	return {
		message: `Duplicate of ${place}: the same message to ${maskMobile(mobile)} is sent once`,
		hint: "The result of the first one says whether it was sent. To send both, set the option 'Duplicate Recipients' to 'Send Each'.",
		concerns: 'recipient',
	};
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
