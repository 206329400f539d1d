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
])('reads %j as %j', (given, text) => {
	expect(read(given)).toBe(text);
});

it.each([[['示例']], [{ sign: '示例' }], [true]])('refuses %j', (given) => {
	expect(() => read(given)).toThrow(/^'Signature Text' holds .+ instead of a text$/);
});
