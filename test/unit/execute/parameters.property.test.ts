import fc from 'fast-check';
import type { IDataObject, INodeExecutionData, IPairedItemData } from 'n8n-workflow';

import { share } from '../../support/runs';
import { aLeaf, aPathIn, aText, aValue } from './arbitraryJson';
import { compareScenario } from './compare';
import { readIsolated } from './isolatedEvaluator';
import { SHAPES, type Scenario, type Shape } from './scenario';

const space = fc.constantFrom(' ', '', '  ', '\n', '\u00a0', '\ufeff', '\u3000');

/** A reference alone, or text around references. */
const expressionOf = (reference: fc.Arbitrary<string>) => {
	const code = fc.tuple(space, reference, space).map((parts) => `{{${parts.join('')}}}`);
	return fc
		.oneof(
			{
				weight: 4,
				arbitrary: fc.tuple(code, fc.constantFrom('', '', '', '', '', ' ', 'x')).map((parts) => parts.join('')),
			},
			{ weight: 2, arbitrary: fc.array(fc.oneof(code, aText), { maxLength: 5 }).map((parts) => parts.join('')) },
			{ weight: 1, arbitrary: aText },
		)
		.map((text) => `=${text}`);
};

const numbered = (expressions: string[]) =>
	Object.fromEntries(expressions.map((expression, index) => [`value${index}`, expression]));

const aRecord = aValue.record.map((record) => record as IDataObject);

/** Items with an expression each that refers to the item itself. */
const ownItems: fc.Arbitrary<Scenario> = fc
	.array(
		aRecord.chain((json) =>
			expressionOf(aPathIn(json).map((path) => `$json${path}`)).map((expression) => ({ json, expression })),
		),
		{ minLength: 40, maxLength: 40 },
	)
	.map((cases) => ({
		shape: 'chain',
		names: {},
		mode: 'manual',
		start: [{ json: {} }],
		script: { A: [[[{ json: {} }]]], B: [[[{ json: {} }]]], C: [[cases.map(({ json }) => ({ json }))]] },
		parameters: numbered(cases.map(({ expression }) => expression)),
		inStep: true,
	}));

/** A link to an earlier item: right, wrong, of several origins, or none. */
const aLink: fc.Arbitrary<INodeExecutionData['pairedItem'] | null> = fc.oneof(
	{ weight: 6, arbitrary: fc.nat(2) },
	{
		weight: 4,
		arbitrary: fc.record<IPairedItemData>({ item: fc.nat(2), input: fc.nat(1) }, { requiredKeys: ['item'] }),
	},
	{ weight: 2, arbitrary: fc.array(fc.record({ item: fc.nat(2) }), { maxLength: 3 }) },
	{ weight: 1, arbitrary: fc.constantFrom(undefined, null, 99, { item: 99 }, { item: 0, input: 5 }) },
);

/** Fields that every item has, so that most references lead to something. */
const usualFields = fc
	.record({ name: aLeaf, 'first name': aLeaf, nested: fc.record({ no: aLeaf }), list: fc.tuple(aLeaf, aLeaf) })
	.map((fields) => fields as IDataObject);

const USUAL_PATHS = [
	'.name',
	'["first name"]',
	"['first name']",
	'.nested.no',
	'.nested["no"]',
	'.list[0]',
	'.list[1]',
];

const anItem: fc.Arbitrary<INodeExecutionData> = fc
	.record({ usual: usualFields, json: aRecord, pairedItem: aLink })
	.map(({ usual, json, pairedItem }) => ({
		json: { ...json, ...usual },
		...(pairedItem !== null && { pairedItem }),
	}));

const someItems = fc.array(anItem, { maxLength: 3 });

/** What a node hands out in its first turns. */
const turns = fc.array(fc.tuple(someItems, someItems), { minLength: 2, maxLength: 3 });

const nodeName = fc.oneof(
	{ weight: 4, arbitrary: fc.constantFrom('People', 'Edit Fields (1)', '客户', "it's", 'say "x"', 'a.b') },
	{
		weight: 1,
		arbitrary: fc.constantFrom(
			...['a.first()', '$if(x)', 'x.constructor', '__proto__x', 'isProxy', '{{a}}', 'back\\slash', '//', 'json', '0'],
		),
	},
);

/** Where a reference may start; `Gone` is a node that was renamed or deleted. */
const aRoot = (name: string, quote: string) => {
	const quoted = `${quote}${name.replaceAll(quote, `\\${quote}`)}${quote}`;
	const which = fc.oneof(
		{ weight: 4, arbitrary: fc.constant('item') },
		{
			weight: 1,
			arbitrary: fc.constantFrom('first()', 'last()', 'all()[0]', 'all()[1]', 'all()[7]', 'first', 'pairedItem()'),
		},
	);
	return fc.oneof(
		{ weight: 5, arbitrary: which.map((one) => `$(${quoted}).${one}.json`) },
		{ weight: 1, arbitrary: which.map((one) => `$input.${one}.json`) },
		{
			weight: 1,
			arbitrary: fc.constantFrom(`$node[${quoted}].json`, `$items(${quoted})[0].json`, `$items(${quoted})[2].json`),
		},
		{
			weight: 1,
			arbitrary: fc.constantFrom('$json', `$node[${quoted}].data`, `$(${quoted}).item`, `$items()[0].json`),
		},
	);
};

