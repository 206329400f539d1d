'use strict';

const { Refusal } = require('../codes');

/** Receipts ("inquire" page): pulling hands a record out once and for all. */

/**
 * @param {'report' | 'reply'} kind
 * @param {(receipts: import('../receipts').Receipts, appKey: string, atMost: number) => unknown[]} take
 * @returns {import('../serve').Endpoint['handle']}
 */
const pull = (kind, take) => (call) => {
	const { state, application } = call;
	const { settings } = state;
	const none = { list: [], null: null }[/** @type {'list'} */ (settings.noReceipts)];
	if (settings.pullWithCallbacks !== 'allow' && state.hasCallback(application.app_key, kind)) {
		if (settings.pullWithCallbacks === 'refuse') throw new Refusal(50016);
		return { body: none };
	}
	const asked = `${kind} ${application.app_key}`;
	const last = state.pulledAt.get(asked);
	const now = state.now();
	if (last !== undefined && now - last < settings.pullIntervalSeconds * 1000) {
		if (settings.pullTooSoon === 'refuse') throw new Refusal(50009);
		return { body: none };
	}
	state.pulledAt.set(asked, now);
	const records = take(state.receipts, application.app_key, settings.receiptsPerPull);
	return { body: records.length > 0 ? records : none };
};

/** @type {Record<string, Record<string, import('../serve').Endpoint>>} */
module.exports = {
	'/report': { GET: { handle: pull('report', (receipts, key, most) => receipts.takeReports(key, most)) } },
	'/reply': { GET: { handle: pull('reply', (receipts, key, most) => receipts.takeReplies(key, most)) } },
};
