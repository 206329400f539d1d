'use strict';

/**
 * Codes that were sent and wait to be verified.
 * @typedef {{ appKey: string, code: string, expiresAt: number, verified: boolean, wrongTries: number }} IssuedCode
 */
class Verification {
	constructor() {
		/** @type {Map<string, IssuedCode>} by msg_id */
		this.issued = new Map();
	}

	reset() {
		this.issued.clear();
	}

	/**
	 * @param {string} msgId
	 * @param {string} appKey
	 * @param {string} code
	 * @param {number} expiresAt ms since 1970 on the sandbox's clock
	 */
	issue(msgId, appKey, code, expiresAt) {
		this.issued.set(msgId, { appKey, code, expiresAt, verified: false, wrongTries: 0 });
	}

	/** @param {string} msgId @param {string} appKey whether the code of this application is known */
	knows(msgId, appKey) {
		return this.issued.get(msgId)?.appKey === appKey;
	}

	/**
	 * Tries a code. A code passes once.
	 * @param {string} msgId one that `knows` knows
	 * @param {string} code
	 * @param {number} now
	 * @param {number} triesAllowed 0: no limit
	 * @returns {number | undefined} the code of the refusal; undefined: it passed
	 */
	tryCode(msgId, code, now, triesAllowed) {
		const issued = /** @type {IssuedCode} */ (this.issued.get(msgId));
		if (triesAllowed > 0 && issued.wrongTries >= triesAllowed) return 50010;
		if (issued.verified) return 50012;
		if (now >= issued.expiresAt) return 50011;
		if (code !== issued.code) {
			issued.wrongTries++;
			return 50010;
		}
		issued.verified = true;
		return undefined;
	}
}

module.exports = { Verification };
