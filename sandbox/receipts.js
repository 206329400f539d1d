'use strict';

/**
 * What became of accepted messages, and what people answered. Reports come into being by themselves: a message's report is
 * worked out from the ledger when it is asked for, so sending pays nothing for it.
 *
 * @typedef {{ msgId: string, phone: string, receiveTime: number, status: number }} Report
 * @typedef {{ phone: string, replyTime: number, content: string }} Reply
 * @typedef {{ app_key: string } & Reply} KeptReply
 */

/** States of delivery by the ending of the number ("callback" page); the ending is the state. Other numbers: 4001, delivered. */
const MAGIC_STATES = Object.freeze({
	4002: "on the carrier's blacklist",
	4003: 'handset off or suspended',
	4004: 'number does not exist',
	4005: 'insufficient quota',
	4006: "over the carrier's frequency limit",
	4007: 'voice: not answered (voice codes only)',
	4008: 'voice: busy (voice codes only)',
	4009: 'voice: unreachable (voice codes only)',
	4010: 'sensitive word, blocked by the carrier',
	4100: 'other',
});
const VOICE_STATES = [4007, 4008, 4009];
const DELIVERED = 4001;

class Receipts {
	/**
	 * @param {import('./ledger').Ledger} ledger
	 * @param {import('./settings').Settings} settings
	 * @param {() => number} now
	 */
	constructor(ledger, settings, now) {
		this.ledger = ledger;
		this.settings = settings;
		this.now = now;
		/** @type {KeptReply[]} */
		this.replies = [];
		/** @type {Map<string, number>} by application and kind: how far it was read */
		this.readUpTo = new Map();
		/** Pulls that handed something out. */
		this.pulls = 0;
	}

	reset() {
		this.replies.length = 0;
		this.pulls = 0;
		this.readUpTo.clear();
	}

	/** The report of a message; undefined as long as there is none. @param {import('./ledger').LedgerEntry} entry @returns {Report | undefined} */
	reportOf({ msg_id: msgId, mobile: phone, kind, accepted_at: acceptedAt }) {
		const receiveTime = acceptedAt + this.settings.reportDelayMs;
		if (receiveTime > this.now()) return undefined;
		return { msgId, phone, receiveTime, status: this.stateOf(phone, kind) };
	}

	/** @param {string} phone @param {string} kind */
	stateOf(phone, kind) {
		const ending = Number(phone.slice(-4));
		if (!this.settings.magicEndings || !Object.hasOwn(MAGIC_STATES, ending)) return DELIVERED;
		return VOICE_STATES.includes(ending) && kind !== 'voice' ? DELIVERED : ending;
	}

	/** Somebody answers. @param {KeptReply} reply */
	addReply(reply) {
		this.replies.push(reply);
	}

	/**
	 * Hands out reports that were not handed out before, oldest first.
	 * @param {string} appKey
	 * @param {number} atMost
	 * @returns {Report[]}
	 */
	takeReports(appKey, atMost) {
		const { entries } = this.ledger;
		return this.take(`report ${appKey}`, entries, atMost, (entry) => {
			const report = this.reportOf(entry);
			if (!report) return 'wait';
			return entry.app_key === appKey && this.isKept(report.receiveTime) ? report : 'skip';
		});
	}

	/**
	 * Hands out replies that were not handed out before, oldest first.
	 * @param {string} appKey
	 * @param {number} atMost
	 * @returns {Reply[]}
	 */
	takeReplies(appKey, atMost) {
		return this.take(`reply ${appKey}`, this.replies, atMost, ({ app_key: owner, ...reply }) =>
			owner === appKey && this.isKept(reply.replyTime) ? reply : 'skip',
		);
	}

	/** What comes before this place of its list is not handed out any more. @param {'report' | 'reply'} kind @param {string} appKey @param {number} place */
	skipTo(kind, appKey, place) {
		const reader = `${kind} ${appKey}`;
		this.readUpTo.set(reader, Math.max(place, this.readUpTo.get(reader) ?? 0));
	}

	/** Whether a pull of this application has got past this place of its list. @param {'report' | 'reply'} kind @param {string} appKey @param {number} place */
	isPassed(kind, appKey, place) {
		return place < (this.readUpTo.get(`${kind} ${appKey}`) ?? 0);
	}

	/** @param {number} time */
	isKept(time) {
		return this.now() - time < this.settings.receiptsKeptDays * 24 * 3600_000;
	}

	/**
	 * Goes on in a list where the last call has ended.
	 * @template T, R
	 * @param {string} reader
	 * @param {T[]} list
	 * @param {number} atMost
	 * @param {(one: T) => R | 'skip' | 'wait'} read
	 * @returns {R[]}
	 */
	take(reader, list, atMost, read) {
		/** @type {R[]} */
		const taken = [];
		let at = this.readUpTo.get(reader) ?? 0;
		for (; at < list.length && taken.length < atMost; at++) {
			const one = read(list[at]);
			if (one === 'wait') break;
			if (one !== 'skip') taken.push(one);
		}
		this.readUpTo.set(reader, at);
		if (taken.length > 0) this.pulls++;
		return taken;
	}
}

module.exports = { MAGIC_STATES, Receipts };
