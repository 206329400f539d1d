import { toIsoTime } from '../../../nodes/JSms/receipts/times';

describe('a time of a receipt', () => {
	it.each([
		['epoch milliseconds', 1700000000123, '2023-11-14T22:13:20.123Z'],
		['the same as text', ' 1700000000123 ', '2023-11-14T22:13:20.123Z'],
		['a date without zone, taken as the clock in China', '2023-11-15 06:13:20', '2023-11-14T22:13:20.000Z'],
		['a date with microseconds', '2023-11-15 06:13:20.123456', '2023-11-14T22:13:20.123Z'],
		['a date with one decimal', '2023-11-15 06:13:20.5', '2023-11-14T22:13:20.500Z'],
		['a date with a T', '2023-11-15T06:13:20', '2023-11-14T22:13:20.000Z'],
		['a date that names UTC', '2023-11-14T22:13:20Z', '2023-11-14T22:13:20.000Z'],
		['a date that names its zone', '2023-11-14T17:43:20-04:30', '2023-11-14T22:13:20.000Z'],
		['a date that names a zone in the east', '2023-11-15T06:13:20+0800', '2023-11-14T22:13:20.000Z'],
		['a date with a blank before its zone', '2023-11-15 07:13:20 +09:00', '2023-11-14T22:13:20.000Z'],
		['the first millisecond that is no count of seconds', 1e12, '2001-09-09T01:46:40.000Z'],
		['the last millisecond of the year 9999', 253402300799999, '9999-12-31T23:59:59.999Z'],
		['a date as Java prints it', 'Wed Nov 15 06:13:20 CST 2023', '2023-11-14T22:13:20.000Z'],
		['a date as Java prints it, early in a month', 'Fri Mar 01 00:00:00 CST 2024', '2024-02-29T16:00:00.000Z'],
		['a date as Java prints it, with a blank for a zero', 'Sun Nov  5 08:00:00 CST 2023', '2023-11-05T00:00:00.000Z'],
	])('is read from %s', (_, value, expected) => {
		expect(toIsoTime(value)).toBe(expected);
	});

	it.each(
		['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'].map((name, index) => [
			name,
			String(index + 1).padStart(2, '0'),
		]),
	)('is read from a date that Java prints in %s', (name, month) => {
		expect(toIsoTime(`Mon ${name} 15 12:00:00 CST 2023`)).toBe(`2023-${month}-15T04:00:00.000Z`);
	});

	it.each([
		['nothing', undefined],
		['something before the date', 'on 2023-11-15 06:13:20'],
		['something behind the date', "2023-11-15 06:13:20 o'clock"],
		['something before the date of Java', 'on Wed Nov 15 06:13:20 CST 2023'],
		['something behind the date of Java', 'Wed Nov 15 06:13:20 CST 2023 or so'],
		['the last millisecond before', 1e12 - 1],
		['the first millisecond after', 253402300800000],
		['null', null],
		['an empty text', ''],
		['words', 'yesterday'],
		['a day that does not exist', '2023-02-31 10:00:00'],
		['an hour that does not exist', '2023-02-01 24:00:00'],
		['a month that does not exist', 'Wed Nox 15 06:13:20 CST 2023'],
		['another zone in letters', 'Wed Nov 15 06:13:20 PST 2023'],
		['a count of seconds', 1700000000],
		['a number far in the future', 1e18],
		['no number', NaN],
		['a list', [1700000000123]],
	])('is null for %s', (_, value) => {
		expect(toIsoTime(value)).toBeNull();
	});
});
