import { toWholeNumber } from '../../../nodes/JSms/fields/numbers';

const read = (value: unknown, bounds = { min: 1, max: 1000 }) =>
	toWholeNumber(value, "'Batch Size'", bounds, 'Set it.');

it.each([
	[1, 1],
	[1000, 1000],
	['500', 500],
	[' 7 ', 7],
	['+7', 7],
	['007', 7],
])('reads %j', (given, expected) => {
	expect(read(given)).toBe(expected);
});

it.each([
	[0, 'the number 0'],
	[1001, 'the number 1001'],
	[1.5, 'the number 1.5'],
	[-1, 'the number -1'],
	[NaN, 'the number NaN'],
	[Infinity, 'the number Infinity'],
	['abc', "the text 'abc'"],
	['1e2', "the text '1e2'"],
	['0x10', "the text '0x10'"],
	['1.0', "the text '1.0'"],
	[true, 'the boolean true'],
	[[5], 'a list'],
	[{}, 'an object'],
])('refuses %j with a sentence naming the field and what it holds', (given, kind) => {
	expect(() => read(given)).toThrow(`'Batch Size' must be a whole number from 1 to 1000, not ${kind}`);
});

it.each(['', ' ', null, undefined])('refuses %j as empty', (given) => {
	expect(() => read(given)).toThrow("'Batch Size' is empty");
});

it.each(['', 0])('says of %j what to do, for everybody: all items share the setting', (given) => {
	expect(() => read(given)).toThrow(expect.objectContaining({ hint: 'Set it.', concerns: 'everyone' }) as Error);
});

it('shows no more than the beginning of a long text', () => {
	expect(() => read('x'.repeat(100))).toThrow(new RegExp(`, not the text '${'x'.repeat(40)}'$`));
});

it('refuses a number that JavaScript cannot hold exactly', () => {
	const bounds = { min: 1, max: Number.MAX_SAFE_INTEGER };
	expect(() => read('9007199254740993', bounds)).toThrow(
		"'Batch Size' must be a whole number of 1 or more, not the text '900****0993'",
	);
});
