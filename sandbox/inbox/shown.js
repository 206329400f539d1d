'use strict';

/**
 * What the inbox page shows of a message: no more than a line needs, for there may be many; what becomes of it is told
 * beforehand, with the time from which it counts.
 * @param {import('../state').State} state
 * @param {import('../ledger').LedgerEntry} entry
 */
function shownMessage({ receipts, settings, callbacks }, entry) {
	const { seq, msg_id, kind, mobile, temp_id, tag, text, segments, accepted_at } = entry;
	return {
		...{ seq, msg_id, kind, mobile, temp_id, tag, text, segments, accepted_at },
		state: receipts.stateOf(mobile, kind),
		reported_at: accepted_at + settings.reportDelayMs,
		callback: callbacks.lastAbout({ msgId: msg_id }),
		pulled: receipts.isPassed('report', entry.app_key, seq - 1),
	};
}

/**
 * A reply with how it was told.
 * @param {import('../state').State} state
 * @param {import('../receipts').KeptReply} reply
 * @param {number} place in the list of replies
 */
function shownReply({ receipts, callbacks }, reply, place) {
	return {
		...reply,
		callback: callbacks.lastAbout(reply),
		pulled: receipts.isPassed('reply', reply.app_key, place),
	};
}

module.exports = { shownMessage, shownReply };
