import fc from 'fast-check';

/** Names as people give them, names that need quoting, and names that JavaScript, JSON or n8n treat specially. */
export const aName = fc.oneof(
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
				'map',
				'x.first()',
				'$if(a)',
			],
		),
	},
	{ weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 4 }) },
);

export const aLeaf = fc.oneof(
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
export const aValue = fc.letrec((tie) => ({
	any: fc.oneof({ depthSize: 'small' }, aLeaf, tie('list'), tie('record')),
	list: fc.array(tie('any'), { maxLength: 3 }),
	record: fc.dictionary(aName, tie('any'), { maxKeys: 4 }),
}));

/** A step as it may be written, rightly or not. */
const aStep = aName.chain((one) =>
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

/** The way to a value in it, written in any style; now and then a way that is wrong, or none. */
export function aPathIn(json: unknown): fc.Arbitrary<string> {
	const known = pathsIn(json).filter((path) => path.length > 0);
	const real =
		known.length === 0
			? fc.constant('')
			: fc
					.tuple(fc.constantFrom(...known), fc.infiniteStream(fc.nat(4)))
					.map(([path, styles]) => path.map((one) => written(one, styles.next().value as number)).join(''));
	return fc.oneof(
		{ weight: 6, arbitrary: real },
		{ weight: 1, arbitrary: fc.array(aStep, { maxLength: 3 }).map((all) => all.join('')) },
		{ weight: 1, arbitrary: fc.tuple(real, aStep).map((all) => all.join('')) },
	);
}

/** One step in one of the styles that people and the editor write. */
function written(name: string, style: number): string {
	const escaped = (quote: string) => name.replaceAll(quote, `\\${quote}`);
	return /^\d+$/.test(name) && style > 1
		? `[${name}]`
		: [`.${name}`, `["${name}"]`, `['${name}']`, `['${escaped("'")}']`, `["${escaped('"')}"]`][style];
}

/** Text around references, as people write it, and what n8n reads in a way of its own. */
export const aText = fc.oneof(
	{ weight: 3, arbitrary: fc.constantFrom('Order ', ' for ', '你好', ', ', "it's ", 'say "x"', '\n', '5', '', ' ') },
	{
		weight: 1,
		arbitrary: fc.constantFrom(
			...[
				'{',
				'}',
				'}}',
				'{{',
				'\\',
				'\\{{',
				'{{ }}',
				'{{ 1 + 1 }}',
				'{{ $itemIndex }}',
				'=',
				'`',
				'${a}',
				'//',
				'\u2028',
			],
			...['.first(', '.constructor', '$if(', 'toString', '__proto__', '{{ $json }}', "{{ 'a' }}", '\\n', '%', '\u0000'],
		),
	},
	{ weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 4 }) },
);
