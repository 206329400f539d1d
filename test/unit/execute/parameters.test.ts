import type { IDataObject } from 'n8n-workflow';

import { Parameters, type ParameterContext } from '../../../nodes/JSms/execute/parameters';
import { readInNode } from './reader';

/** What `Parameters` reads for each item, and what n8n itself reads; `evaluated` counts how often n8n was asked. */
async function compare(value: unknown, items: IDataObject[]) {
	return await readInNode({ value }, 'json', items, (reader) => {
		const ours = items.map((_, index) => reader.ours('value', index));
		return { ours, evaluated: reader.evaluated(), theirs: items.map((_, index) => reader.theirs('value', index)) };
	});
}

/** A node outside of n8n, whose expressions lead nowhere. */
const stub = (getNodeParameter: ParameterContext['getNodeParameter']): ParameterContext => ({
	getNodeParameter,
	getWorkflowDataProxy: () => {
		throw new Error('There is no data');
	},
});

const PEOPLE: IDataObject[] = [
	{
		phone: '13812345678',
		amount: 5,
		paid: true,
		'first name': '王芳',
		nested: { deep: { no: '7' } },
		手机: '139',
		list: ['a', 'b'],
		nothing: null,
	},
	{
		phone: 13812345679,
		amount: 0,
		paid: false,
		'first name': '',
		nested: { deep: { no: 8 } },
		手机: '',
		list: ['c'],
		nothing: null,
	},
];

describe('a plain reference', () => {
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
		'={{ $json.list[0] }}',
		'={{ $json.list[1] }}',
		'={{ $json.missing }}',
		'={{ $json.nested.deep.missing }}',
		'={{ $json.nothing }}',
		'={{ $input.item.json.phone }}',
		'={{ $input.first().json.phone }}',
		"={{ $('Start').item.json['first name'] }}",
		'={{ $("Start").item.json.list[0] }}',
		"={{ $('Start').first().json.phone }}",
		"={{ $('Start').last().json.phone }}",
		"={{ $('Start').all()[1].json.phone }}",
		'={{ $node["Start"].json["phone"] }}',
		'={{ $items("Start")[1].json.phone }}',
		'=+86 {{ $json.phone }}',
		'={{ $json.phone }} ',
		"={{ $json.amount }} for {{ $('Start').item.json['first name'] }}: {{ $json.paid }}{{ $json.missing }}{{ $json.nothing }}",
		'=13812345678',
		'=',
	])('%s gives what n8n gives, without asking n8n', async (expression) => {
		const { ours, theirs, evaluated } = await compare(expression, PEOPLE);
		expect(ours).toEqual(theirs);
		expect(evaluated).toBe(0);
	});

	it.each([
		'={{ $json.nested }}',
		'={{ $json.list }}',
		'={{ $json.missing.deep }}',
		'={{ $json.nothing.deep }}',
		'={{ $json.phone.length }}',
		"={{ $('Start').item.json.nested }}",
		'=All: {{ $json.list }}',
		'=Deep: {{ $json.missing.deep }}',
	])('%s that leads to no single value is left to n8n', async (expression) => {
		const { ours, theirs, evaluated } = await compare(expression, PEOPLE);
		expect(ours).toEqual(theirs);
		expect(evaluated).toBe(2);
	});
});

describe('a number that evaluators may change', () => {
	it.each([NaN, Infinity, -Infinity, -0])('is left to n8n: %d', async (amount) => {
		const items = [{ amount }, { amount: 0 }, { amount: 1e21 }];
		const { ours, theirs, evaluated } = await compare('={{ $json.amount }}', items);
		expect(ours).toEqual(theirs);
		expect(evaluated).toBe(1);
	});
});

