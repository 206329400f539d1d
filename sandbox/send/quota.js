'use strict';

/**
 * Pays for messages. Units are billed segments; a voice call costs one. A message is paid whole from one balance.
 *
 * @typedef {{ quota: Record<string, number | null>, bucket: string }} Purse
 */

/** Kind-specific balance of each kind of message. */
const BUCKETS = Object.freeze({ voice: 'voice', code: 'industry', notification: 'industry', marketing: 'market' });

/**
 * The balances a message may be paid from, in order.
 * @param {import('../state').State} state
 * @param {import('../seed').Application} application
 * @param {import('./frequency').Kind} kind
 * @returns {Purse[]}
 */
function pursesFor(state, application, kind) {
	const { settings } = state;
	const account = state.accounts.developers.get(application.dev_key);
	const own = application.quota;
	const quotas = {
		applicationThenAccount: [own, account?.quota],
		accountThenApplication: [account?.quota, own],
		applicationOnly: [own ?? account?.quota],
	}[/** @type {'applicationOnly'} */ (settings.quotaSource)];
	const buckets = [BUCKETS[kind], 'balance'];
	if (settings.quotaBucket === 'generalFirst') buckets.reverse();
	/** @type {Purse[]} */
	const purses = [];
	for (const quota of quotas) if (quota) for (const bucket of buckets) purses.push({ quota, bucket });
	return purses;
}

/**
 * @param {Purse[]} purses
 * @param {number} segments
 * @returns {Purse | undefined} the balance it was taken from; undefined: none is enough
 */
function pay(purses, segments) {
	const purse = purses.find(({ quota, bucket }) => (quota[bucket] ?? 0) >= segments);
	if (purse) purse.quota[purse.bucket] = (purse.quota[purse.bucket] ?? 0) - segments;
	return purse;
}

/** Gives back what was taken. @param {Purse} purse @param {number} segments */
function refund(purse, segments) {
	purse.quota[purse.bucket] = (purse.quota[purse.bucket] ?? 0) + segments;
}

module.exports = { pursesFor, pay, refund };
