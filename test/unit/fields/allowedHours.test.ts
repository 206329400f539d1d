import { readAllowedHours, whyClosed } from '../../../nodes/JSms/fields/allowedHours';

const read = (allowedHours: unknown) =>
	readAllowedHours((name) => (name === 'allowedHours' ? allowedHours : undefined));
const hours = (from: unknown, to: unknown) => read({ hours: { from, to } });
/** A moment on the clock in China. */
const china = (time: string) => Date.parse(`2026-03-01T${time}+08:00`);

it.each([undefined, {}])('is off where nothing was filled in (%j)', (value) => expect(read(value)).toBeUndefined());

it.each([
	['08:00', '21:00', { from: 480, to: 1260 }],
	[' 8:05', '24:00 ', { from: 485, to: 0 }],
	['22:30', '06:00', { from: 1350, to: 360 }],
])('reads %s to %s', (from, to, expected) => expect(hours(from, to)).toEqual(expected));

it.each([
	['8', '21:00', "'From' of 'Allowed Hours' is not a time of the day"],
	['08:60', '21:00', "'From' of 'Allowed Hours' is not a time of the day"],
	['08:00', '24:01', "'To' of 'Allowed Hours' is not a time of the day"],
	['08:00', '9 pm', "'To' of 'Allowed Hours' is not a time of the day"],
	['08:00', undefined, "'To' of 'Allowed Hours' is not a time of the day"],
	[8, '21:00', "'From' of 'Allowed Hours' is not a time of the day"],
	['08:00', '8:00', "'From' and 'To' of 'Allowed Hours' are the same time"],
	['00:00', '24:00', "'From' and 'To' of 'Allowed Hours' are the same time"],
])('refuses %s to %s, for everybody', (from, to, message) => {
	expect(() => hours(from, to)).toThrow(
		expect.objectContaining({
			message,
			concerns: 'everyone',
			hint: expect.stringContaining('08:00') as string,
		}) as Error,
	);
});

it.each(['no hours', [], { hours: [] }, { other: 1 }])('refuses %j', (value) => {
	expect(() => read(value)).toThrow("'From' of 'Allowed Hours' is not a time of the day");
});

it.each([
	['08:00', '21:00', ['08:00:00', '12:00:00', '20:59:59'], ['07:59:59', '21:00:00', '00:00:00']],
	['22:00', '06:00', ['22:00:00', '00:00:00', '05:59:59'], ['06:00:00', '21:59:59']],
	['08:00', '24:00', ['08:00:00', '23:59:59'], ['00:00:00', '07:59:59']],
])('from %s to %s allows what lies between, in China', (from, to, open, closed) => {
	const allowed = hours(from, to);
	if (!allowed) throw new Error('not read');
	expect(open.map((time) => whyClosed(allowed, china(time)))).toEqual(open.map(() => undefined));
	for (const time of closed) {
		const words = `it is ${time.slice(0, 5)} in China, and 'Allowed Hours' are from ${from} to ${to.replace('24:', '00:')}`;
		expect(whyClosed(allowed, china(time))).toEqual({ message: words, hint: `Wait until ${from} in China.` });
	}
});
