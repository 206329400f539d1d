'use strict';

const { setTimeout: wait } = require('node:timers/promises');

/**
 * Repeats an expectation until it holds. The editor shows things a moment after they have happened: previews are
 * evaluated while one looks, counts arrive by push message. On a busy machine that moment is long.
 *
 * @template T
 * @param {() => Promise<T>} expectation Throws while what it looks for is not there yet
 * @param {number} [timeoutMs]
 * @returns {Promise<T>} What the expectation returned
 * @throws What the expectation threw last
 */
async function eventually(expectation, timeoutMs = 20_000) {
	const deadline = Date.now() + timeoutMs;
	for (;;) {
		try {
			return await expectation();
		} catch (error) {
			if (Date.now() > deadline) throw error;
			await wait(100);
		}
	}
}

module.exports = { eventually };
