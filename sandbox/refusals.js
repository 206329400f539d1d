'use strict';

const { RETURN_CODES } = require('./codes');

/** Only so many are kept: a list that is refused as a whole must not slow the sandbox down. */
const MOST = 1000;

/**
 * What was refused, for the page: messages by number, or a request as a whole.
 *
 * @typedef {object} RefusedSend
 * @property {number} at ms since 1970 on the sandbox's clock
 * @property {string} [mobile]
 * @property {number} [recipients] of a request that was refused as a whole
 * @property {number} code
 * @property {string} message
 * @property {number} request number of the request
 * @property {string} path
 */
class Refusals {
	constructor() {
		/** @type {RefusedSend[]} */
		this.entries = [];
		this.count = 0;
	}

	reset() {
		this.entries.length = 0;
		this.count = 0;
	}

	/** @param {Omit<RefusedSend, 'message'>} refusal */
	add(refusal) {
		this.count++;
		this.entries.push({ ...refusal, message: RETURN_CODES[refusal.code].message });
		if (this.entries.length > MOST) this.entries.shift();
	}
}

module.exports = { Refusals };
