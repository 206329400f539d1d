import type { LedgerEntry } from '../ledger';
import type { KeptReply } from '../receipts';
import type { Schedule } from '../schedules';
import type { State } from '../state';

/** What the inbox page shows; it imports these types. */

/**
 * A message, no more of it than a line needs, for there may be many. What becomes of it is told beforehand, with the time
 * from which it counts.
 */
export function shownMessage({ receipts, settings, callbacks }: State, entry: LedgerEntry) {
	const { seq, msg_id, kind, mobile, temp_id, tag, text, segments, accepted_at } = entry;
	return {
		...{ seq, msg_id, kind, mobile, temp_id, tag, text, segments, accepted_at },
		state: receipts.stateOf(mobile, kind),
		reported_at: accepted_at + settings.reportDelayMs,
		callback: callbacks.log.lastAbout({ msgId: msg_id }),
		pulled: receipts.isPassed('report', entry.app_key, seq - 1),
	};
}

export type ShownMessage = ReturnType<typeof shownMessage>;

/** A message with its report, the callbacks about it and its request. */
export function wholeMessage({ receipts, callbacks, requests }: State, message: LedgerEntry) {
	return {
		message,
		report: receipts.reportOf(message) ?? null,
		callbacks: callbacks.log.aboutMessage(message.msg_id),
		request: requests.entries.find(({ number }) => number === message.request) ?? null,
	};
}

export type WholeMessage = ReturnType<typeof wholeMessage>;

/**
 * A reply with how it was told.
 * @param place in the list of replies
 */
export function shownReply({ receipts, callbacks }: State, reply: KeptReply, place: number) {
	return {
		...reply,
		callback: callbacks.log.lastAbout(reply),
		pulled: receipts.isPassed('reply', reply.app_key, place),
	};
}

export type ShownReply = ReturnType<typeof shownReply>;

/** A schedule with the texts of its messages. */
export function shownSchedule(schedule: Schedule) {
	return {
		...schedule,
		// Nobody outside needs it, and JSON leaves it out.
		plan: undefined,
		recipients: schedule.recipients.map(({ reservation, ...recipient }) => ({ ...recipient, text: reservation.text })),
	};
}

export type ShownSchedule = ReturnType<typeof shownSchedule>;
