import { parseField } from '../../../nodes/JSms/fields/jsonText';
import { InputProblem } from '../../../nodes/JSms/model/inputProblem';

/** Fields that hold JSON with expressions in it: a value must not change the JSON around it, neither openly nor in silence. */
const WORDS = { is: 'valid JSON', hint: 'Plain hint.', instead: 'choose pairs, or ' };
const TEMPLATE = '={ "name": "{{ $json.name }}", "no": {{ $json.no }} }';
const filled = (name: string, no: unknown = 1) => `{ "name": "${name}", "no": ${String(no)} }`;
const read = (text: string, raw: unknown = TEMPLATE) => parseField(text, raw, "'Field'", WORDS);
const problemOf = (work: () => unknown): InputProblem => {
	try {
		work();
	} catch (error) {
		if (error instanceof InputProblem) return error;
	}
	throw new Error('It was taken');
};

it.each(['李雷', "O'Neill", '', 'a, "b'.replace('"', '”'), '{ }', '50%', 'a: b'])('takes the value %j', (name) => {
	expect(read(filled(name))).toEqual({ name, no: 1 });
});

it.each([
	['O"Neill', 'a quotation mark'],
	// Valid JSON, with one parameter more.
	['A", "code": "1', 'a quotation mark'],
	['two\nlines', 'a line break'],
	['a\ttab', 'a line break'],
	// These would be sent, with a line break, without the backslash, or as another letter.
	['C:\\new', 'a backslash'],
	['\\\\server', 'a backslash'],
	['\\u0041', 'a backslash'],
	['C:\\x', 'a backslash'],
])('refuses the value %j', (name, contains) => {
	expect(problemOf(() => read(filled(name)))).toMatchObject({
		message: `A value that is inserted into 'Field' contains ${contains}, which changes the JSON around it`,
		hint: 'Choose pairs, or write {{ JSON.stringify($json.name) }} without quotation marks around it.',
		concerns: 'recipient',
	});
});

it('leaves alone what the expression has escaped, and what stands outside of quotation marks', () => {
	const stringify = '={ "name": {{ JSON.stringify($json.name) }}, "no": 1 }';
	expect(read(String.raw`{ "name": "C:\\new \"x\"", "no": 1 }`, stringify)).toEqual({ name: 'C:\\new "x"', no: 1 });
	const sliced = '={ "name": "Hi {{ JSON.stringify($json.name).slice(1, -1) }}" }';
	expect(read(String.raw`{ "name": "Hi \"x\"" }`, sliced)).toEqual({ name: 'Hi "x"' });
	expect(read(String.raw`{ "name": "a\nb", "no": 1 }`, String.raw`={ "name": "a\nb", "no": {{ $json.no }} }`)).toEqual({
		name: 'a\nb',
		no: 1,
	});
	expect(read(String.raw`{ "a\"b": "c", "no": 1 }`, String.raw`={ "a\"b": "{{ $json.c }}", "no": 1 }`)).toEqual({
		'a"b': 'c',
		no: 1,
	});
});

it.each<[string, unknown]>([
	['one expression gives all of it', '={{ $json.all }}'],
	['it holds no expression', '={ "name": 1 }'],
	['it is fixed', '{ "name": 1 }'],
	['it is part of something else', null],
])('is not looked into where %s', (_, raw) => {
	expect(read(String.raw`{ "name": "a\nb" }`, raw)).toEqual({ name: 'a\nb' });
	expect(problemOf(() => read('{', raw))).toMatchObject({
		message: expect.stringMatching(/^'Field' is not valid JSON \(.+\)$/) as string,
		hint: 'Plain hint.',
	});
});

it('shows how to insert a value where the text is broken otherwise', () => {
	const raw = '={ "name": {{ $json.name }} }';
	expect(problemOf(() => read('{ "name": Li }', raw)).hint).toBe(
		'Choose pairs, or write {{ JSON.stringify($json.name) }} without quotation marks around it.',
	);
	const long = `={ "name": {{ $json.${'a'.repeat(80)} }} }`;
	expect(problemOf(() => read('{ "name": Li }', long)).hint).toContain('JSON.stringify($json.name)');
	expect(problemOf(() => parseField('[', '=[{{ $json.a }}', "'F'", { is: 'a list', hint: '' })).hint).toBe(
		'Write {{ JSON.stringify($json.a) }} without quotation marks around it.',
	);
});

it('gives nothing for a blank text', () => {
	expect([read(''), read(' \n')]).toEqual([undefined, undefined]);
});

it('needs no more time for a text that fits in many ways', () => {
	const raw = `=[${'"{{ $json.a }}" '.repeat(200)}]`;
	const started = performance.now();
	expect(() => read(`[${'"" '.repeat(20_000)}]`, raw)).toThrow(InputProblem);
	expect(performance.now() - started).toBeLessThan(1_000);
});
