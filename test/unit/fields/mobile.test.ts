import fc from 'fast-check';

import { maskMobile, readMobile, toMobile } from '../../../nodes/JSms/fields/mobile';
import { InputProblem } from '../../../nodes/JSms/model/inputProblem';
import { readFrom } from './read';

const FIELD = "'Mobile Number'";
const ONE_PER_ITEM = "Give one number per item, for example with a 'Split Out' node before this one.";
const problemOf = (value: unknown): InputProblem => {
	try {
		toMobile(value, FIELD);
	} catch (error) {
		if (error instanceof InputProblem) return error;
	}
	throw new Error(`${JSON.stringify(value)} was taken`);
};

it.each([
	['13812345678', '13812345678'],
	[13812345678, '13812345678'],
	[' 138 1234 5678 ', '13812345678'],
	['138-1234-5678', '13812345678'],
	['138–1234—5678', '13812345678'],
	['(138) 1234-5678', '13812345678'],
	['+8613812345678', '13812345678'],
	['+86 138 1234 5678', '13812345678'],
	['+86-138-1234-5678', '13812345678'],
	['008613812345678', '13812345678'],
	['8613812345678', '13812345678'],
	[8613812345678, '13812345678'],
	['１３８１２３４５６７８', '13812345678'],
	['＋８６ １３８－１２３４－５６７８', '13812345678'],
	['138　1234　5678', '13812345678'],
	['19912345678', '19912345678'],
	['\u202D13812345678\u202C', '13812345678'],
	['\u200E138\u200B1234\u20605678\uFEFF', '13812345678'],
	['\u2066+86 138 1234 5678\u2069', '13812345678'],
	['tel:13812345678', '13812345678'],
	['TEL:+86-138-1234-5678', '13812345678'],
	["'13812345678", '13812345678'],
	["'+8613812345678", '13812345678'],
	['13812345678.0', '13812345678'],
	['8613812345678.00', '13812345678'],
	['＇１３８１２３４５６７８．０', '13812345678'],
	[" '13812345678 ", '13812345678'],
	['tel: 13812345678.0 ', '13812345678'],
	['13,812,345,678', '13812345678'],
	['13，812，345，678', '13812345678'],
	['13.812.345.678', '13812345678'],
	["13'812'345'678", '13812345678'],
	['13 812 345 678', '13812345678'],
	['13,812,345,678.00', '13812345678'],
	['8,613,812,345,678', '13812345678'],
	['1.3812345678E10', '13812345678'],
	['1.3812345678e+10', '13812345678'],
	['1.3812345678E+010', '13812345678'],
	['8.613812345678E12', '13812345678'],
	[1.3812345678e10, '13812345678'],
	['(+86) 138 1234 5678', '13812345678'],
	['00 86 138 1234 5678', '13812345678'],
	['13812345678\r', '13812345678'],
	['138\u22121234\u22125678', '13812345678'],
])('brings %j into the form of the service', (given, expected) => {
	expect(toMobile(given, FIELD)).toBe(expected);
});

it.each([
	['861381234567', '861381234567'],
	['8623812345678', '8623812345678'],
	['1390000', '1390000'],
	['138x1234 5678', '138x1234 5678'],
	['13812345678#1', '13812345678#1'],
	['13812345678.5', '13812345678.5'],
	['1.38123E+10', '1.38123E+10'],
	// A digit too many, a prefix of something else: whatever is cut off would make it somebody else's number.
	['+86138123456789', '+86138123456789'],
	['99+8613812345678', '99+8613812345678'],
	['13812345678,', '13812345678,'],
	['13812345678, ;', '13812345678, ;'],
	["138'12345678", "138'12345678"],
	['Hotel:13812345678', 'Hotel:13812345678'],
	['1.2.0', '1.2.0'],
	['nobody　1', 'nobody 1'],
	// Digits are missing: only the service can say whether somebody has such a number.
	['1.381234567E10', '1.381234567E10'],
	['1.3812345678E9', '1.3812345678E9'],
	['+123', '+123'],
	['000000', '000000'],
	['(303) 555-0123', '3035550123'],
	['1          ', '1'],
])('passes %j on for the service to judge', (given, expected) => {
	expect(toMobile(given, FIELD)).toBe(expected);
});

it.each(['', '   ', '　', '\u200B', ' \uFEFF\u202C', "'", 'tel:', null, undefined])('refuses %j as empty', (given) => {
	expect(problemOf(given)).toMatchObject({
		message: "'Mobile Number' is empty",
		hint: 'Give one mobile number, or remove the item before this node.',
		concerns: 'recipient',
	});
});

it.each([
	'#N/A',
	'N/A',
	'n/a',
	'-',
	'—',
	'#REF!',
	'#DIV/0!',
	'#####',
	'undefined',
	'null',
	'无',
	'tel: nobody',
	'()',
	'not　a number',
])('refuses %j, which is no number at all', (given) => {
	expect(problemOf(given)).toMatchObject({
		message: "'Mobile Number' contains no phone number",
		hint: 'Give one mobile number, or remove the item before this node.',
		concerns: 'recipient',
	});
});

