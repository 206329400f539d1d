'use strict';

/**
 * The review of templates and signatures: under review (0) until a person, or the delay of a setting, decides.
 *
 * @typedef {object} Review
 * @property {'template' | 'signature'} kind
 * @property {number} id
 * @property {string} appKey whose it is
 * @property {number} due ms since 1970 on the sandbox's clock
 */
class Reviews {
	/**
	 * @param {() => number} now
	 * @param {(kind: Review['kind'], id: number, status: 1 | 2, reason: string | null, appKey: string) => void} decide
	 */
	constructor(now, decide) {
		this.now = now;
		this.decide = decide;
		/** @type {Review[]} */
		this.waiting = [];
	}

	reset() {
		this.waiting.length = 0;
	}

	/** @param {Review['kind']} kind @param {number} id @param {string} appKey @param {number} delay ms; 0: until somebody decides */
	begin(kind, id, appKey, delay) {
		this.end(kind, id, appKey);
		if (delay > 0) this.waiting.push({ kind, id, appKey, due: this.now() + delay });
	}

	/** @param {Review['kind']} kind @param {number} id @param {string} appKey */
	end(kind, id, appKey) {
		this.waiting = this.waiting.filter((one) => one.kind !== kind || one.id !== id || one.appKey !== appKey);
	}

	/** When the next review ends by itself; Infinity: none does. */
	nextDue() {
		return Math.min(...this.waiting.map(({ due }) => due));
	}

	/** Approves what is due. */
	decideDue() {
		if (this.waiting.length === 0) return;
		const now = this.now();
		for (const { kind, id, appKey } of this.waiting.filter(({ due }) => due <= now))
			this.decide(kind, id, 1, null, appKey);
	}
}

module.exports = { Reviews };