describe('anything else', () => {
	it.each([
		'={{ $json.phone + "" }}',
		'={{ $json.phone.toString().slice(3) }}',
		'={{ $json.list[0 + 0] }}',
		"={{ $('Start').item.json.phone + '' }}",
		'=+86 {{ $json.phone }}{{ $itemIndex }}',
		'=C:\\{{ $json.phone }}',
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

	it.each([
		'={{ $json.constructor }}',
		'={{ $json.__proto__ }}',
		'={{ $json.list( }}',
		"={{ $('Gone').item.json.phone }}",
	])('%s, which n8n refuses, is refused here too', async (expression) => {
		await expect(compare(expression, PEOPLE)).rejects.toThrow('Nothing was read');
	});
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
			rows: [
				{ name: 'a', value: '={{ $json.phone }}' },
				{ name: 'b', value: '={{ $json.amount + 2 }}' },
			],
		};
		const { ours, theirs, evaluated } = await compare(value, PEOPLE);
		expect(ours).toEqual(theirs);
		expect(evaluated).toBe(4);
	});

	it('is read directly under any name that n8n finds by its path', async () => {
		const value = {
			value: { 'first name': '={{ $json["first name"] }}', 手机: '={{ $json.手机 }}', __proto__s: '={{ $json.paid }}' },
		};
		const { ours, theirs, evaluated } = await compare(value, PEOPLE);
		expect(ours).toEqual(theirs);
		expect(evaluated).toBe(0);
	});

	it.each(['a.b', 'c[0]', '=c'])('is left whole to n8n when a name in it cannot stand in a path: %s', async (name) => {
		const value = { value: { [name]: '={{ $json.phone }}', fine: '={{ $json.amount }}' } };
		const { ours, theirs, evaluated } = await compare(value, PEOPLE);
		expect(ours).toEqual(theirs);
		expect(evaluated).toBe(2);
	});
});

it('finds a column whose name begins with a byte order mark, and no field further down', () => {
	const parameters = new Parameters(
		stub((name) => ({ own: '={{ $json.phone }}', deep: '={{ $json.a.phone }}', none: '={{ $json.other }}' })[name]),
		[{ json: { '\uFEFFphone': '138', a: { '\uFEFFphone': '139' } } }],
	);
	expect(['own', 'deep', 'none'].map((name) => parameters.read(name, 0))).toEqual(['138', undefined, undefined]);
	expect(parameters.evaluatedFields()).toEqual([]);
});

it('keeps of each kind of notice the first one', () => {
	const parameters = new Parameters(
		stub(() => null),
		[{ json: {} }],
	);
	expect(parameters.notes()).toEqual([]);
	parameters.note('dates', 'first');
	parameters.note('times', 'other');
	parameters.note('dates', 'second');
	expect(parameters.notes()).toEqual(['first', 'other']);
});

it('knows which parameters refer to a node that does not exist, and throws what n8n threw', () => {
	const gone = Object.assign(new Error('gone'), { context: { descriptionKey: 'nodeNotFound', nodeCause: 'Contacts' } });
	const other = new Error('other');
	const parameters = new Parameters(
		stub((name, _index, _fallback, { rawExpressions }) => {
			if (rawExpressions) return '={{ $json.a + 1 }}';
			throw name === 'mobile' ? gone : other;
		}),
		[{ json: {} }, { json: {} }],
	);
	for (const item of [0, 1]) {
		expect(() => parameters.read('mobile', item)).toThrow(gone);
		expect(() => parameters.read('tag', item)).toThrow(other);
	}
	expect(parameters.brokenFields()).toEqual([{ path: 'mobile', nodeName: 'Contacts' }]);
});

it('reads a parameter that is not there as undefined', () => {
	const parameters = new Parameters(
		stub((_name, _index, fallback) => fallback),
		[{ json: {} }],
	);
	expect(parameters.read('nothing', 0)).toBeUndefined();
});

it('asks n8n once for an item although an operation reads a parameter twice', async () => {
	let asked = 0;
	const parameters = new Parameters(
		stub((_name, index, _fallback, options) => {
			if (options.rawExpressions) return '={{ $json.a + 1 }}';
			// The editor has checked it, and what is odd is reported by the package itself.
			expect(options).toEqual({ skipValidation: true });
			asked += 1;
			return index;
		}),
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
	const parameters = new Parameters(
		stub((name, _index, _fallback, { rawExpressions }) => (rawExpressions ? values[name] : 'evaluated')),
		[{ json: {} }],
	);
	expect(Object.keys(values).map((name) => parameters.isFixed(name))).toEqual([true, true, false, false, false]);
});

it('counts what it has n8n evaluate', () => {
	const values: Record<string, unknown> = {
		mobile: '={{ $json.a }}',
		templateFields: { value: { city: '={{ $json.b.c }}', name: '={{ $json.a + 1 }}' } },
	};
	const parameters = new Parameters(
		stub((name, _index, _fallback, { rawExpressions }) => (rawExpressions ? values[name] : 'evaluated')),
		[{ json: { a: 'x' } }, { json: { a: 'x', b: { c: 'y' } } }],
	);
	for (const index of [0, 1]) for (const name of Object.keys(values)) parameters.read(name, index);
	expect(parameters.evaluatedFields()).toEqual([
		{ path: 'templateFields.value.name', evaluations: 2 },
		{ path: 'templateFields.value.city', evaluations: 1 },
	]);
});
