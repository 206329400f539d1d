import type { INodeProperties } from 'n8n-workflow';

import { InputProblem, isEmpty, kindOf, type Read } from './problem';

/** Nobody has documented the zone of `send_time`; the service is in China and its callbacks speak of "CST". */
const SERVICE_TIME_ZONE = 'Asia/Shanghai';

export const sendTimeField: INodeProperties = {
	displayName: 'Send Time',
	name: 'sendTime',
	type: 'dateTime',
	default: '',
	required: true,
	placeholder: 'e.g. 2030-05-04 10:30',
	description: "When JSMS shall send. A time without a zone is read in the workflow's time zone.",
	hint: 'JSMS gets the time as wall clock of China (UTC+8)',
};

export const serviceTimeZoneOption: INodeProperties = {
	displayName: 'Time Zone of JSMS',
	name: 'serviceTimeZone',
	type: 'string',
	default: SERVICE_TIME_ZONE,
	placeholder: 'e.g. Asia/Shanghai',
	description:
		'The zone in which JSMS reads send times. Its documentation names none, so that China (UTC+8) is an assumption; change it only if schedules go out at the wrong hour.',
};

/** A time to send at, in both forms. */
export interface SendTime {
	/** As it goes over the wire: wall clock of the service, `yyyy-MM-dd HH:mm:ss` ("Schedule" page). */
	sendTime: string;
	/** The same moment with its offset: `2030-05-04T10:30:00+08:00`. */
	sendAt: string;
}

/**
 * Reads the time to send at.
 *
 * @param read     reads a parameter
 * @param option   reads an entry of the options collection
 * @param timeZone of the workflow, for times without a zone
 * @throws InputProblem when it is no time, lies in the past, or the zone of the service does not exist
 */
export function readSendTime(read: Read, option: Read, timeZone: string): SendTime {
	const zone = readServiceTimeZone(option);
	const given = read('sendTime');
	const at = toMilliseconds(given, timeZone);
	if (at <= Date.now()) {
		throw new InputProblem(
			`'Send Time' is ${isoIn(zone, at)}, which is in the past`,
			"Choose a later 'Send Time'. Without a zone, times are read in the workflow's time zone.",
		);
	}
	return { sendTime: wallClock(zone, at), sendAt: isoIn(zone, at) };
}

/**
 * Reads the zone in which the service reads its times.
 * @throws InputProblem when it does not exist
 */
export function readServiceTimeZone(option: Read): string {
	const given = option('serviceTimeZone');
	if (isEmpty(given)) return SERVICE_TIME_ZONE;
	try {
		if (typeof given === 'string') return formatOf(given.trim()).resolvedOptions().timeZone;
	} catch {
		// Not one of the names that the time zone database knows.
	}
	throw new InputProblem(
		`'Time Zone of JSMS' is ${kindOf(given)}, which is no time zone`,
		"Use a name such as Asia/Shanghai, or remove the option 'Time Zone of JSMS'.",
		'everyone',
	);
}

/** The moment of a wall clock of the service with its offset; undefined for a text that is none. */
export function momentOf(sendTime: string, zone: string): string | undefined {
	const wall = readWallClock(sendTime);
	return wall === undefined ? undefined : isoIn(zone, fromWallClock(zone, wall));
}

function toMilliseconds(given: unknown, timeZone: string): number {
	const hint = 'Pick a date and time, or give one such as 2030-05-04 10:30 or 2030-05-04T10:30:00+08:00.';
	if (isEmpty(given)) throw new InputProblem("'Send Time' is empty", hint);
	if (typeof given === 'string') {
		const text = given.trim();
		const wall = readWallClock(text);
		if (wall !== undefined) return fromWallClock(timeZone, wall);
		const at = /^\d{4}-\d\d-\d\d[T ].*(Z|[+-]\d\d:?\d\d)$/i.test(text)
			? Date.parse(text.replace(' ', 'T'))
			: Number.NaN;
		if (!Number.isNaN(at)) return at;
	}
	// Dates of JavaScript and of Luxon, which expressions give, both have their milliseconds as value.
	const value = typeof given === 'object' ? given.valueOf() : given;
	// Smaller numbers are seconds, or no time at all: a guess would send at the wrong time.
	if (typeof value === 'number' && value >= 1e11 && value < 1e14) return value;
	throw new InputProblem(`'Send Time' is ${kindOf(given)}, which is no date and time`, hint);
}

/** Milliseconds of a date and time without a zone as if it were UTC; undefined for anything else. */
function readWallClock(text: string): number | undefined {
	const match = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d)(:\d\d)?(\.\d+)?$/.exec(text);
	if (!match) return undefined;
	const [, day, minute, second = ''] = match;
	const at = Date.parse(`${day}T${minute}${second}Z`);
	// A day that does not exist, as 30 February, must not become another one.
	return Number.isNaN(at) || !new Date(at).toISOString().startsWith(day) ? undefined : at;
}

/** The moment at which a wall clock shows a time. Where clocks are put forward over it, the moment that much later. */
function fromWallClock(zone: string, wall: number): number {
	const first = wall - offsetAt(zone, wall);
	const second = wall - offsetAt(zone, first);
	return offsetAt(zone, second) === wall - second ? second : Math.max(first, second);
}

function wallClock(zone: string, at: number): string {
	return new Date(at + offsetAt(zone, at)).toISOString().slice(0, 19).replace('T', ' ');
}

function isoIn(zone: string, at: number): string {
	const minutes = Math.round(offsetAt(zone, at) / 60_000);
	const two = (value: number) => String(value).padStart(2, '0');
	const offset = `${minutes < 0 ? '-' : '+'}${two(Math.floor(Math.abs(minutes) / 60))}:${two(Math.abs(minutes) % 60)}`;
	return `${wallClock(zone, at).replace(' ', 'T')}${offset}`;
}

/** Milliseconds by which the clocks of a zone are ahead of UTC at a moment. */
function offsetAt(zone: string, at: number): number {
	const parts: Record<string, number> = {};
	for (const { type, value } of formatOf(zone).formatToParts(at)) parts[type] = Number(value);
	const { year, month, day, hour, minute, second } = parts;
	return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(at / 1000) * 1000;
}

/** One for each zone: making them is what costs, and long lists ask for every item. */
const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
	const known = formats.get(timeZone);
	if (known) return known;
	const format = new Intl.DateTimeFormat('en-US', {
		timeZone,
		hourCycle: 'h23',
		year: 'numeric',
		month: 'numeric',
		day: 'numeric',
		hour: 'numeric',
		minute: 'numeric',
		second: 'numeric',
	});
	formats.set(timeZone, format);
	return format;
}