it.each([
	'1-303-555-0123',
	'1 303 555 0123',
	'1 (303) 555-0123',
	'1.303.555.0123',
	'1–303–555–0123',
	'１－３０３－５５５－０１２３',
	'(1) 303 555 0123',
	'1-303-5550123',
	'tel:1-303-555-0123',
	'+1 303 555 0123',
	'+13035550123',
	'＋13035550123',
	'(+1) 303 555 0123',
	'001 303 555 0123',
	'+852 9123 4567',
	'+85291234567',
	'0044 20 7946 0958',
	'+7 138 123 4567',
])('refuses %j, which belongs to another country', (given) => {
	expect(problemOf(given)).toMatchObject({
		message: "'Mobile Number' is a number of another country",
		hint: 'JSMS sends to mainland China: give a number such as 13812345678 or +86 138 1234 5678, or remove the item before this node.',
		concerns: 'recipient',
	});
});

it.each([
	[['13812345678', '13812345679'], 'a list'],
	[['13812345678'], 'a list'],
	[[], 'a list'],
	[{ mobile: '13812345678' }, 'an object'],
	[true, 'the boolean true'],
])('refuses %j instead of one number', (given, kind) => {
	expect(problemOf(given)).toMatchObject({
		message: `'Mobile Number' holds ${kind} instead of one number`,
		hint: Array.isArray(given) ? ONE_PER_ITEM : 'Pick the field that holds the number, for example {{ $json.mobile }}.',
	});
});

it.each([
	'13812345678,13812345679',
	'13812345678;13812345679',
	'13812345678、13812345679',
	'13812345678，13812345679',
	'13812345678/13812345679',
	'13812345678\n13812345679',
	'13812345678 | 13812345679',
	'13812345678\r13812345679',
	'13812345678\r\n13812345679',
	'13812345678\u202813812345679',
	'13812345678 13812345679',
	'+8613812345678\t13812345679',
])('refuses several numbers in one text: %j', (given) => {
	expect(problemOf(given)).toMatchObject({
		message: "'Mobile Number' holds 2 numbers",
		hint: String.raw`Put one number into each row. Where one cell holds several, make a list of them with {{ $json.mobile.split(/[,;、\s]+/) }} in an 'Edit Fields' node, then add a 'Split Out' node.`,
		concerns: 'recipient',
	});
});

it('does not repeat the number in a sentence', () => {
	expect(problemOf(['13812345678']).message).not.toContain('1381');
	expect(problemOf('13812345678,13812345679').message).not.toContain('1381');
});

it('counts the numbers of a text, not the commas', () => {
	expect(problemOf('1,,2, ,3;').message).toBe("'Mobile Number' holds 3 numbers");
});

it('reads the field of the node', () => {
	expect(readMobile(readFrom({ mobile: '+86 13812345678' }))).toBe('13812345678');
	expect(() => readMobile(readFrom({}))).toThrow("'Mobile Number' is empty");
});

describe('cleaning', () => {
	const digits = fc.stringMatching(/^1[0-9]{10}$/);
	const noise = fc.constantFrom(' ', '-', '\u200B', '\u202C', '\uFEFF', '\u3000', '\u2013');
	const wrapped = fc.tuple(
		digits,
		fc.array(fc.tuple(fc.nat(10), noise), { maxLength: 6 }),
		fc.constantFrom('', "'", 'tel:', '\u200E', "'tel:"),
		fc.constantFrom('', '+86', '0086', '86', '+86 '),
		fc.constantFrom('', '.0', '\u202C', ' '),
	);

	it('finds the number again, whatever stands around and between its digits', () => {
		fc.assert(
			fc.property(wrapped, ([number, noises, before, prefix, behind]) => {
				let text = number;
				for (const [at, sign] of noises) text = `${text.slice(0, at)}${sign}${text.slice(at)}`;
				// Grouped as North America does it, it would be somebody else's.
				fc.pre(
					prefix !== '' ||
						!/^[ \-\u3000\u2013]*1[ \-\u3000\u2013]+\d{3}[^\d]+\d{3}[^\d]*\d{4}$/.test(
							text.replace(/[\u200B\u202C\uFEFF]/g, ''),
						),
				);
				expect(toMobile(`${before}${prefix}${text}${behind}`, FIELD)).toBe(number);
			}),
		);
	});

	it('never makes up, drops or reorders digits of what it takes for a number, and is stable', () => {
		const odd = fc.string({
			unit: fc.constantFrom(...'0123456789+-. e\u200B\uFEFF()x＋８６'),
			minLength: 1,
			maxLength: 20,
		});
		fc.assert(
			fc.property(odd, (text) => {
				let mobile: string;
				try {
					mobile = toMobile(text, FIELD);
				} catch {
					return;
				}
				const digitsOf = (one: string) => one.normalize('NFKC').replace(/\D/g, '');
				// Only a prefix of the country and a spreadsheet's ".0" may go.
				expect(digitsOf(text).includes(digitsOf(mobile))).toBe(true);
				expect(toMobile(mobile, FIELD)).toBe(mobile);
			}),
			{ numRuns: 2000 },
		);
	});
});

it('masks numbers for hints and logs', () => {
	expect(['13812345678', '+8613812345678', '12345678', '1234567', '123', ''].map(maskMobile)).toEqual([
		'138****5678',
		'+86****5678',
		'123****5678',
		'*****67',
		'*23',
		'',
	]);
});
