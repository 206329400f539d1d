import * as fc from 'fast-check';

import { charactersOf, unitsOf } from '../../../nodes/JSms/model/units';

// The worked examples of the documentation, and the steps after them.
it.each([
	[0, 1],
	[1, 1],
	[70, 1],
	[71, 2],
	[134, 2],
	[135, 3],
	[201, 3],
	[202, 4],
	[500, 8],
])('%i characters cost %i units', (characters, units) => {
	expect(unitsOf(characters)).toBe(units);
});

it.each([
	['every script', '您好 Li,', 6],
	['a line break as two', 'a\nb', 4],
	['a line break of Windows as two', 'a\r\nb', 4],
	['an old one as two', 'a\rb', 4],
	['two line breaks as four', '\n\n', 4],
	['a character of two halves as one', '😀', 1],
	['half a character as one', '\ud83d', 1],
	['nothing', '', 0],
])('counts %s', (_, text, characters) => {
	expect(charactersOf(text)).toBe(characters);
});

it('counts a text as the sum of its parts, for random texts', () => {
	const words = fc.string({ unit: fc.constantFrom('您', 'a', '。', '😀', '\n', '\r\n') });
	fc.assert(
		fc.property(words, words, (one, other) => {
			expect(charactersOf(one + other)).toBe(charactersOf(one) + charactersOf(other));
			expect(charactersOf(one)).toBe([...one.replaceAll('\r', '')].length + (one.match(/\n/g) ?? []).length);
		}),
	);
});

it('bills no part with more than 67 characters, and none too many, for random lengths', () => {
	fc.assert(
		fc.property(fc.integer({ min: 71, max: 5000 }), (characters) => {
			const units = unitsOf(characters);
			expect(units * 67).toBeGreaterThanOrEqual(characters);
			expect((units - 1) * 67).toBeLessThan(characters);
		}),
	);
});
