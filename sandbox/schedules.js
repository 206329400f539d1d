'use strict';

/**
 * Schedules that wait for their time, were sent or were deleted.
 *
 * @typedef {object} ScheduledRecipient
 * @property {string} msg_id the one the message gets when it is sent
 * @property {string} mobile
 * @property {Record<string, string>} temp_para as text
 * @property {import('./send/accept').Reservation} reservation what it took at submission; nothing is taken where money
 *   is asked for at sending
 *
 * @typedef {object} Schedule
 * @property {string} schedule_id
 * @property {string} app_key
 * @property {'single' | 'batch'} kind the call that made it
 * @property {string} send_time as it came: wall clock, no zone
 * @property {number} at that time, ms since 1970
 * @property {number} temp_id
 * @property {number} sign_id
 * @property {string | null} tag
 * @property {'waiting' | 'sent' | 'deleted'} status
 * @property {number} request number of the request it was made or last changed in
 * @property {ScheduledRecipient[]} recipients
 * @property {import('./send/plan').SendPlan} plan
 */

/** Longest pause of a timer. */
const MAX_PAUSE = 2 ** 31 - 1;

class Schedules {
	/**
	 * @param {() => number} now ms since 1970 on the sandbox's clock
	 * @param {(schedule: Schedule) => void} send told when a schedule's time has come
	 */
	constructor(now, send) {
		this.now = now;
		this.send = send;
		/** @type {Map<string, Schedule>} */
		this.records = new Map();
		/** @type {NodeJS.Timeout | undefined} */
		this.timer = undefined;
	}

	reset() {
		this.stop();
		this.records.clear();
	}

	stop() {
		clearTimeout(this.timer);
	}

	/** @param {string} id */
	get(id) {
		return this.records.get(id);
	}

	list() {
		return [...this.records.values()];
	}

	/** Adds or replaces a schedule. @param {Schedule} schedule */
	put(schedule) {
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

module.exports = { Schedules };
