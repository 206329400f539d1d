import { readSignatureText } from '../../../nodes/JSms/fields/signatureText';

const read = (value: unknown) => readSignatureText(() => value);

it.each([
	['示例科技', '示例科技'],
	['【示例科技】', '示例科技'],
	[' 【 示例科技 】 ', '示例科技'],
	[360, '360'],
	['', undefined],
	[undefined, undefined],
	[null, undefined],
	['【】', undefined],
	// Brackets that do not stand around all of it are part of a text that the service is to judge.
	['a【示例】', 'a【示例】'],
	['【示例】b', '【示例】b'],
	['【a】【b】', '【a】【b】'],
	['【 】', undefined],
])('reads %j as %j', (given, text) => {
	expect(read(given)).toBe(text);
});

it.each([[['示例']], [{ sign: '示例' }], [true]])('refuses %j', (given) => {
	expect(() => read(given)).toThrow(
		expect.objectContaining({
			message: expect.stringMatching(/^'Signature Text' holds .+ instead of a text$/) as string,
			hint: "Give 'Signature Text' the words of the signature, or remove the option.",
		}) as Error,
	);
});
