import { InputProblem } from '../../../nodes/JSms/model/inputProblem';
import {
	mapsAutomatically,
	readGivenParameters,
	readTemplateParameters,
	storedNames,
	toTemplateParameters,
} from '../../../nodes/JSms/fields/templateParameters';
import { readFrom } from './read';

const pairs = (...parameter: unknown[]) => ({ parameterMode: 'pairs', parameters: { parameter } });
const json = (parametersJson: unknown) => ({ parameterMode: 'json', parametersJson });
const schemaOf = (...names: string[]) =>
	names.map((id) => ({ id, displayName: id, type: 'string', display: true, required: true }));
const fields = (value: unknown, schema: unknown[] = []) => ({
	parameterMode: 'templateFields',
	templateFields: { mappingMode: 'defineBelow', value, schema },
});
const automatic = (...names: string[]) => ({
	parameterMode: 'templateFields',
	templateFields: { mappingMode: 'autoMapInputData', value: null, schema: schemaOf(...names) },
});
const read = (values: Record<string, unknown>, itemJson = {}, names?: string[]) =>
	readTemplateParameters({ read: readFrom(values), json: itemJson, names });
const problemOf = (work: () => unknown): InputProblem => {
	try {
		work();
	} catch (error) {
		if (error instanceof InputProblem) return error;
	}
	throw new Error('It was taken');
};

it('gives the same object in all three ways, values as texts', () => {
	const expected = { name: '王芳', order: '1042', paid: 'true' };
	expect(
		read(pairs({ name: 'name', value: '王芳' }, { name: ' order ', value: 1042 }, { name: 'paid', value: true })),
	).toEqual(expected);
	expect(read(json('{"name":"王芳","order":1042,"paid":true}'))).toEqual(expected);
	expect(read(json({ name: '王芳', order: 1042, paid: true }))).toEqual(expected);
	expect(read(fields({ name: '王芳', order: 1042, paid: true }, schemaOf('name', 'order', 'paid')))).toEqual(expected);
	expect(read(automatic('name', 'order', 'paid'), { name: '王芳', order: 1042, paid: true, other: 'x' })).toEqual(
		expected,
	);
});

it('gives no parameters where none are filled in', () => {
	expect(
		[
			pairs(),
			{ parameterMode: 'pairs', parameters: {} },
			json('{}'),
			json(''),
			json('[]'),
			json(undefined),
			fields(null),
			{},
		].map((one) => read(one)),
	).toEqual(new Array(8).fill({}));
});

it('keeps texts as they are, blanks and leading zeros included', () => {
	expect(read(json({ code: '007', note: ' a ', empty: '' }))).toEqual({ code: '007', note: ' a ', empty: '' });
});

it('keeps the digits of long numbers in JSON texts', () => {
	expect(read(json('{"order":9007199254740993123}'))).toEqual({ order: '9007199254740993123' });
});

it('keeps a parameter called like something every object has', () => {
	expect(Object.entries(read(json('{"constructor":"a","__proto__":"b"}')))).toEqual([
		['constructor', 'a'],
		['__proto__', 'b'],
	]);
});

describe('values that cannot stand in an SMS', () => {
	it.each([
		[null, 'is empty'],
		[undefined, 'is empty'],
		[{ first: 'a' }, 'holds an object instead of a text'],
		[['a'], 'holds a list instead of a text'],
	])('refuses %j in each mode, naming the parameter', (value, fault) => {
		const sentence = `Template parameter 'name' ${fault}`;
		for (const values of [
			pairs({ name: 'name', value }),
			json({ name: value }),
			fields({ name: value }, schemaOf('name')),
		]) {
			expect(problemOf(() => read(values))).toMatchObject({
				message: sentence,
				hint:
					fault === 'is empty'
						? 'The field is empty in your data. Fill it in, or filter the row out before this node.'
						: 'Pick one field of it, for example {{ $json.customer.name }}.',
				concerns: 'recipient',
			});
		}
		expect(problemOf(() => read(automatic('name'), { name: value }))).toMatchObject({ message: sentence });
	});
});

