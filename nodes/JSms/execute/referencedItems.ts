import type { INodeExecutionData } from 'n8n-workflow';

import { isRecord } from '../model/json';
import type { Source, Which } from './expression';

/** n8n's own view of the data of an execution, as far as references need it: what expressions are evaluated against. */
export interface DataProxy {
	$: (nodeName: string) => {
		itemMatching: (itemIndex: number) => unknown;
		first: () => unknown;
		last: () => unknown;
		all: () => unknown;
	};
	$input: { all: () => unknown };
	$items: (nodeName: string) => unknown;
	$node: Record<string, { json: unknown }>;
}

/** Finds the JSON of an item; undefined where only the evaluator can tell what happens. */
type Find = (itemIndex: number) => unknown;

/**
 * Finds the items that references start from.
 *
 * n8n's proxy follows the links between items itself, in some 2 µs; what an expression costs is that n8n makes a new
 * proxy and a new program for each. Whatever n8n refuses here is left to the evaluator, so that it refuses it in its
 * own words.
 */
export class ReferencedItems {
	private readonly finders = new Map<string, Find>();

	/** The proxy that was made last: making one costs ten times as much as asking it. */
	private proxy: { itemIndex: number; data: DataProxy } | undefined;

	constructor(
		private readonly dataProxy: (itemIndex: number) => DataProxy,
		private readonly items: readonly INodeExecutionData[],
	) {}

	/** One function per source, however many references start there; it remembers the item found last. */
	finder(source: Source): Find {
		if (source.of === 'json') return (itemIndex) => this.items[itemIndex].json;
		const key = JSON.stringify(source);
		const known = this.finders.get(key);
		if (known) return known;
		let find: Find | undefined;
		let last: { itemIndex: number; json: unknown } | undefined;
		const remembering: Find = (itemIndex) => {
			if (last?.itemIndex !== itemIndex) {
				const json = orUndefined(() => {
					find ??= this.open(source);
					return find(itemIndex);
				});
				last = { itemIndex, json };
			}
			return last.json;
		};
		this.finders.set(key, remembering);
		return remembering;
	}

	/** Asks n8n what holds for all items; throws what n8n throws. */
	private open(source: Exclude<Source, { of: 'json' }>): Find {
		switch (source.of) {
			case 'input':
				return pickFrom(this.proxyFor(0).$input.all(), source.which);
			case 'items':
				return pickFrom(this.proxyFor(0).$items(source.name), source.which);
			case 'position':
				return (itemIndex) => this.proxyFor(itemIndex).$node[source.name].json;
			case 'node': {
				const node = this.proxyFor(0).$(source.name);
				if (source.which !== 'item') return always(ofNode(node, source.which));
				const { itemMatching } = node;
				return (itemIndex) => jsonOf(itemMatching(itemIndex));
			}
		}
	}

	private proxyFor(itemIndex: number): DataProxy {
		if (this.proxy?.itemIndex !== itemIndex) this.proxy = { itemIndex, data: this.dataProxy(itemIndex) };
		return this.proxy.data;
	}
}

function ofNode(node: ReturnType<DataProxy['$']>, which: Exclude<Which, 'item'>): unknown {
	if (which === 'first') return node.first();
	return which === 'last' ? node.last() : elementOf(node.all(), which);
}

function pickFrom(items: unknown, which: Which): Find {
	if (which === 'item') return (itemIndex) => jsonOf(elementOf(items, itemIndex));
	return always(elementOf(items, typeof which === 'number' ? which : { first: 0, last: -1 }[which]));
}

function elementOf(items: unknown, index: number): unknown {
	return Array.isArray(items) ? (items.at(index) as unknown) : undefined;
}

function always(item: unknown): Find {
	const json = jsonOf(item);
	return () => json;
}

function jsonOf(item: unknown): unknown {
	return isRecord(item) ? item.json : undefined;
}

function orUndefined<T>(find: () => T): T | undefined {
	try {
		return find();
	} catch {
		// The evaluator is asked then, and refuses it in n8n's words.
	}
	return undefined;
}
