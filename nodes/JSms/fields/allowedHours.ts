import type { INodeProperties } from 'n8n-workflow';

import type { Cause } from '../model/cause';
import { isRecord } from '../model/json';
import { InputProblem, type Read } from '../model/inputProblem';

/** Hours in which messages may be sent; China has one time zone and no summer time. */
export const allowedHoursOption: INodeProperties = {
	displayName: 'Allowed Hours',
	name: 'allowedHours',
	type: 'fixedCollection',
	default: {},
	placeholder: 'Add Hours',
	options: [
		{
			displayName: 'Hours',
			name: 'hours',
			values: [
				{
					displayName: 'From',
					name: 'from',
					type: 'string',
					default: '08:00',
					placeholder: 'e.g. 08:00',
					description: 'When sending may begin, in China time (24 hours)',
				},
				{
					displayName: 'To',
					name: 'to',
					type: 'string',
					default: '21:00',
					placeholder: 'e.g. 21:00',
					description: 'When sending has to end, in China time (24 hours)',
				},
			],
		},
	],
	description:
		'The hours in which messages may be sent, in China time. Outside these hours nothing is sent: the rows fail with safe_to_retry, and name the hours.',
};

/** Minutes after midnight in China; where `to` comes before `from`, the hours go past midnight. */
export interface AllowedHours {
	from: number;
	to: number;
}

const HINT =
	"Fill in 'From' and 'To' of 'Allowed Hours' as times of 24 hours, such as 08:00 and 21:00, or remove the option.";

/**
 * Reads the hours; undefined where the option is not used.
 * @throws InputProblem for what is no time, because messages would go out at any hour
 */
export function readAllowedHours(option: Read): AllowedHours | undefined {
	const value = option('allowedHours');
	if (value === undefined || (isRecord(value) && Object.keys(value).length === 0)) return undefined;
	const hours = isRecord(value) && isRecord(value.hours) ? value.hours : {};
	const from = readTime(hours.from, 'From');
	const to = readTime(hours.to, 'To');
	if (from === to) throw new InputProblem("'From' and 'To' of 'Allowed Hours' are the same time", HINT, 'everyone');
	return { from, to };
}

function readTime(value: unknown, label: string): number {
	const [, hour, minute] = /^\s*(\d{1,2}):(\d{2})\s*$/.exec(typeof value === 'string' ? value : '') ?? [];
	const time = Number(hour) * 60 + Number(minute);
	// 24:00 is the end of the day.
	if (!(Number(minute) < 60 && time <= DAY)) {
		throw new InputProblem(`'${label}' of 'Allowed Hours' is not a time of the day`, HINT, 'everyone');
	}
	return time % DAY;
}

const DAY = 24 * 60;

/**
 * Why nothing may be sent at a moment; undefined within the hours. `to` itself is outside.
 * @param now milliseconds since 1970
 */
export function whyClosed({ from, to }: AllowedHours, now: number): Cause | undefined {
	const time = (Math.floor(now / 60_000) + 8 * 60) % DAY;
	const isOpen = from < to ? from <= time && time < to : from <= time || time < to;
	if (isOpen) return undefined;
	return {
		message: `it is ${textOf(time)} in China, and 'Allowed Hours' are from ${textOf(from)} to ${textOf(to)}`,
		hint: `Wait until ${textOf(from)} in China.`,
	};
}

const textOf = (time: number) =>
	[Math.floor(time / 60), time % 60].map((part) => String(part).padStart(2, '0')).join(':');
