'use strict';

const { eventually } = require('../../support/eventually');

/** The rows of a batch by output. @param {import('../../../scripts/n8n/client').Execution} execution */
function rowsOf(execution) {
	const [sent, failed, unknown] = [0, 1, 2].map((output) => execution.json('JSms', output));
	return { sent, failed, unknown };
}

/** How often each message stands in the rows. @param {Array<{error_message: string}>} rows */
function reasonsOf(rows) {
	const counts = {};
	for (const { error_message } of rows) counts[error_message] = (counts[error_message] ?? 0) + 1;
	return counts;
}

/** Numbers, sorted. @param {Array<{mobile: string}>} records Rows, recipients or ledger entries */
function mobilesOf(records) {
	return records.map(({ mobile }) => mobile).sort();
}

/**
 * What the sandbox accepted for these people, in order. Other tests' people are left out.
 *
 * @param {import('../../../sandbox').Sandbox} sandbox
 * @param {Array<{mobile: string}>} people
 */
function acceptedFor(sandbox, people) {
	const wanted = new Set(mobilesOf(people));
	return sandbox.ledger.filter(({ mobile }) => wanted.has(mobile));
}

/**
 * @template T
 * @param {string} what For the message when it does not come
 * @param {() => T | Promise<T>} look Asked until it gives something
 * @param {number} [timeoutMs]
 * @returns {Promise<NonNullable<T>>}
 */
async function find(what, look, timeoutMs = 60_000) {
	return await eventually(async () => {
		const found = await look();
		if (!found) throw new Error(`Waited ${timeoutMs / 1000} s in vain for: ${what}`);
		return found;
	}, timeoutMs);
}

/** Seconds since then, for the record of a run. @param {number} since */
function seconds(since) {
	return `${((Date.now() - since) / 1000).toFixed(1)} s`;
}

module.exports = { acceptedFor, find, mobilesOf, reasonsOf, rowsOf, seconds };
