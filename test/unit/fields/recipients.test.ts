import { InputProblem } from '../../../nodes/JSms/model/inputProblem';
import { readRecipientList } from '../../../nodes/JSms/fields/recipients';
import { readFrom } from './read';

const read = (recipients: unknown, more: Record<string, unknown> = {}) =>
	readRecipientList({ read: readFrom({ recipients, ...more }) });
const ANNA = { mobile: '+86 13812345678', temp_para: { number: 741627 } };
const anna = { mobile: '13812345678', tempPara: { number: '741627' } };

it.each([
	['JSON text', JSON.stringify([ANNA, { mobile: 13812345679 }])],
	['a real list', [ANNA, { mobile: 13812345679 }]],
])('reads recipients from %s', (_, given) => {
	expect(read(given)).toEqual([anna, { mobile: '13812345679', tempPara: {} }]);
});

it('keeps the digits of long numbers in the parameters of a JSON text', () => {
	expect(read('[{"mobile":"13812345678","temp_para":{"order":9007199254740993123}}]')).toEqual([
		{ mobile: '13812345678', tempPara: { order: '9007199254740993123' } },
	]);
});

describe('a list of plain numbers', () => {
	it.each([
		['texts', ['13812345678', '+86 138-1234-5679']],
		['numbers', [13812345678, 13812345679]],
		['JSON text', '["13812345678", "13812345679"]'],
		['JSON numbers', '[13812345678, 8613812345679]'],
		['numbers and objects', ['13812345678', { mobile: '13812345679' }]],
	])('is taken as %s', (_, given) => {
		expect(read(given)).toEqual([
			{ mobile: '13812345678', tempPara: {} },
			{ mobile: '13812345679', tempPara: {} },
		]);
	});

	it('gets the parameters that all have in common; a recipient can have other ones', () => {
		const parameters = {
			parameter: [
				{ name: 'shop', value: '极光' },
				{ name: 'code', value: 7 },
			],
		};
		const own = { mobile: '13812345679', temp_para: { code: '8' } };
		expect(read(['13812345678', own], { parameters })).toEqual([
			{ mobile: '13812345678', tempPara: { shop: '极光', code: '7' } },
			{ mobile: '13812345679', tempPara: { shop: '极光', code: '8' } },
		]);
	});

	it('fails as a whole for a bad common parameter', () => {
		const parameters = { parameter: [{ name: 'shop', value: 'NaN' }] };
		expect(() => read(['13812345678'], { parameters })).toThrow("Template parameter 'shop' contains 'NaN'");
	});
});

it('sends unusual values where that is allowed', () => {
	const list = [{ mobile: '13812345678', temp_para: { word: 'undefined' } }];
	expect(read(list, { options: { allowUnusualValues: true } })).toEqual([
		{ mobile: '13812345678', tempPara: { word: 'undefined' } },
	]);
	// The row shows what was not sent.
	expect(read(list)).toEqual([
		{ problem: expect.any(InputProblem) as InputProblem, mobile: '13812345678', tempPara: { word: 'undefined' } },
	]);
});

it.each([[[]], [null], [undefined]])('takes temp_para %j as no parameters', (temp_para) => {
	expect(read([{ mobile: '13812345678', temp_para }])).toEqual([{ mobile: '13812345678', tempPara: {} }]);
});

it.each([
	[{ mobile: '' }, "The mobile of recipient 2 in 'Recipients' is empty", ''],
	[{}, "The mobile of recipient 2 in 'Recipients' is empty", undefined],
	[
		{ mobile: ['13812345678'] },
		"The mobile of recipient 2 in 'Recipients' holds a list instead of one number",
		undefined,
	],
	[null, "Recipient 2 of 'Recipients' is nothing instead of an object or a number", undefined],
	['N/A', "Recipient 2 of 'Recipients' contains no phone number", 'N/A'],
	['', "Recipient 2 of 'Recipients' is empty", ''],
	[['13812345678'], "Recipient 2 of 'Recipients' is a list instead of an object or a number", undefined],
	[{ mobile: '13812345679', temp_para: { number: 'undefined' } }, "contains the word 'undefined'", '13812345679'],
	[{ mobile: '13812345679', temp_para: { number: null } }, "Template parameter 'number' is empty", '13812345679'],
	[
		{ mobile: '13812345679', temp_para: 'abc' },
		"The temp_para of recipient 2 in 'Recipients' is not valid JSON",
		'13812345679',
	],
])('keeps the others when one entry is %j', (bad, sentence, mobile) => {
	const [first, second, third] = read([ANNA, bad, ANNA]);
	expect([first, third]).toEqual([anna, anna]);
	expect(second.mobile).toBe(mobile);
	expect('problem' in second && second.problem).toBeInstanceOf(InputProblem);
	expect('problem' in second && second.problem.message).toContain(sentence);
	expect('problem' in second && second.problem.hint).toMatch(/^(Give|Pick|The field) .+\.$/);
});

it.each(['[]', '', '  ', []])('says that %j is an empty list', (given) => {
	expect(() => read(given)).toThrow("'Recipients' is an empty list");
});

it.each([
	['{"mobile":"13812345678"}', 'an object'],
	[{ mobile: '13812345678' }, 'an object'],
	['"13812345678"', "the text '138****5678'"],
	[12, 'the number 12'],
	[undefined, 'nothing'],
	['null', 'nothing'],
])('says that %j is no list', (given, kind) => {
	expect(() => read(given)).toThrow(`'Recipients' holds ${kind} instead of a list`);
});

it('says what is wrong with broken JSON', () => {
	expect(() => read('[{"mobile":')).toThrow(/^'Recipients' is not a valid list \(.+\)$/);
});

it.each([[[]], [12], ['[{'], [[null]]])('shows for %j what a list looks like', (given) => {
	const hint = expect.stringMatching(
		/^Give a list such as \[\{ "mobile": "13812345678", "temp_para": \{ "number": "741627" \} \}\] or \["13812345678", "13912345678"\]\./,
	) as string;
	let problem: unknown;
	try {
		const [entry] = read(given);
		problem = 'problem' in entry && entry.problem;
	} catch (error) {
		problem = error;
	}
	expect(problem).toMatchObject({ name: 'InputProblem', hint, concerns: 'recipient' });
});

it('keeps the number of an entry whose parameters cannot be read, as text', () => {
	expect(read([{ mobile: 13812345678, temp_para: 5 }])).toEqual([
		{ problem: expect.any(InputProblem) as InputProblem, mobile: '13812345678' },
	]);
});

it('keeps what can be read of a bad entry, so that it can be mended', () => {
	expect(read([{ mobile: '', temp_para: { number: 1 } }])).toEqual([
		{ problem: expect.any(InputProblem) as InputProblem, mobile: '', tempPara: { number: '1' } },
	]);
});