describe('name and value pairs', () => {
	it.each(['', '  ', undefined, 5])('refuse a row whose name is %j', (name) => {
		expect(problemOf(() => read(pairs({ name: 'a', value: '1' }, { name, value: '2' })))).toMatchObject({
			message: 'Template parameter 2 has no name',
			hint: "Fill in 'Name' in that row of 'Parameters', or remove the row.",
			concerns: 'everyone',
		});
	});

	it('refuse a name that is given twice', () => {
		expect(problemOf(() => read(pairs({ name: 'a', value: '1' }, { name: 'a ', value: '2' })))).toMatchObject({
			message: "Template parameter 'a' is given twice",
			hint: "Remove one of the two rows in 'Parameters'.",
			concerns: 'everyone',
		});
	});

	it('refuse what is no row as one without a name, and read what is no list of rows as none', () => {
		expect(problemOf(() => read(pairs('name'))).message).toBe('Template parameter 1 has no name');
		expect(read({ parameterMode: 'pairs', parameters: 'name' })).toEqual({});
		expect(read({ parameterMode: 'pairs', parameters: { parameter: 'name' } })).toEqual({});
	});
});

describe('JSON', () => {
	it.each(['{"a":', '{a:1}', "{'a':'1'}", 'abc'])('that is broken (%j) gives a sentence naming the field', (text) => {
		expect(problemOf(() => read(json(text)))).toMatchObject({
			message: expect.stringMatching(/^'Parameters \(JSON\)' is not valid JSON \(.+\)$/) as string,
			hint: 'Give an object such as { "number": "741627" }; names and texts need double quotes.',
		});
	});

	it.each([
		['[{"a":1}]', 'a list'],
		[['a'], 'a list'],
		['"text"', "the text 'text'"],
		['12', 'the number 12'],
		[true, 'the boolean true'],
	])('that is %j instead of an object gives a sentence', (value, kind) => {
		expect(problemOf(() => read(json(value)))).toMatchObject({
			message: `'Parameters (JSON)' holds ${kind} instead of an object`,
			hint: 'Give an object such as { "number": "741627" }.',
		});
	});

	it('that is nothing but blanks gives no parameters', () => {
		expect(read(json('  '))).toEqual({});
		expect(read(json('null'))).toEqual({});
	});
});

describe('fields of the template', () => {
	it('leave out values whose field was taken out of the form', () => {
		const schema = [...schemaOf('name'), { ...schemaOf('old')[0], removed: true }];
		expect(read(fields({ name: 'a', old: 'b', unheard: 'c' }, schema))).toEqual({ name: 'a' });
	});

	it('do not mind a schema that holds something else', () => {
		expect(read(fields({ name: 'a', 5: 'b' }, [{ id: 5 }, ...schemaOf('name')]))).toEqual({ name: 'a' });
		expect(read(fields({ name: 'a', old: 'b' }, [null, { id: 5 }, ...schemaOf('name')]))).toEqual({ name: 'a' });
		expect(read(fields('name', schemaOf('name')))).toEqual({});
		expect(read({ parameterMode: 'templateFields', templateFields: 'name' })).toEqual({});
	});

	it('are read with the schema of their own item', () => {
		const one = fields({ a: 1, b: 2 }, schemaOf('a'));
		const other = fields({ a: 1, b: 2 }, schemaOf('b'));
		expect([read(one), read(other), read(one)]).toEqual([{ a: '1' }, { b: '2' }, { a: '1' }]);
	});

	it('take all values when the editor stored no schema', () => {
		expect(read(fields({ name: 'a', other: 'b' }))).toEqual({ name: 'a', other: 'b' });
	});

	it('refuse a field that was left empty, instead of sending it as nothing', () => {
		expect(problemOf(() => read(fields({ name: null }, schemaOf('name')))).message).toBe(
			"Template parameter 'name' is empty",
		);
	});
});

