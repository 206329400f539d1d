import { PLAUSIBLE_NUMBER, UNKNOWN_ID, UNKNOWN_SCHEDULE, type Call } from '../call';

/** Schedules by a template that does not exist: the answer tells whether the send time was taken. */

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** `yyyy-MM-dd HH:mm:ss` of a clock so many minutes ahead of UTC. */
export const wallClock = (at: number, offsetMinutes: number): string =>
	new Date(at + offsetMinutes * 60_000).toISOString().slice(0, 19).replace('T', ' ');

const create = (id: string, title: string, sendTime: unknown): Call => ({
	id: `schedule-${id}`,
	title: `POST /schedule: unknown template, ${title}`,
	method: 'POST',
	path: '/schedule',
	body: { send_time: sendTime, mobile: PLAUSIBLE_NUMBER, temp_id: UNKNOWN_ID },
});

const ofNobody = (id: string, method: Call['method'], body?: unknown): Call => ({
	id: `schedule-${id}`,
	title: `${method} a schedule that does not exist`,
	method,
	path: `/schedule/${UNKNOWN_SCHEDULE}`,
	...(body !== undefined && { body }),
});

/** @param now ms since 1970 */
export function schedules(now: number): readonly Call[] {
	const china = (at: number) => wallClock(at, 480);
	return [
		create('tomorrow', 'tomorrow', china(now + DAY)),
		// Four hours ahead on a clock in UTC are four hours ago in China.
		create('utc', 'in four hours by UTC', wallClock(now + 4 * HOUR, 0)),
		create('past', 'yesterday', china(now - DAY)),
		create('no-time', 'no send_time', undefined),
		create('no-day', 'a day that does not exist', '2099-02-30 12:00:00'),
		create('31-days', 'in 31 days', china(now + 31 * DAY)),
		create('366-days', 'in 366 days', china(now + 366 * DAY)),
		ofNobody('get', 'GET'),
		ofNobody('delete', 'DELETE'),
		ofNobody('put', 'PUT', { send_time: china(now + DAY), mobile: '1', temp_id: UNKNOWN_ID }),
	];
}
