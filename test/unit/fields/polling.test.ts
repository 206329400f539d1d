import { readPollingSettings } from '../../../nodes/JSms/fields/polling';
import { readFrom } from './read';

const read = (events: unknown, options: Record<string, unknown> = {}) =>
	readPollingSettings(readFrom({ events }), readFrom(options));
const refusal = (message: string, hint: string) =>
	expect.objectContaining({ name: 'InputProblem', message, hint, concerns: 'everyone' }) as Error;

it('reads replies before reports, in whatever order they were chosen', () => {
	expect(read(['deliveryReport', 'reply'])).toEqual({
		events: ['reply', 'deliveryReport'],
		maxRecords: 2000,
		timeout: 30_000,
	});
	expect(read(['deliveryReport']).events).toEqual(['deliveryReport']);
	expect(read('reply').events).toEqual(['reply']);
});

it('takes the limits of the options', () => {
	expect(read(['reply'], { maxRecords: '500', timeout: 3_600_000 })).toEqual({
		events: ['reply'],
		maxRecords: 500,
		timeout: 3_600_000,
	});
	expect(read(['reply'], { maxRecords: Number.MAX_SAFE_INTEGER }).maxRecords).toBe(Number.MAX_SAFE_INTEGER);
});

it.each([
	[[], "'Events' is empty"],
	[undefined, "'Events' is empty"],
	['', "'Events' is empty"],
	[['reply', 'call'], "'Events' must be an event, not the text 'call'"],
	['call', "'Events' must be an event, not the text 'call'"],
	[{ reply: true }, "'Events' must be an event, not an object"],
])('refuses the events %j', (events, message) => {
	expect(() => read(events)).toThrow(refusal(message, "Choose at least one event in 'Events'."));
});

it.each([
	['maxRecords', 'Max Records per Poll', 0, 'of 1 or more'],
	['timeout', 'Timeout', 0, 'from 1 to 3600000'],
	['timeout', 'Timeout', 3_600_001, 'from 1 to 3600000'],
])('refuses %s (%s) = %i', (name, label, value, range) => {
	expect(() => read(['reply'], { [name]: value })).toThrow(
		refusal(
			`'${label}' must be a whole number ${range}, not the number ${value}`,
			`Set '${label}' under Options to a number within the range, or remove it.`,
		),
	);
});
