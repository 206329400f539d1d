import { DateTime } from 'luxon';

import { findMistake, toParameterText } from '../../../nodes/JSms/fields/parameterText';
import { InputProblem, isDate, kindOf } from '../../../nodes/JSms/model/inputProblem';

/** Values of template parameters: what is sent as it is, and what shows a mistake and would be paid for. */
const never = () => false;
const problemOf = (value: unknown): InputProblem => {
	try {
		toParameterText('name', value, never);
	} catch (error) {
		if (error instanceof InputProblem) return error;
	}
	throw new Error(`${String(value)} was taken`);
};
const ALLOW = "If it is meant to be sent like this, switch on the option 'Allow Unusual Values'.";
const AT = '2026-11-27T13:30:00.000';

it.each<[unknown, string]>([
	['李雷', '李雷'],
	['', ''],
	[741627, '741627'],
	[0, '0'],
	[-12.5, '-12.5'],
	[0.1, '0.1'],
	[1 / 3, '0.3333333333333333'],
	[true, 'true'],
	[12345678901234567890n, '12345678901234567890'],
	// Words that contain one of the others, and texts that only look like one.
	['undefinedly nullable NaNo banana', 'undefinedly nullable NaNo banana'],
	['NULL, Null, nan, Undefined', 'NULL, Null, nan, Undefined'],
	['Invalid order 7', 'Invalid order 7'],
	['2026-11-27', '2026-11-27'],
	['2026-11-27 13:30', '2026-11-27 13:30'],
	['2026-11-27T13:30:00Z', '2026-11-27T13:30:00Z'],
	['GMT+8', 'GMT+8'],
	['#1042', '#1042'],
	['#NAME', '#NAME'],
	['[object]', '[object]'],
	['{name}', '{name}'],
	['{{ open', '{{ open'],
	['Room 3E-12', 'Room 3E-12'],
	['A1E+5x', 'A1E+5x'],
	['1.000.000,50', '1.000.000,50'],
	['12.5000000', '12.5000000'],
	['99999999999', '99999999999'],
])('takes %p', (value, text) => {
	expect(toParameterText('name', value, never)).toBe(text);
	expect(findMistake(text)).toBeUndefined();
});

const MISTAKES: Array<[value: unknown, says: RegExp, hint: RegExp]> = [
	['undefined', /contains the word 'undefined'$/, /^The field it comes from is empty or has another name/],
	['Hi undefined', /contains the word 'undefined'$/, /correct the expression or the data/],
	['你好undefined，', /contains the word 'undefined'$/, /correct the expression/],
	['Hi null!', /contains the word 'null'$/, /^The field it comes from/],
	['Order [object Object]', /contains '\[object Object\]', which stands for a whole object$/, /^Pick one field/],
	['[object Promise]', /contains '\[object Object\]'/, /^Pick one field/],
	['[Object: {"a":1}]', /contains '\[object Object\]'/, /^Pick one field/],
	['NaN', /contains 'NaN', which stands for a failed calculation$/, /^Check the calculation/],
	['¥NaN', /contains 'NaN'/, /^Check the calculation/],
	[NaN, /contains 'NaN'/, /^Check the calculation/],
	[Infinity, /contains 'Infinity', the result of a division by zero$/, /^Check the calculation/],
	[-Infinity, /contains 'Infinity'/, /^Check the calculation/],
	['Invalid Date', /contains a date that could not be read$/, /toFormat\('yyyy-MM-dd'\)/],
	['on Invalid DateTime', /contains a date that could not be read$/, /toFormat/],
	['Invalid date', /contains a date that could not be read$/, /toFormat/],
	['Invalid Duration', /contains a date that could not be read$/, /toFormat/],
	[new Date('x'), /contains a date that could not be read$/, /toFormat/],
	[DateTime.fromISO('x'), /contains a date that could not be read$/, /toFormat/],
	[new Date(`${AT}Z`), /is a date and time without a format$/, /toFormat\('yyyy-MM-dd'\)/],
	[DateTime.fromISO(`${AT}+08:00`), /is a date and time without a format$/, /\$now\.toFormat\('yyyy-MM-dd'\)/],
	[`${AT}Z`, /is a date and time without a format$/, /toDateTime\(\)/],
	[`on ${AT}+08:00`, /is a date and time without a format$/, /toFormat/],
	[`on ${String(new Date(`${AT}Z`))}`, /is a date and time without a format$/, /toFormat/],
	['#N/A', /contains an error value of a spreadsheet$/, /^Correct the cell/],
	['Total #DIV/0!', /contains an error value of a spreadsheet$/, /^Correct the cell/],
	['#REF!', /contains an error value of a spreadsheet$/, /^Correct the cell/],
	['{{ $json.name }}', /contains an expression that n8n did not evaluate$/, /from 'Fixed' to 'Expression'/],
	['Hi {{name}}', /contains an expression that n8n did not evaluate$/, /'Expression'/],
	['1.38123E+10', /is a number that was shortened \(as in 1\.38E\+10\)$/, /as text/],
	[1e21, /is a number that was shortened/, /toFixed\(2\)/],
	[1e-7, /is a number that was shortened/, /toFixed\(2\)/],
	[110 * 1.1, /is a number with a rounding error \(as in 12\.600000000000001\)$/, /toFixed\(2\)/],
	['¥0.30000000000000004', /is a number with a rounding error/, /toFixed\(2\)/],
	['4.8999999999999995 kg', /is a number with a rounding error/, /toFixed\(2\)/],
];

it.each(MISTAKES)('refuses %p, which nobody means', (value, says, hint) => {
	const problem = problemOf(value);
	expect(problem.message).toMatch(/^Template parameter 'name' /);
	expect(problem.message).toMatch(says);
	expect(problem.hint).toMatch(hint);
	expect(problem.hint.endsWith(ALLOW)).toBe(true);
	expect(problem.concerns).toBe('recipient');
});

it.each(MISTAKES)('sends %p where that is allowed', (value) => {
	const stored = isDate(value) ? (value.toJSON() ?? String(value)) : String(value);
	expect(toParameterText('name', value, () => true)).toBe(stored);
});

it.each<[unknown, string, RegExp]>([
	[null, 'is empty', /^The field is empty in your data/],
	[undefined, 'is empty', /^The field is empty in your data/],
	[['a'], 'holds a list instead of a text', /^Pick one field/],
	[{ first: 'a' }, 'holds an object instead of a text', /^Pick one field/],
	// They are no moments: nothing says how they are to be written.
	[DateTime.fromISO(`${AT}Z`).diffNow(), 'holds an object instead of a text', /^Pick one field/],
])('refuses %p, whatever is allowed', (value, says, hint) => {
	expect(() => toParameterText('name', value, () => true)).toThrow(`Template parameter 'name' ${says}`);
	expect(problemOf(value).hint).toMatch(hint);
});

it('names dates of every kind, also those of another context', () => {
	const dates = [new Date(), new Date('x'), DateTime.now(), DateTime.fromISO('x')];
	expect(dates.map(kindOf)).toEqual(new Array(4).fill('a date and time'));
	expect([{}, [], null, 'a', 5, { toJSON: () => 'x', valueOf: () => 1 }].some(isDate)).toBe(false);
});
