import {
	readOnceKey,
	readRunSettings,
	readSignatureId,
	readTag,
	usesOnceKeys,
} from '../../../nodes/JSms/fields/options';
import { readFrom } from './read';

const hint = (text: string) => expect.objectContaining({ name: 'InputProblem', hint: text }) as Error;

describe('settings of a run', () => {
	it('have the documented defaults', () => {
		const defaults = { timeout: 30000, concurrency: 4, batchSize: 1000, maxRecipients: 10, checkBalance: false };
		expect(readRunSettings(readFrom({}))).toEqual(defaults);
		expect(readRunSettings(readFrom({ timeout: '', concurrency: null, batchSize: undefined }))).toEqual(defaults);
	});

	it('take numbers and texts of digits', () => {
		expect(readRunSettings(readFrom({ timeout: 5000, concurrency: '20', batchSize: 1, maxRecipients: 500 }))).toEqual({
			timeout: 5000,
			concurrency: 20,
			batchSize: 1,
			maxRecipients: 500,
			checkBalance: false,
		});
	});

	it('take the check of the balance and the signature it counts with', () => {
		const { checkBalance, signatureText } = readRunSettings(readFrom({ checkBalance: true, signatureText: '示例' }));
		expect({ checkBalance, signatureText }).toEqual({ checkBalance: true, signatureText: '示例' });
	});

	it('read no signature where nothing is counted', () => {
		expect(readRunSettings(readFrom({ signatureText: ['no text'] })).signatureText).toBeUndefined();
	});

	it('say how to fix a value out of range', () => {
		expect(() => readRunSettings(readFrom({ concurrency: 21 }))).toThrow(
			hint("Set 'Concurrency' under Options to a number within the range, or remove it."),
		);
	});

	it.each([
		['batchSize', 0, "'Batch Size' must be a whole number from 1 to 1000, not the number 0"],
		['batchSize', 1001, "'Batch Size' must be a whole number from 1 to 1000, not the number 1001"],
		['concurrency', 0, "'Concurrency' must be a whole number from 1 to 20, not the number 0"],
		['concurrency', 21, "'Concurrency' must be a whole number from 1 to 20, not the number 21"],
		['timeout', 0, "'Timeout' must be a whole number from 1 to 3600000, not the number 0"],
		['timeout', 'soon', "'Timeout' must be a whole number from 1 to 3600000, not the text 'soon'"],
		['maxRecipients', 0, "'Max Recipients per Tool Call' must be a whole number of 1 or more, not the number 0"],
	])('refuse %s = %j with a sentence', (name, value, sentence) => {
		expect(() => readRunSettings(readFrom({ [name]: value }))).toThrow(sentence);
	});
});

describe('signature', () => {
	it.each([undefined, null, '', 0])('%j means the default one', (signatureId) => {
		expect(readSignatureId(readFrom({ signatureId }))).toBeUndefined();
	});

	it('is a positive whole number', () => {
		expect(readSignatureId(readFrom({ signatureId: '37002' }))).toBe(37002);
		expect(() => readSignatureId(readFrom({ signatureId: -5 }))).toThrow(
			"'Signature ID' must be a whole number of 1 or more, not the number -5",
		);
		expect(() => readSignatureId(readFrom({ signatureId: -5 }))).toThrow(
			hint("Copy the ID from the Jiguang console (短信管理 > 签名管理) into 'Signature ID', or remove the option."),
		);
	});
});

describe('tag', () => {
	it('is a text of at most ten characters, however many bytes they have', () => {
		expect(readTag(readFrom({ tag: '春季促销活动一二三四' }))).toBe('春季促销活动一二三四');
		expect(readTag(readFrom({ tag: '😀'.repeat(10) }))).toBe('😀'.repeat(10));
		expect(readTag(readFrom({ tag: 2026 }))).toBe('2026');
		expect(() => readTag(readFrom({ tag: 'elevenchars' }))).toThrow("'Tag' has 11 characters");
		expect(() => readTag(readFrom({ tag: 'elevenchars' }))).toThrow(hint("Shorten 'Tag' to at most 10 characters."));
	});

	it('is absent when empty, and no object', () => {
		expect(readTag(readFrom({ tag: '' }))).toBeUndefined();
		expect(() => readTag(readFrom({ tag: { a: 1 } }))).toThrow("'Tag' holds an object instead of a text");
		expect(() => readTag(readFrom({ tag: { a: 1 } }))).toThrow(hint("Give 'Tag' a text of at most 10 characters."));
	});
});

describe('the key that names an SMS', () => {
	it('is a text or a number, and not asked for where the option is not used', () => {
		expect([undefined, {}, { tag: 'a' }].map(readOnceKey)).toEqual([undefined, undefined, undefined]);
		expect(readOnceKey({ sendOnceKey: ' A-1 ' })).toBe(' A-1 ');
		expect(readOnceKey({ sendOnceKey: 0 })).toBe('0');
	});

	it.each<[unknown, string]>([
		['', "'Send Once Key' is switched on, but the key is empty"],
		[' \n', "'Send Once Key' is switched on, but the key is empty"],
		[null, "'Send Once Key' is switched on, but the key is empty"],
		[undefined, "'Send Once Key' is switched on, but the key is empty"],
		[['A-1'], "'Send Once Key' holds a list instead of a text"],
		[true, "'Send Once Key' holds the boolean true instead of a text"],
	])('is refused as %j: the SMS would be unprotected', (sendOnceKey, message) => {
		const read = () => readOnceKey({ sendOnceKey });
		expect(read).toThrow(message);
		expect(read).toThrow(expect.objectContaining({ concerns: 'recipient' }));
		expect(read).toThrow(
			hint(
				"Use a value that is different for every message, for example {{ $json.orderId }}, or remove the option 'Send Once Key'.",
			),
		);
	});

	it('is used as soon as the option is there, whatever it gives', () => {
		const there = [undefined, null, '', '={{ $json.order }}', 'order-1'].map((sendOnceKey) => ({ sendOnceKey }));
		expect(there.map(usesOnceKeys)).toEqual(there.map(() => true));
		// One expression for all options may give the key, too.
		expect(usesOnceKeys('={{ $json.options }}')).toBe(true);
		expect([undefined, null, '', {}, { tag: 'a' }, [], Object.create({ sendOnceKey: 'a' })].some(usesOnceKeys)).toBe(
			false,
		);
	});
});
