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
		['a date as Java prints it', 'Wed Nov 15 06:13:20 CST 2023', '2023-11-14T22:13:20.000Z'],
		['a date as Java prints it, early in a month', 'Fri Mar 01 00:00:00 CST 2024', '2024-02-29T16:00:00.000Z'],
	])('is read from %s', (_, value, expected) => {
		expect(toIsoTime(value)).toBe(expected);
	});

	it.each([
		['nothing', undefined],
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
