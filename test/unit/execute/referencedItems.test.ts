import { ReferencedItems, type DataProxy } from '../../../nodes/JSms/execute/referencedItems';
import type { Source } from '../../../nodes/JSms/execute/expression';

/** Where references start: which items of n8n's own view of the data they find, and how often they ask for it. */

const item = (name: string) => ({ json: { name } });
const ITEMS = [item('own 0'), item('own 1'), item('own 2')];

/** A view of the data that counts how often it was made and asked. */
function dataOf(more: Partial<DataProxy> = {}) {
	const counts = { proxies: 0, matched: 0 };
	const referenced = new ReferencedItems((itemIndex) => {
		counts.proxies += 1;
		return {
			$: (nodeName) => {
				if (nodeName === 'Gone') throw new Error('No such node');
				return {
					itemMatching: (index) => {
						counts.matched += 1;
						return item(`${nodeName} matching ${index}`);
					},
					first: () => item(`${nodeName} first`),
					last: () => item(`${nodeName} last`),
					all: () => [item(`${nodeName} all 0`), item(`${nodeName} all 1`)],
				};
			},
			$input: { all: () => [item('in 0'), item('in 1'), item('in 2')] },
			$items: (nodeName) => [item(`${nodeName} items 0`), item(`${nodeName} items 1`)],
			$node: { Start: { json: { name: `Start at ${itemIndex}` } } },
			...more,
		};
	}, ITEMS);
	const found = (source: Source) => {
		const find = referenced.finder(source);
		return [0, 1, 2].map((index) => (find(index) as { name: string } | undefined)?.name);
	};
	return { counts, found, referenced };
}

const all = (name: string) => [name, name, name];

it.each<[string, Source, Array<string | undefined>]>([
	['$json', { of: 'json' }, ['own 0', 'own 1', 'own 2']],
	['$input.item', { of: 'input', which: 'item' }, ['in 0', 'in 1', 'in 2']],
	['$input.first()', { of: 'input', which: 'first' }, all('in 0')],
	['$input.last()', { of: 'input', which: 'last' }, all('in 2')],
	['$input.all()[1]', { of: 'input', which: 1 }, all('in 1')],
	['$input.all()[9]', { of: 'input', which: 9 }, [undefined, undefined, undefined]],
	[
		"$('Start').item",
		{ of: 'node', name: 'Start', which: 'item' },
		['Start matching 0', 'Start matching 1', 'Start matching 2'],
	],
	["$('Start').first()", { of: 'node', name: 'Start', which: 'first' }, all('Start first')],
	["$('Start').last()", { of: 'node', name: 'Start', which: 'last' }, all('Start last')],
	["$('Start').all()[1]", { of: 'node', name: 'Start', which: 1 }, all('Start all 1')],
	["$('Gone').item", { of: 'node', name: 'Gone', which: 'item' }, [undefined, undefined, undefined]],
	['$node["Start"]', { of: 'position', name: 'Start' }, ['Start at 0', 'Start at 1', 'Start at 2']],
	['$node["Gone"]', { of: 'position', name: 'Gone' }, [undefined, undefined, undefined]],
	['$items("Start")[1]', { of: 'items', name: 'Start', which: 1 }, all('Start items 1')],
])('finds the items of %s', (_, source, names) => {
	expect(dataOf().found(source)).toEqual(names);
});

it.each([undefined, null, {}, 'text'])('finds nothing in a list that is %j', (list) => {
	const none = [undefined, undefined, undefined];
	const { found } = dataOf({ $input: { all: () => list }, $items: () => list });
	expect(found({ of: 'input', which: 'item' })).toEqual(none);
	expect(found({ of: 'input', which: 'last' })).toEqual(none);
	expect(found({ of: 'items', name: 'Start', which: 0 })).toEqual(none);
});

it.each([undefined, null, 'text', []])('finds nothing in an item that is %j', (odd) => {
	const { found } = dataOf({ $input: { all: () => [odd, odd, odd] } });
	expect(found({ of: 'input', which: 'item' })).toEqual([undefined, undefined, undefined]);
});

it('asks once for what is the same for all items, and once per item for the rest', () => {
	const { counts, referenced } = dataOf();
	const find = referenced.finder({ of: 'node', name: 'Start', which: 'item' });
	for (const index of [0, 0, 1, 1]) find(index);
	expect(counts).toEqual({ proxies: 1, matched: 2 });
	// The same source elsewhere in the parameters shares what was found.
	expect(referenced.finder({ of: 'node', name: 'Start', which: 'item' })).toBe(find);
	expect(referenced.finder({ of: 'node', name: 'Other', which: 'item' })).not.toBe(find);
	const positions = referenced.finder({ of: 'position', name: 'Start' });
	for (const index of [0, 1, 1]) positions(index);
	expect(counts.proxies).toBe(2);
});
