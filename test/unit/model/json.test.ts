import { isRecord, isShallow, parseJson, toText } from '../../../nodes/JSms/model/json';

describe('parseJson', () => {
	it('keeps every digit of integers beyond 2^53 by reading them as text', () => {
		expect(parseJson('{"msg_id":9007199254740993123,"list":[-1234567890123456789]}')).toEqual({
			msg_id: '9007199254740993123',
			list: ['-1234567890123456789'],
		});
	});

	it('leaves ordinary numbers, fractions and exponents as numbers', () => {
		const text = '{"a":12,"b":-0.5,"c":1e20,"d":1234567890123456.5,"e":"9007199254740993123"}';
		expect(parseJson(text)).toEqual(JSON.parse(text));
	});

	it.each([
		'[1.12345678901234567890,0.12345678901234567890]',
		'[1e0000000000000000000012,1E+0000000000000000000012,1e-0000000000000000000012]',
		'[0,1,23,-4]',
	])('leaves %s to JavaScript, which reads such numbers as it always does', (text) => {
		expect(parseJson(text)).toEqual(JSON.parse(text));
	});

	it('finds a long integer behind a number of any other kind', () => {
		const long = '"1234567890123456789"';
		for (const other of ['0', '1', '-1', '1.5', '1e5', '1E+5', '1e-05', '""', '"a"', 'null']) {
			expect(parseJson(`[${other},1234567890123456789]`)).toEqual(JSON.parse(`[${other},${long}]`));
		}
	});

	it('does not touch digits inside texts, behind escaped quotes and backslashes included', () => {
		const value = {
			'say "9007199254740993123"': 'x\\"9007199254740993123',
			'ends in a backslash\\': '9007199254740993123\\',
			next: 1,
		};
		expect(parseJson(JSON.stringify(value))).toEqual(value);
	});

	it('reads a text of several megabytes with long integers in it', () => {
		const rows = Array.from(
			{ length: 50_000 },
			(_, row) => `{"msg_id":${1234567890123400000n + BigInt(row)},"note":"${'x'.repeat(40)}"}`,
		);
		const parsed = parseJson(`[${rows.join(',')}]`) as Array<{ msg_id: string }>;
		expect(parsed).toHaveLength(50_000);
		expect(parsed[49_999].msg_id).toBe('1234567890123449999');
	});

	it.each([
		'',
		'{',
		'{"a":1234567890123456789',
		'<html>',
		'12345678901234567890x',
		'"1234567890123456789',
		'["1234567890123456789\\"',
		'[-,1234567890123456789]',
	])('refuses %j, which is no JSON', (text) => {
		expect(() => parseJson(text)).toThrow(SyntaxError);
	});
});

it('isRecord is true for objects only', () => {
	expect([{}, { a: 1 }].map(isRecord)).toEqual([true, true]);
	expect([null, undefined, [], 'a', 1, true].map(isRecord)).toEqual([false, false, false, false, false, false]);
});

it('readText takes texts and numbers and nothing else', () => {
	expect(['a', 12, '', ' \n', null, undefined, true, {}, []].map(toText)).toEqual([
		'a',
		'12',
		...new Array<undefined>(7).fill(undefined),
	]);
});

describe('isShallow', () => {
	const nested = (levels: number): unknown => (levels === 0 ? 1 : { inner: nested(levels - 1) });

	it('takes twenty levels and no more', () => {
		expect([0, 1, 20, 21].map((levels) => isShallow(nested(levels)))).toEqual([true, true, true, false]);
	});

	it('looks at every value', () => {
		expect(isShallow({ a: 1, b: nested(30), c: 1 })).toBe(false);
		expect(isShallow([nested(30), 1])).toBe(false);
	});

	it.each([[null], [undefined], ['a'], [1], [{}], [[]], [{ a: null, b: [null] }]])('takes %j', (value) => {
		expect(isShallow(value)).toBe(true);
	});
});
