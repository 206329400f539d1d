import { describeInvalidMobile, hintForMobile } from '../../../nodes/JSms/model/invalidMobile';

it.each([
	['1381234567', 'The number has 10 digits; a mainland mobile number has 11.'],
	['1', 'The number has 1 digit; a mainland mobile number has 11.'],
	['213812345678', 'The number has 12 digits; a mainland mobile number has 11.'],
	['1386123', 'The number has 7 digits; a mainland mobile number has 11.'],
	['1+852912345', 'The number has 10 digits; a mainland mobile number has 11.'],
	['+852-91234567', 'The number contains characters other than digits.'],
	['No 1.38E+10', 'The number contains letters.'],
	['1.38E+10x', 'The number contains letters.'],
	['138123456789', 'The number has 12 digits; a mainland mobile number has 11.'],
	[
		'861381234567',
		'The number has 10 digits after the country code 86, or does not start with 1 there; a mainland mobile number has 11 and starts with 1.',
	],
	[
		'+8621812345678',
		'The number has 11 digits after the country code 86, or does not start with 1 there; a mainland mobile number has 11 and starts with 1.',
	],
	['23812345678', 'The number does not start with 1.'],
	['86123456789', 'The number does not start with 1.'],
	['+85291234567', 'The number has a country code other than 86.'],
	['138l2345678', 'The number contains letters.'],
	['王芳', 'The number contains letters.'],
	['13812345678#1', 'The number contains characters other than digits.'],
	['138****5678', 'The number contains characters other than digits.'],
	[
		'1.38123E+10',
		'A spreadsheet shortened the number (1.38E+10). Format the column as text and enter the number again.',
	],
	...['1E+10', '1.3E10', '1.38e+10'].map((shortened): [string, string] => [
		shortened,
		'A spreadsheet shortened the number (1.38E+10). Format the column as text and enter the number again.',
	]),
])('says what is odd about %j', (mobile, sentence) => {
	expect(describeInvalidMobile(mobile)).toBe(sentence);
});

it('finds nothing odd about a mainland number, whether it exists or not', () => {
	expect(describeInvalidMobile('13812345678')).toBeUndefined();
	expect(describeInvalidMobile('10000000000')).toBeUndefined();
});

it('explains only the refusal of a number', () => {
	expect(hintForMobile(50006, '138', 'Do this.')).toBe(
		'The number has 3 digits; a mainland mobile number has 11. Do this.',
	);
	expect(hintForMobile(50024, '138', 'Do this.')).toBe('Do this.');
	expect(hintForMobile(50006, '13812345678', 'Do this.')).toBe('Do this.');
	expect(hintForMobile(50006, undefined, 'Do this.')).toBe('Do this.');
	expect(hintForMobile(undefined, '138', 'Do this.')).toBe('Do this.');
});