describe('automatic mapping', () => {
	it('looks at the fields of the item itself only, not at what every object has', () => {
		expect(problemOf(() => read(automatic('toString'), {})).message).toBe("Template parameter 'toString' is missing");
	});

	it('uses the names of the template where they were looked up, also without a stored schema', () => {
		expect(read(automatic(), { name: 'a', other: 'b' }, ['name'])).toEqual({ name: 'a' });
	});

	it.each([
		['looked up', ['name', 'order', 'date'], automatic()],
		['stored by the editor', undefined, automatic('name', 'order', 'date')],
	])('names the parameters that an item lacks, with the names %s', (_, names, values) => {
		expect(problemOf(() => read(values, { name: 'a' }, names))).toMatchObject({
			message: "Template parameter 'order', 'date' is missing",
			hint: 'Give the item a field of that name, or choose to map each parameter manually.',
			concerns: 'recipient',
		});
	});

	it('is recognised by the mode of the mapper alone', () => {
		expect(mapsAutomatically(readFrom(automatic()))).toBe(true);
		expect(mapsAutomatically(readFrom(fields({})))).toBe(false);
		expect(mapsAutomatically(readFrom({ ...automatic(), parameterMode: 'json' }))).toBe(false);
		expect(mapsAutomatically(readFrom({}))).toBe(false);
	});

	it('knows whether the editor stored names', () => {
		expect(storedNames(readFrom(automatic('name')))).toEqual(['name']);
		const schema = [{ id: 'name' }, { id: 'gone', removed: true }, { id: 5 }, null];
		expect(storedNames(readFrom({ templateFields: { schema } }))).toStrictEqual(['name']);
		expect(storedNames(readFrom(automatic()))).toBeUndefined();
		expect(storedNames(readFrom({ templateFields: { mappingMode: 'autoMapInputData', value: null } }))).toBeUndefined();
	});
});

describe('names of the template that are known', () => {
	it.each([
		['pairs', pairs({ name: 'name', value: 'a' })],
		['json', json({ name: 'a' })],
		['templateFields', fields({ name: 'a' })],
	])('tell what is missing in the mode %s', (_, values) => {
		expect(problemOf(() => read(values, {}, ['name', 'order']))).toMatchObject({
			message: "Template parameter 'order' is missing",
			hint: "Fill in every parameter of the template under 'Template Parameters'.",
		});
	});

	it('do not stand in the way of parameters the template does not have', () => {
		expect(read(json({ name: 'a', extra: 'b' }), {}, ['name'])).toEqual({ name: 'a', extra: 'b' });
	});
});

describe('a look at what there is', () => {
	const look = (values: Record<string, unknown>, itemJson = {}, names?: string[]) =>
		readGivenParameters({ read: readFrom(values), json: itemJson, names });

	it('leaves out what is missing or empty, and asks for nothing', () => {
		expect(look(json({ a: 1, b: null }), {}, ['a', 'b', 'c'])).toEqual({ a: '1' });
		expect(look(pairs({ name: 'a' }, { name: 'b', value: '' }))).toEqual({ b: '' });
		expect(look(automatic('a', 'b'), { a: 'x' })).toEqual({ a: 'x' });
	});

	it('still refuses a value that cannot stand in an SMS', () => {
		expect(problemOf(() => look(json({ a: [1] }))).message).toBe(
			"Template parameter 'a' holds a list instead of a text",
		);
	});
});

it('reads the parameters of a recipient in a list with the field in its sentences', () => {
	expect(toTemplateParameters({ a: 1 }, 'The temp_para', () => false)).toEqual({ a: '1' });
	expect(problemOf(() => toTemplateParameters([1], 'The temp_para', () => false)).message).toBe(
		'The temp_para holds a list instead of an object',
	);
});
