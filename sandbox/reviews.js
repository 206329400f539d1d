'use strict';

/**
 * The review of templates and signatures: under review (0) until a person, or the delay of a setting, decides.
 *
 * @typedef {object} Review
 * @property {'template' | 'signature'} kind
 * @property {number} id
 * @property {number} due ms since 1970 on the sandbox's clock
 */
class Reviews {
	/**
	 * @param {() => number} now
	 * @param {(kind: Review['kind'], id: number, status: 1 | 2, reason: string | null) => void} decide
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

	/** @param {Review['kind']} kind @param {number} id @param {number} delay ms; 0: until somebody decides */
	begin(kind, id, delay) {
		this.end(kind, id);
		if (delay > 0) this.waiting.push({ kind, id, due: this.now() + delay });
	}

	/** @param {Review['kind']} kind @param {number} id */
	end(kind, id) {
		this.waiting = this.waiting.filter((one) => one.kind !== kind || one.id !== id);
	}

	/** When the next review ends by itself; Infinity: none does. */
	nextDue() {
		return Math.min(...this.waiting.map(({ due }) => due));
	}

	/** Approves what is due. */
	decideDue() {
		if (this.waiting.length === 0) return;
		const now = this.now();
		for (const { kind, id } of this.waiting.filter(({ due }) => due <= now)) this.decide(kind, id, 1, null);
	}
}

module.exports = { Reviews };
