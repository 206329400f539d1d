import fc from 'fast-check';

import { share } from '../../support/runs';
import { describeRefusal } from '../../../nodes/JSms/model/returnCodes';
import { InputProblem, kindOf } from '../../../nodes/JSms/model/inputProblem';
import { maskKeys, maskNumbers } from '../../../nodes/JSms/model/mask';

const MASKED = '138****5678';

it.each([
	'13812345678',
	'+8613812345678',
	'+86 138 1234 5678',
	'0086-138-1234-5678',
	'8613812345678',
	'86 13812345678',
	'138 1234 5678',
	'138-1234-5678',
	'138.1234.5678',
	'(138) 1234-5678',
	'1 3 8 1 2 3 4 5 6 7 8',
	'138 - 1234 - 5678',
	'１３８１２３４５６７８',
	'＋８６１３８１２３４５６７８',
	'138\u200b1234\u200b5678',
	'013812345678',
	'1.3812345678',
])('masks the number %s', (number) => {
	for (const text of [number, `'Tag' is '${number}', too long`, `号码${number}无效`, `a${number}b`]) {
		expect(maskNumbers(text)).not.toContain(number);
		expect(maskNumbers(text)).toContain(MASKED);
		expect(maskNumbers(text).replace(/\D/g, '')).not.toContain('13812345678');
	}
});

it('masks numbers of other countries behind a plus, and any eleven digits in a row', () => {
	expect(maskNumbers('to +1 415 555 2671 now')).toBe('to +141****2671 now');
	expect(maskNumbers('138123456789')).toBe('138****6789');
	expect(maskNumbers('5 13812345678 9')).toBe(`5 ${MASKED} 9`);
});

it.each([
	'2030-02-30T10:00:00+08:00',
	"'Template ID' is the number 1250",
	'items 1, 3, 8, 1, 2, 3, 4, 5, 6, 7, 8',
	'6ac91ae2-5a3b-4b52-9b0c-2f4d8c1e7a90',
	'86,400 seconds',
	'code 50006, HTTP 403',
	'2 requests, 1,000 recipients',
	'121.00000000000001',
])('leaves %j alone', (text) => {
	expect(maskNumbers(text)).toBe(text);
});

const digit = fc.constantFrom(...'0123456789');
const mobile = fc
	.tuple(fc.constantFrom('3', '5', '7', '8', '9'), fc.array(digit, { minLength: 9, maxLength: 9 }))
	.map(([second, rest]) => `1${second}${rest.join('')}`);
const written = fc
	.tuple(
		mobile,
		fc.constantFrom('', ' ', '-', '.', ' - ', '\u3000', '\u200b'),
		fc.constantFrom('', '+86', '86', '+86 ', '0086'),
		fc.boolean(),
	)
	.map(([number, gap, prefix, wide]) => {
		const text = prefix + [number.slice(0, 3), number.slice(3, 7), number.slice(7)].join(gap);
		const shown = wide ? text.replace(/\d/g, (one) => String.fromCharCode(one.charCodeAt(0) + 0xfee0)) : text;
		return { number, shown };
	});
/** Words around it; a digit beside a number would make it another one. */
const words = fc.string({ maxLength: 20 }).map((text) => text.replace(/[\d+]/g, 'x'));

it('lets no number through, however it is written and whatever stands around it', () => {
	const digitsOf = (text: string) => text.normalize('NFKC').replace(/\D/g, '');
	fc.assert(
		fc.property(written, words, words, ({ number, shown }, before, after) => {
			const text = `${before}${shown}${after}`;
			const masked = [
				maskNumbers(text),
				new InputProblem(text, '').message,
				kindOf(text),
				describeRefusal(undefined, text).message,
			];
			for (const one of masked) expect(digitsOf(one)).not.toContain(number);
		}),
		{ numRuns: 3000 * share },
	);
});

const key = fc
	.array(fc.constantFrom(...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'), {
		minLength: 24,
		maxLength: 24,
	})
	.map((letters) => letters.join(''))
	.filter((text) => /\d/.test(text));
const hexOf = (text: string, gap: string) =>
	Array.from(Buffer.from(text), (byte) => byte.toString(16).padStart(2, '0')).join(gap);
const each = (text: string, how: (code: string) => string) => Array.from(text, (char) => how(hexOf(char, ''))).join('');
const FORMS: Record<string, (text: string) => string> = {
	plain: (text) => text,
	base64: (text) => Buffer.from(text).toString('base64'),
	base64url: (text) => Buffer.from(text).toString('base64url'),
	twice: (text) => Buffer.from(Buffer.from(text).toString('base64')).toString('base64'),
	'for an address': encodeURIComponent,
	'for an address, every character': (text) => each(text, (code) => `%${code}`),
	'base64 for an address': (text) => encodeURIComponent(Buffer.from(text).toString('base64')),
	JSON: (text) => each(text, (code) => `\\u00${code}`),
	'JSON twice': (text) => each(text, (code) => `\\\\u00${code}`),
	hex: (text) => hexOf(text, ''),
	'hex with gaps': (text) => hexOf(text, ' '),
	'hex with colons': (text) => hexOf(text, ':'),
	'escaped bytes': (text) => each(text, (code) => `\\x${code}`),
	HTML: (text) => each(text, (code) => `&#x${code};`),
};

it.each(Object.entries(FORMS))('lets no key through: %s', (_, form) => {
	fc.assert(
		fc.property(key, key, words, words, (appKey, secret, before, after) => {
			for (const shown of [form(appKey), form(`${appKey}:${secret}`), `Basic ${form(`${appKey}:${secret}`)}`]) {
				for (const text of [
					maskKeys(`${before} ${shown} ${after}`),
					describeRefusal(50007, `${before} ${shown} ${after}`).message,
					kindOf(`${before} ${shown}`),
				]) {
					expect(text).not.toContain(shown);
					for (const part of [appKey, secret]) expect(text).not.toContain(form(part).replace(/=+$/, '').slice(0, -4));
				}
			}
		}),
		{ numRuns: 300 * share },
	);
});

it.each([
	'special template parameter need extra remark for confirmation',
	'invalid industry_notification_template_type',
	'see https://docs.jiguang.cn/jsms/server/rest_api_jsms/',
	'模板参数错误 parameters not all replaced',
])('leaves the words %j alone', (text) => {
	expect(maskKeys(text)).toBe(text);
});

it('masks before it cuts: no half of a number or key is left at the end', () => {
	const message = `${'x '.repeat(148)}13812345678`;
	expect(describeRefusal(1, message).message).not.toMatch(/\d{4}/);
	expect(kindOf(`${'x '.repeat(16)}13812345678`)).not.toMatch(/\d{5}/);
});
