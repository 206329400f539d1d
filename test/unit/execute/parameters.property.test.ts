import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import { readIsolated } from './isolatedEvaluator';
import { readInNode } from './reader';

interface Case {
	json: IDataObject;
	expression: string;
}

/** What happened: a value, or the fact that reading failed. */
type Reading = { value: unknown } | { failed: true };

interface Compared extends Case {
	ours: Reading;
	theirs: Reading;
	/** Whether n8n's evaluator was asked for ours, too. */
	evaluated: boolean;
}

/**
 * Reads each expression from each item in both ways, in one run of n8n's engine: a node whose parameters are the
 * expressions, asked by `Parameters` and by n8n itself.
 */
async function compareAll(cases: Case[]): Promise<Compared[]> {
	const values = Object.fromEntries(cases.map(({ expression }, index) => [`value${index}`, expression]));
	const items = cases.map(({ json }) => json);
	return await readInNode(values, 'string', items, ({ ours, theirs, evaluated }) =>
		cases.map((one, index) => {
			const before = evaluated();
			return {
				...one,
				ours: reading(() => ours(`value${index}`, index)),
				evaluated: evaluated() > before,
				theirs: reading(() => theirs(`value${index}`, index)),
			};
		}),
	);
}

function reading(read: () => unknown): Reading {
	try {
		return { value: read() };
	} catch {
		return { failed: true };
	}
}

/** Names as people give them, names that need quoting, and names that JavaScript, JSON or n8n treat specially. */
const name = fc.oneof(
	{
		weight: 3,
		arbitrary: fc.constantFrom(
			'phone',
			'name',
			'a',
			'b1',
			'order_no',
			'手机',
			'姓名',
			'first name',
			'a.b',
			'a-b',
			'0',
			'length',
			'',
		),
	},
	{
		weight: 1,
		arbitrary: fc.constantFrom(
			"it's",
			'say "x"',
			'a]b',
			"a']",
			'x["y',
			'日\n期',
			'tab\t',
			'//',
			'/*',
			'`',
			'${a}',
			'😀',
			'\u2028',
			'\u00e9',
			'e\u0301',
			'\u0870',
			'²',
			'Ⅷ',
			'}}',
			'{{',
			'\\',
		),
	},
	{
		weight: 1,
		arbitrary: fc.constantFrom(
			...[
				'__proto__',
				'prototype',
				'constructor',
				'constructorId',
				'x.constructor',
				'toString',
				'hasOwnProperty',
				'valueOf',
				'toJSON',
			],
			...[
				'__sanitize',
				'___n8n_data',
				'_private',
				'$json',
				'$',
				'this',
				'class',
				'null',
				'undefined',
				'json',
				'item',
				'first',
				'isEmpty',
			],
			...[
				'caller',
				'callee',
				'arguments',
				'mainModule',
				'binding',
				'_load',
				'getPrototypeOf',
				'defineProperty',
				'getBuiltinModule',
				'dlopen',
				'execve',
				'loadEnvFile',
				'then',
				'constructor.name',
				'size',
			],
		),
	},
	{ weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 4 }) },
);

const leaf = fc.oneof(
	fc.string({ unit: 'binary', maxLength: 6 }),
	fc.constantFrom<unknown>(
		'',
		'={{ $json.a }}',
		'{{ 1 }}',
		'=5',
		'13812345678',
		'2024-02-30',
		'2024-12-01T10:00:00.000Z',
		'null',
		'\u0000',
		'\ud800',
	),
	fc.integer(),
	fc.double(),
	fc.constantFrom<unknown>(0, -0, NaN, Infinity, 2 ** 53, 1e300, true, false, null, undefined),
	fc.date({ noInvalidDate: true }),
);

/** JSON as items hold it, and a little more: some nodes put dates into items. */
const value = fc.letrec((tie) => ({
	any: fc.oneof({ depthSize: 'small' }, leaf, tie('list'), tie('record')),
	list: fc.array(tie('any'), { maxLength: 3 }),
	record: fc.dictionary(name, tie('any'), { maxKeys: 4 }),
}));

/** A step as it may be written, rightly or not. */
const step = name.chain((one) =>
	fc.constantFrom(
		`.${one}`,
		`["${one}"]`,
		`['${one}']`,
		`[${JSON.stringify(one)}]`,
		`?.${one}`,
		`["${one}" ]`,
		`. ${one}`,
	),
);

/** The way to a value that is there: references that point nowhere are many enough without help. */
function pathsIn(json: unknown): string[][] {
	if (typeof json !== 'object' || json === null || json instanceof Date) return [[]];
	return Object.entries(json).flatMap(([key, inner]) => [[key], ...pathsIn(inner).map((rest) => [key, ...rest])]);
}

const aCase: fc.Arbitrary<Case> = value.record.chain((record) => {
	const json = record as IDataObject;
	const known = pathsIn(json).filter((path) => path.length > 0);
	const real =
		known.length === 0
			? fc.constant('')
			: fc
					.tuple(fc.constantFrom(...known), fc.infiniteStream(fc.nat(2)))
					.map(([path, styles]) =>
						path
							.map((one, index) => [`.${one}`, `["${one}"]`, `['${one}']`][[...styles.take(index + 1)][index]])
							.join(''),
					);
	const steps = fc.oneof(
		{ weight: 6, arbitrary: real },
		{ weight: 1, arbitrary: fc.array(step, { maxLength: 3 }).map((all) => all.join('')) },
		{ weight: 1, arbitrary: fc.tuple(real, step).map((all) => all.join('')) },
	);
	const space = fc.constantFrom(' ', '', '  ', '\n', '\u00a0', '\ufeff', '\u3000');
	return fc
		.tuple(steps, space, space, fc.constantFrom('', '', '', '', ' ', 'x'))
		.map(([path, before, after, behind]) => ({ json, expression: `={{${before}$json${path}${after}}}${behind}` }));
});

const manyCases = fc.array(aCase, { minLength: 40, maxLength: 40 });

describe('a reference read directly', () => {
	it('gives what n8n gives, or fails as well', async () => {
		let direct = 0;
		await fc.assert(
			fc.asyncProperty(manyCases, async (cases) => {
				for (const { expression, json, ours, theirs, evaluated } of await compareAll(cases)) {
					if (!evaluated) direct += 1;
					expect({ expression, json, reading: ours }).toEqual({ expression, json, reading: theirs });
				}
			}),
			{ numRuns: 40 },
		);
		// Otherwise the comparison would be one of n8n with itself.
		expect(direct).toBeGreaterThan(100);
	}, 60_000);

	it('gives what the isolated evaluator of servers gives', async () => {
		const compared = [];
		for (const cases of fc.sample(manyCases, 40)) compared.push(...(await compareAll(cases)));
		// This isolate, unlike that of servers, cannot carry a NUL or half of a surrogate pair.
		const direct = compared.filter(
			({ ours, evaluated }) => !evaluated && !/\\u(0000|d[89a-f])/.test(JSON.stringify(ours)),
		);
		expect(direct.length).toBeGreaterThan(100);
		// All in one go: the evaluator builds an isolate for each execution.
		const readings = await readIsolated(direct.map(({ json, expression }) => ({ json, expression })));
		expect(direct.map(({ expression, json, ours }) => ({ expression, json, reading: ours }))).toEqual(
			direct.map(({ expression, json }, index) => ({ expression, json, reading: readings[index] })),
		);
	}, 120_000);
});
