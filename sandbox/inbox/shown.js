'use strict';

/**
 * What the inbox page shows of a message: no more than a line needs, for there may be many; what becomes of it is told
 * beforehand, with the time from which it counts.
 * @param {import('../state').State} state
 * @param {import('../ledger').LedgerEntry} entry
 */
function shownMessage({ receipts, settings }, entry) {
	const { seq, msg_id, kind, mobile, temp_id, tag, text, segments, accepted_at } = entry;
	return {
		...{ seq, msg_id, kind, mobile, temp_id, tag, text, segments, accepted_at },
		state: receipts.stateOf(mobile, kind),
		reported_at: accepted_at + settings.reportDelayMs,
	};
}

module.exports = { shownMessage };
