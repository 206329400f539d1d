import { InputProblem } from '../../../nodes/JSms/fields/problem';
import { readRecipientList } from '../../../nodes/JSms/fields/recipients';
import { readFrom } from './read';

const read = (recipients: unknown) => readRecipientList(readFrom({ recipients }));
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
	[null, "Recipient 2 of 'Recipients' is nothing instead of an object", undefined],
	['13812345678', "Recipient 2 of 'Recipients' is the text '13812345678' instead of an object", undefined],
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
	expect('problem' in second && second.problem.hint).toMatch(/^(Give|Pick) .+\.$/);
});

it.each(['[]', '', '  ', []])('says that %j is an empty list', (given) => {
	expect(() => read(given)).toThrow("'Recipients' is an empty list");
});

it.each([
	['{"mobile":"13812345678"}', 'an object'],
	[{ mobile: '13812345678' }, 'an object'],
	['"13812345678"', "the text '13812345678'"],
	[12, 'the number 12'],
	[undefined, 'nothing'],
	['null', 'nothing'],
])('says that %j is no list', (given, kind) => {
	expect(() => read(given)).toThrow(`'Recipients' holds ${kind} instead of a list`);
});

it('says what is wrong with broken JSON', () => {
	expect(() => read('[{"mobile":')).toThrow(/^'Recipients' is not valid JSON \(.+\)$/);
});

it.each([[[]], [12], ['[{'], [[null]]])('shows for %j what a list looks like', (given) => {
	const hint = 'Give a list such as [{ "mobile": "13812345678", "temp_para": { "number": "741627" } }].';
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