/** Workflows whose reader refers to the nodes before it. */
const earlierNodes: fc.Arbitrary<Scenario> = fc
	.record({
		shape: fc.constantFrom(...(Object.keys(SHAPES) as Shape[])),
		names: fc.record({ A: nodeName, B: nodeName, C: nodeName }, { requiredKeys: [] }),
		script: fc.record({ A: turns, B: turns, C: turns }),
		start: fc.array(anItem, { minLength: 1, maxLength: 3 }),
		mode: fc.constantFrom('manual' as const, 'trigger' as const, 'integrated' as const),
		pinned: fc.option(fc.tuple(fc.constantFrom('A', 'B', 'C'), fc.array(anItem, { minLength: 1, maxLength: 3 })), {
			freq: 4,
			nil: undefined,
		}),
		combined: fc.integer({ min: 0, max: 5 }).map((one) => one === 0),
	})
	.filter(({ names }) => new Set(Object.values(names)).size === Object.keys(names).length)
	.chain(({ pinned, combined, ...rest }) => {
		const scenario = {
			...rest,
			...(pinned && { pinData: { [pinned[0]]: pinned[1] } }),
			...(combined && { binaryMode: 'combined' as const }),
		};
		const jsons = [scenario.start, ...Object.values(scenario.script).flat(2), pinned?.[1] ?? []]
			.flat()
			.map(({ json }) => json);
		const reference = fc
			.tuple(
				fc.constantFrom('Start', 'A', 'B', 'C', 'Start', 'A', 'B', 'C', 'Idle', 'Gone', 'Reader'),
				fc.constantFrom("'", "'", '"'),
				fc.constantFrom(...jsons),
			)
			.chain(([node, quote, json]) =>
				fc
					.tuple(
						aRoot((scenario.names as Record<string, string>)[node] ?? node, quote),
						fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...USUAL_PATHS) }, aPathIn(json)),
					)
					.map((parts) => parts.join('')),
			);
		return fc
			.array(expressionOf(reference), { minLength: 12, maxLength: 12 })
			.map((expressions): Scenario => ({ ...scenario, parameters: numbered(expressions) }));
	});

describe.each([
	{ kind: 'the item itself', scenarios: ownItems, runs: 40 * share, isolated: 40 * share, enough: 100 * share },
	{
		kind: 'the items of earlier nodes',
		scenarios: earlierNodes,
		runs: 300 * share,
		isolated: 160 * share,
		enough: 300 * share,
	},
])('an expression read directly from $kind', ({ scenarios, runs, isolated, enough }) => {
	it('gives what n8n gives, or fails as well', async () => {
		let direct = 0;
		await fc.assert(
			fc.asyncProperty(scenarios, async (scenario) => {
				const compared = (await compareScenario(scenario)).flat();
				direct += compared.filter(({ evaluated }) => !evaluated).length;
				expect(compared.map(({ expression, itemIndex, ours }) => ({ expression, itemIndex, reading: ours }))).toEqual(
					compared.map(({ expression, itemIndex, theirs }) => ({ expression, itemIndex, reading: theirs })),
				);
			}),
			{ numRuns: Math.ceil(runs) },
		);
		// Otherwise the comparison would be one of n8n with itself.
		expect(direct).toBeGreaterThan(enough);
	}, 120_000);

	it('gives what the isolated evaluator of servers gives', async () => {
		const sample = fc.sample(scenarios, Math.ceil(isolated));
		const compared = [];
		for (const scenario of sample) compared.push(await compareScenario(scenario));
		// All in one go: it takes seconds to start.
		const readings = await readIsolated(sample);
		const direct = compared
			.flatMap((scenario, at) =>
				scenario.flatMap((turn, run) => turn.map((one, index) => ({ ...one, isolated: readings[at][run][index] }))),
			)
			// This isolate, unlike that of servers, cannot carry a NUL or half of a surrogate pair.
			.filter(({ ours, evaluated }) => !evaluated && !/\\u(0000|d[89a-f])/.test(JSON.stringify(ours)));
		expect(direct.length).toBeGreaterThan(enough);
		expect(direct.map(({ expression, ours }) => ({ expression, reading: ours }))).toEqual(
			direct.map(({ expression, isolated }) => ({ expression, reading: isolated })),
		);
	}, 240_000);
});
