import type { IDataObject } from 'n8n-workflow';

import { Parameters, plainReference } from '../../../nodes/JSms/execute/parameters';
import { readInNode } from './reader';

/** What `Parameters` reads for each item, and what n8n itself reads; `evaluated` counts how often n8n was asked. */
async function compare(value: unknown, items: IDataObject[]) {
	return await readInNode({ value }, 'json', items, (reader) => {
		const ours = items.map((_, index) => reader.ours('value', index));
		return { ours, evaluated: reader.evaluated(), theirs: items.map((_, index) => reader.theirs('value', index)) };
	});
}

const PEOPLE: IDataObject[] = [
	{
		phone: '13812345678',
		amount: 5,
		paid: true,
		'first name': '王芳',
		nested: { deep: { no: '7' } },
		手机: '139',
		list: ['a', 'b'],
	},
	{ phone: 13812345679, amount: 0, paid: false, 'first name': '', nested: { deep: { no: 8 } }, 手机: '', list: ['c'] },
];

describe('a plain reference to the item', () => {
	it.each([
		'={{ $json.phone }}',
		'={{$json.phone}}',
		'={{ $json["phone"] }}',
		"={{ $json['first name'] }}",
		'={{ $json["first name"] }}',
		'={{ $json.nested.deep.no }}',
		'={{ $json.nested["deep"].no }}',
		'={{ $json.amount }}',
		'={{ $json.paid }}',
		'={{ $json.手机 }}',
	])('%s gives what n8n gives, without asking n8n', async (expression) => {
		const { ours, theirs, evaluated } = await compare(expression, PEOPLE);
		expect(ours).toEqual(theirs);
		expect(evaluated).toBe(0);
	});

	it.each([
		'={{ $json.missing }}',
		'={{ $json.nested }}',
		'={{ $json.list }}',
		'={{ $json.nested.deep.missing }}',
		'={{ $json.phone.length }}',
	])('%s that leads to no text, number or boolean is left to n8n', async (expression) => {
		const { ours, theirs, evaluated } = await compare(expression, PEOPLE);
		expect(ours).toEqual(theirs);
		expect(evaluated).toBe(2);
	});
});

describe('anything else', () => {
	it.each([
		'={{ $json.phone + "" }}',
		'={{ $json.phone.toString().slice(3) }}',
		'=+86 {{ $json.phone }}',
		'={{ $json.phone }} ',
		'={{ $json.list[0] }}',
		'={{ $itemIndex }}',
		'={{ 1 + 1 }}',
		'={{ $json["pho" + "ne"] }}',
		'={{ $json?.phone }}',
		'={{ null }}',
	])('%s is evaluated by n8n for each item', async (expression) => {
		const { ours, theirs, evaluated } = await compare(expression, PEOPLE);
		expect(ours).toEqual(theirs);
		expect(evaluated).toBe(2);
	});

	it.each(['={{ $json.constructor }}', '={{ $json.__proto__ }}', '={{ $json.list( }}'])(
		'%s, which n8n refuses, is refused here too',
		async (expression) => {
			await expect(compare(expression, PEOPLE)).rejects.toThrow('Nothing was read');
		},
	);
});

describe('a literal', () => {
	it.each([['text'], [''], [5], [true], ['{ "a": 1 }'], [['a', { b: 1 }]], [{ a: { b: ['c'] } }]])(
		'%j is read as it is',
		async (value) => {
			const { ours, theirs, evaluated } = await compare(value, PEOPLE);
			expect(ours).toEqual(theirs);
			expect(evaluated).toBe(0);
		},
	);
});

describe('a parameter of several parts', () => {
	it('asks n8n only for the parts that need it', async () => {
		const value = {
			options: { tag: 'x', batchSize: '={{ $json.amount + 1 }}' },
			rows: [{ name: 'a', value: '={{ $json.phone }}' }],
		};
		const { ours, theirs, evaluated } = await compare(value, PEOPLE);
		expect(ours).toEqual(theirs);
		expect(evaluated).toBe(2);
	});

	it('is read directly under any name that n8n finds by its path', async () => {
		const value = { value: { 'first name': '={{ $json["first name"] }}', 手机: '={{ $json.手机 }}' } };
		const { ours, theirs, evaluated } = await compare(value, PEOPLE);
		expect(ours).toEqual(theirs);
		expect(evaluated).toBe(0);
	});

	it('is left whole to n8n when a name in it cannot stand in a path', async () => {
		const value = { value: { 'a.b': '={{ $json.phone }}', 'c[0]': '={{ $json.amount }}' } };
		const { ours, theirs, evaluated } = await compare(value, PEOPLE);
		expect(ours).toEqual(theirs);
		expect(evaluated).toBe(2);
	});
});

it('reads a parameter that is not there as undefined', () => {
	const parameters = new Parameters({ getNodeParameter: (_name, _index, fallback) => fallback }, [{ json: {} }]);
	expect(parameters.read('nothing', 0)).toBeUndefined();
});

it('asks n8n once for an item although an operation reads a parameter twice', async () => {
	let asked = 0;
	const parameters = new Parameters(
		{
			getNodeParameter: (_name, index, _fallback, { rawExpressions }) => {
				if (rawExpressions) return '={{ $json.a + 1 }}';
				asked += 1;
				return index;
			},
		},
		[{ json: {} }, { json: {} }],
	);
	expect([0, 0, 1, 1, 0].map((index) => parameters.read('value', index))).toEqual([0, 0, 1, 1, 0]);
	expect(asked).toBe(3);
});

it('knows which parameters are the same for every item', () => {
	const values: Record<string, unknown> = {
		fixed: 5,
		nested: { a: [1] },
		moving: '={{ $json.a }}',
		deep: { a: ['={{ 1 }}'] },
		key: { '=a': 1 },
	};
	const parameters = new Parameters({ getNodeParameter: (name) => values[name] }, [{ json: {} }]);
	expect(Object.keys(values).map((name) => parameters.isFixed(name))).toEqual([true, true, false, false, false]);
});

it('takes apart plain references only', () => {
	expect(plainReference('={{ $json.a["b c"].d }}')).toEqual(['a', 'b c', 'd']);
	expect(plainReference(`={{ $json.a["it's"]['say "x"'] }}`)).toEqual(['a', "it's", 'say "x"']);
	for (const other of [
		'$json.a',
		'={{ $json }}',
		'={{ $json.a() }}',
		'={{ $json.a }}{{ $json.b }}',
		'={{ $json.__proto__ }}',
		'={{ $json["a\\"b"] }}',
		'={{ $json.constructorId }}',
		'={{ $json["a.constructor"] }}',
		'={{ $json.callee }}',
		'={{ $json.dlopen }}',
		'={{ $json.a² }}',
		'={{ $json["a\n"] }}',
	]) {
		expect(plainReference(other)).toBeUndefined();
	}
});
