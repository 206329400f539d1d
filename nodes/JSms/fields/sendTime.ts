import type { INodeProperties } from 'n8n-workflow';

import type { ItemInput } from '../model/operation';
import { InputProblem, isEmpty, kindOf, type Read } from '../model/inputProblem';

/** Nobody has documented the zone of `send_time`; the service is in China and its callbacks speak of "CST". */
const SERVICE_TIME_ZONE = 'Asia/Shanghai';

export const sendTimeField: INodeProperties = {
	displayName: 'Send Time',
	name: 'sendTime',
	type: 'dateTime',
	default: '',
	required: true,
	placeholder: 'e.g. 2030-05-04 10:30',
	description: "When JSMS should send the message. A time without a zone is read in the workflow's time zone.",
	hint: 'Sent to JSMS as China time (UTC+8)',
};

export const serviceTimeZoneOption: INodeProperties = {
	displayName: 'Time Zone of JSMS',
	name: 'serviceTimeZone',
	type: 'string',
	default: SERVICE_TIME_ZONE,
	placeholder: 'e.g. Asia/Shanghai',
	description:
		'The zone in which JSMS reads send times. Its documentation does not name the zone, so China (UTC+8) is an assumption. Change it only if schedules are sent at the wrong hour.',
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
 * @param note     keeps a sentence about a time that may be read otherwise than it was meant
 * @throws InputProblem when it is no time, lies in the past, or the zone of the service does not exist
 */
export function readSendTime(read: Read, option: Read, timeZone: string, note?: ItemInput['note']): SendTime {
	const zone = readServiceTimeZone(option);
	const given = read('sendTime');
	const { at, isWallClock } = toMoment(given, timeZone);
	if (at <= Date.now()) {
		throw new InputProblem(
			`'Send Time' is ${isoIn(zone, at)}, which is in the past`,
			"Choose a later 'Send Time'. Without a zone, times are read in the workflow's time zone.",
		);
	}
	const sendTime = wallClock(zone, at);
	if (isWallClock && note && offsetAt(timeZone, at) !== offsetAt(zone, at)) {
		note(
			'sendTime',
			`'Send Time' has no time zone: ${wallClock(timeZone, at).slice(0, 16)} was read as a time in ${timeZone}, the time zone of the workflow. For JSMS (${zone}) that is ${sendTime.slice(0, 16)}. If you meant the time in China, set the time zone of the workflow to Asia/Shanghai, or add +08:00 after the time.`,
		);
	}
	return { sendTime, sendAt: isoIn(zone, at) };
}

/**
 * Reads the zone in which the service reads its times.
 * @throws InputProblem when it does not exist
 */
export function readServiceTimeZone(option: Read): string {
	const given = option('serviceTimeZone');
	if (isEmpty(given)) return SERVICE_TIME_ZONE;
	const name = typeof given === 'string' ? given.trim() : '';
	const hint = "Use a name such as Asia/Shanghai, or remove the option 'Time Zone of JSMS'.";
	if (isAbbreviation(name)) {
		throw new InputProblem(`'Time Zone of JSMS' is '${name}', which stands for several time zones`, hint, 'everyone');
	}
	try {
		if (name !== '') return formatOf(name).resolvedOptions().timeZone;
	} catch {
		// Not one of the names that the time zone database knows.
	}
	throw new InputProblem(`'Time Zone of JSMS' must be a time zone, not ${kindOf(given)}`, hint, 'everyone');
}

/** Such as CST, which is China's time as well as North America's and Cuba's; the time zone database would take one of them. */
function isAbbreviation(name: string): boolean {
	return /^[A-Z]{2,4}(?:\d[A-Z]{3})?$/i.test(name) && !/^(?:UTC|GMT|PRC)$/i.test(name);
}

/** The moment of a wall clock of the service with its offset; undefined for a text that is none. */
export function momentOf(sendTime: string, zone: string): string | undefined {
	const wall = readWallClock(sendTime);
	return wall === undefined ? undefined : isoIn(zone, fromWallClock(zone, wall));
}

const HINT = 'Pick a date and time, or give one such as 2030-05-04 10:30 or 2030-05-04T10:30:00+08:00.';

/** @returns milliseconds, and whether they were read from a wall clock of the workflow's zone */
function toMoment(given: unknown, timeZone: string): { at: number; isWallClock: boolean } {
	if (isEmpty(given)) throw new InputProblem("'Send Time' is empty", HINT);
	if (typeof given === 'string') {
		const text = given.trim();
		const wall = readWallClock(text);
		if (wall !== undefined) return { at: fromWallClock(timeZone, wall), isWallClock: true };
		const at = readWithOffset(text);
		if (at !== undefined) return { at, isWallClock: false };
	}
	// Dates of JavaScript and of Luxon, which expressions give, both have their milliseconds as value.
	const value = typeof given === 'object' ? given.valueOf() : given;
	// Smaller numbers are seconds, or no time at all: a guess would send at the wrong time.
	if (typeof value === 'number' && value >= 1e11 && value < 1e14) return { at: value, isWallClock: false };
	throw new InputProblem(`'Send Time' must be a date and time, not ${kindOf(given)}`, HINT);
}

/**
 * Milliseconds of a date and time with its offset; undefined for anything that is not exactly that.
 * @throws InputProblem for a zone or an offset that could be meant otherwise
 */
function readWithOffset(text: string): number | undefined {
	const [, day, separator, time, zone] =
		/^(\d{4}-\d\d-\d\d)([T ])(\d\d:\d\d(?::\d\d(?:\.\d+)?)?) ?(Z|[+-]\d\d:?\d\d|[A-Z]{2,5})$/i.exec(text) ?? [];
	const wall = day === undefined ? undefined : readWallClock(`${day}T${time}`);
	if (wall === undefined) return undefined;
	if (/^(?:Z|UTC|GMT)$/i.test(zone)) return wall;
	const [, sign, hours, minutes] = /^([+-])(\d\d):?(\d\d)$/.exec(zone) ?? [];
	if (sign === undefined) {
		throw new InputProblem(
			`'Send Time' ends in '${zone}', which stands for several time zones`,
			'Write the offset instead, such as +08:00 for China, or leave it out and set the time zone of the workflow, for example to Asia/Shanghai.',
		);
	}
	// As in 2030-05-04 10:30-11:30: an hour of the day, and no offset.
	if (sign === '-' && separator === ' ' && time.length === 5) {
		throw new InputProblem(
			"'Send Time' looks like a range of times",
			'Give one time. An offset needs seconds before it, as in 2030-05-04T10:30:00-05:00.',
		);
	}
	const ahead = (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? -1 : 1);
	if (!isOffset(ahead, Number(minutes))) {
		throw new InputProblem(
			`'Send Time' ends in ${zone}, which is the offset of no time zone`,
			'Write the offset of the time zone, such as +08:00 for China.',
		);
	}
	return wall - ahead * 60_000;
}

/** Zones lie between 14 hours ahead and 12 behind; only these three behind UTC have no whole hours. */
function isOffset(ahead: number, minutes: number): boolean {
	if (ahead > 14 * 60 || ahead < -12 * 60) return false;
	return ahead >= 0 ? minutes % 15 === 0 && minutes < 60 : minutes === 0 || [-570, -210, -150].includes(ahead);
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

/** Names of one zone are many (in any case, every offset), and the table must not grow with what people give. */
const MAX_FORMATS = 100;

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
	if (formats.size >= MAX_FORMATS) formats.clear();
	formats.set(timeZone, format);
	return format;
}
