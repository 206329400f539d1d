import type { Reservation } from './send/accept';
import type { SendPlan } from './send/plan';

/** Schedules that wait for their time, were sent or were deleted. */

export interface ScheduledRecipient {
	/** the one the message gets when it is sent */
	msg_id: string;
	mobile: string;
	/** as text */
	temp_para: Record<string, string>;
	/** what it took at submission; nothing is taken where money is asked for at sending */
	reservation: Reservation;
}

export type ScheduleKind = 'single' | 'batch';

export interface Schedule {
	schedule_id: string;
	app_key: string;
	/** the call that made it */
	kind: ScheduleKind;
	/** as it came: wall clock, no zone */
	send_time: string;
	/** that time, ms since 1970 */
	at: number;
	temp_id: number;
	sign_id: number;
	tag: string | null;
	status: 'waiting' | 'sent' | 'deleted';
	/** number of the request it was made or last changed in */
	request: number;
	recipients: ScheduledRecipient[];
	plan: SendPlan;
}

/** Longest pause of a timer. */
const MAX_PAUSE = 2 ** 31 - 1;

export class Schedules {
	readonly records = new Map<string, Schedule>();
	timer: NodeJS.Timeout | undefined;

	/**
	 * @param now ms since 1970 on the sandbox's clock
	 * @param send told when a schedule's time has come
	 */
	constructor(
		readonly now: () => number,
		readonly send: (schedule: Schedule) => void,
	) {}

	reset() {
		this.stop();
		this.records.clear();
	}

	stop() {
		clearTimeout(this.timer);
	}

	get(id: string) {
		return this.records.get(id);
	}

	list() {
		return [...this.records.values()];
	}

	/** Adds or replaces a schedule. */
	put(schedule: Schedule) {
		this.records.set(schedule.schedule_id, schedule);
		this.sendDue();
	}

	/** Sends what is due, and waits for what comes next; to be called when the clock was moved. */
	sendDue() {
		clearTimeout(this.timer);
		const waiting = this.list().filter(({ status }) => status === 'waiting');
		waiting.sort((a, b) => a.at - b.at);
		const later = waiting.findIndex(({ at }) => at > this.now());
		for (const schedule of later === -1 ? waiting : waiting.slice(0, later)) {
			schedule.status = 'sent';
			this.send(schedule);
		}
		if (later === -1) return;
		this.timer = setTimeout(() => this.sendDue(), Math.min(waiting[later].at - this.now(), MAX_PAUSE));
		// A sandbox that nobody closed must not keep its process alive for a schedule.
		this.timer.unref();
	}
}
