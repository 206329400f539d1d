'use strict';

/**
 * @typedef {object} LedgerEntry one accepted message
 * @property {number} seq 1, 2, 3 ... since the last reset
 * @property {string} msg_id
 * @property {'code' | 'voice' | 'message' | 'batch' | 'schedule'} kind
 * @property {string} mobile
 * @property {number | null} temp_id null for voice codes
 * @property {Record<string, string>} temp_para as text, empty for codes
 * @property {number | null} sign_id null for voice codes
 * @property {string | null} tag
 * @property {string} text what the phone shows, or what is spoken
 * @property {number} segments billed units
 * @property {string} [code] the verification code
 * @property {string} [schedule_id] of a scheduled message
 * @property {number} accepted_at ms since 1970 on the sandbox's clock
 * @property {number} request number of the request it came in
 * @property {string} app_key
 */

/** Every message the sandbox accepted, in order. */
class Ledger {
	constructor() {
		/** @type {LedgerEntry[]} the same array for the life of the sandbox */
		this.entries = [];
	}

	reset() {
		this.entries.length = 0;
	}

	/** The seq of the entry to be added next. */
	get nextSeq() {
		return this.entries.length + 1;
	}

	/** @param {LedgerEntry} entry with `nextSeq` as its seq */
	add(entry) {
		this.entries.push(entry);
	}

	/** The newest message to a number. @param {string} mobile */
	lastTo(mobile) {
		return this.entries.findLast((entry) => entry.mobile === mobile);
	}

	/**
	 * @param {{ mobile?: string, search?: string, since?: number, newest?: number }} filter `mobile` is the exact
	 * number, `search` a part of it or of the text, `since` leaves out entries up to that seq, `newest` keeps the last n
	 */
	find({ mobile, search, since = 0, newest }) {
		// seq is the position plus one, so "since" needs no search.
		let found = since > 0 ? this.entries.slice(since) : this.entries;
		if (mobile !== undefined) found = found.filter((entry) => entry.mobile === mobile);
		if (search) {
			const number = search.replace(/[\s-]/g, '');
			found = found.filter((entry) => entry.text.includes(search) || (number && entry.mobile.includes(number)));
		}
		return newest === undefined ? found : found.slice(Math.max(0, found.length - newest));
	}
}

module.exports = { Ledger };
