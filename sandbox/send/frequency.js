'use strict';

/**
 * How often a number may get something from one application (50009), and the repeat filter across requests (50034).
 * Rules: sending-code page of the service's documentation, as listed in README.md.
 */

const SECOND = 1000;
const TEN_MINUTES = 600 * SECOND;
const DAY = 24 * 3600 * SECOND;

/**
 * @typedef {{ within: number, atMost: number, sameText: boolean }} Rule
 * @type {Record<'relaxed' | 'documented', Record<Kind, Rule[]>>}
 * @typedef {'voice' | 'code' | 'notification' | 'marketing'} Kind
 */
const RULES = {
	relaxed: {
		voice: [{ within: 20 * SECOND, atMost: 1, sameText: false }],
		code: [{ within: DAY, atMost: 200, sameText: false }],
		notification: [{ within: DAY, atMost: 200, sameText: false }],
		marketing: [],
	},
	documented: {
		voice: [{ within: 20 * SECOND, atMost: 1, sameText: false }],
		code: [{ within: DAY, atMost: 200, sameText: false }],
		notification: [
			{ within: TEN_MINUTES, atMost: 3, sameText: true },
			{ within: DAY, atMost: 200, sameText: false },
		],
		marketing: [{ within: TEN_MINUTES, atMost: 3, sameText: false }],
	},
};

/** Times of what was counted, per group and key; times a rule no longer looks back at are dropped when it is asked. */
class Times {
	constructor() {
		/** @type {Map<string, Map<string, number[]>>} a map per group, so that no long keys have to be put together */
		this.groups = new Map();
	}

	/** @param {string} group */
	of(group) {
		let times = this.groups.get(group);
		if (!times) this.groups.set(group, (times = new Map()));
		return times;
	}

	/** @param {string} group @param {string} key @param {number} since */
	countSince(group, key, since) {
		const times = this.of(group).get(key);
		if (!times) return 0;
		let stale = 0;
		while (stale < times.length && times[stale] <= since) stale++;
		if (stale > 0) times.splice(0, stale);
		return times.length;
	}

	/** @param {string} group @param {string} key @param {number} at */
	add(group, key, at) {
		const times = this.of(group);
		const known = times.get(key);
		if (known) known.push(at);
		else times.set(key, [at]);
	}

	/** Takes back the last `add` of a key. @param {string} group @param {string} key */
	undo(group, key) {
		this.of(group).get(key)?.pop();
	}
}

class Frequency {
	constructor() {
		this.times = new Times();
	}

	reset() {
		this.times = new Times();
	}

	/**
	 * @param {import('../settings').Settings} settings
	 * @param {Kind} kind
	 */
	rulesFor(settings, kind) {
		return settings.frequencyRules === 'off' ? [] : RULES[/** @type {'relaxed'} */ (settings.frequencyRules)][kind];
	}

	/**
	 * @param {{ appKey: string, kind: Kind, mobile: string, text: string, now: number }} message
	 * @param {import('../settings').Settings} settings
	 * @returns {boolean} whether the message may go
	 */
	allows(message, settings) {
		return this.rulesFor(settings, message.kind).every(
			(rule) =>
				this.times.countSince(groupOf(message, rule), keyOf(message, rule), message.now - rule.within) < rule.atMost,
		);
	}

	/**
	 * Counts a message.
	 * @param {{ appKey: string, kind: Kind, mobile: string, text: string, now: number }} message
	 * @param {import('../settings').Settings} settings
	 */
	count(message, settings) {
		for (const rule of this.rulesFor(settings, message.kind))
			this.times.add(groupOf(message, rule), keyOf(message, rule), message.now);
		if (settings.repeatWindowSeconds > 0) this.times.add(repeatGroup(message), contentOf(message), message.now);
	}

	/**
	 * Takes back a `count` of a message that was not sent after all.
	 * @param {{ appKey: string, kind: Kind, mobile: string, text: string, now: number }} message
	 * @param {import('../settings').Settings} settings
	 */
	uncount(message, settings) {
		for (const rule of this.rulesFor(settings, message.kind))
			this.times.undo(groupOf(message, rule), keyOf(message, rule));
		if (settings.repeatWindowSeconds > 0) this.times.undo(repeatGroup(message), contentOf(message));
	}

	/**
	 * Whether the same text went to the number within the repeat window.
	 * @param {{ appKey: string, mobile: string, text: string, now: number }} message
	 * @param {import('../settings').Settings} settings
	 */
	isRepeat(message, settings) {
		const window = settings.repeatWindowSeconds * SECOND;
		return window > 0 && this.times.countSince(repeatGroup(message), contentOf(message), message.now - window) > 0;
	}
}

/** @param {{ appKey: string, kind: Kind }} message @param {Rule} rule */
const groupOf = ({ appKey, kind }, rule) => `${appKey}|${kind}|${rule.within}`;
/** @param {{ mobile: string, text: string }} message @param {Rule} rule */
const keyOf = (message, rule) => (rule.sameText ? contentOf(message) : message.mobile);
/** @param {{ appKey: string }} message */
const repeatGroup = ({ appKey }) => `${appKey}|repeat`;
/** @param {{ mobile: string, text: string }} message */
const contentOf = ({ mobile, text }) => `${mobile}|${text}`;

module.exports = { Frequency };
