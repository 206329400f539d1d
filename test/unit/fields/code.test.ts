import { readVerificationCode, readVoiceCode } from '../../../nodes/JSms/fields/code';
import { readFrom } from './read';

/** Codes as people type them, and as programs pass them on. */
const codeOf = (code: unknown) => {
	const notes: string[] = [];
	return {
		code: readVerificationCode({ read: readFrom({ code }), note: (_, sentence) => notes.push(sentence) }),
		notes,
	};
};

it.each([
	['123456', '123456'],
	['012345', '012345'],
	[' 123456 ', '123456'],
	['123 456', '123456'],
	['123-456', '123456'],
	['123–456', '123456'],
	['１２３４５６', '123456'],
	['１２３　４５６', '123456'],
	['\u200B123456\uFEFF', '123456'],
	['1234\r\n', '1234'],
	['ab12', 'ab12'],
	[123456, '123456'],
])('cleans %j as a number is cleaned', (given, code) => {
	expect(codeOf(given)).toEqual({ code, notes: [] });
	if (/^\d+$/.test(code)) expect(readVoiceCode(readFrom({ code: given }))).toBe(code);
});

it.each([
	[12345, '12345', '5 digits'],
	[7, '7', '1 digit'],
	[0, '0', '1 digit'],
])('notes that %j may have lost zeros on its way', (given, code, digits) => {
	expect(codeOf(given)).toEqual({
		code,
		notes: [`'Code' arrived as a number and has only ${digits}: leading zeros may be lost. Pass the code on as text.`],
	});
});

it('notes nothing about a short text: codes of calls may have four digits', () => {
	expect(codeOf('1234').notes).toEqual([]);
	expect(readVerificationCode({ read: readFrom({ code: 123 }) })).toBe('123');
});

it.each(['', ' ', '-', ' － ', '\u200B', null, undefined])('says that %j is empty', (given) => {
	expect(() => codeOf(given)).toThrow("'Code' is empty");
});
