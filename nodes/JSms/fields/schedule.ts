import type { INodeProperties } from 'n8n-workflow';

import type { BatchRequest } from '../model/recipient';
import { readPathPart } from './pathPart';
import { InputProblem, kindOf, type Read } from '../model/inputProblem';

export const scheduleIdField: INodeProperties = {
	displayName: 'Schedule ID',
	name: 'scheduleId',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. 6ac91ae2-5a3b-4b52-9b0c-2f4d8c1e7a90',
	description: 'The schedule_id that creating the schedule returned',
};

/** What to do about a schedule of which nobody knows whether it was made. */
export const SCHEDULE_UNKNOWN =
	'The message may or may not have been scheduled. Before you schedule it again, look for the number in the Jiguang console: among the scheduled messages, if it lists them, or after the send time in 发送记录 (send records).';

/**
 * Reads the ID of a schedule, which is text.
 * @throws InputProblem when it is empty or no text
 */
export function readScheduleId(read: Read): string {
	const hint = "Use the schedule_id that creating the schedule returned as 'Schedule ID'.";
	const text = readPathPart(read, 'scheduleId', 'Schedule ID', hint);
	// The word is another call.
	if (text === 'batch') throw new InputProblem(`'Schedule ID' is ${kindOf(text)}`, hint);
	return text;
}

/** The address of a schedule. */
export function schedulePath(scheduleId: string): string {
	return `/schedule/${encodeURIComponent(scheduleId)}`;
}

/**
 * Schedules that several requests would write to. Each request replaces all that a schedule held before, so the last one
 * alone would count.
 */
export function schedulesWrittenTwice(requests: readonly BatchRequest[]): Set<string> {
	const seen = new Set<string>();
	const twice = new Set<string>();
	for (const { shared } of requests) {
		if (shared.scheduleId === undefined) continue;
		if (seen.has(shared.scheduleId)) twice.add(shared.scheduleId);
		seen.add(shared.scheduleId);
	}
	return twice;
}
