'use strict';

/** Callbacks as the service sends them, written from its documentation ("Callback"), not from the node. */
const { createHash, randomBytes } = require('node:crypto');
const { ALONE } = require('../../scripts/n8n/client');

/** A random signed 64-bit integer, as text: most are too long for a JavaScript number, half are negative. */
const randomNonce = () => randomBytes(8).readBigInt64BE().toString();

function sign({ appKey, masterSecret }, nonce, timestamp) {
	return createHash('sha1')
		.update(`appKey=${appKey}&appMasterSecret=${masterSecret}&nonce=${nonce}&timestamp=${timestamp}`)
		.digest('hex');
}

function callbackForm(keys, type, data, { nonce = randomNonce(), timestamp = Date.now() } = {}) {
	return {
		nonce,
		timestamp: String(timestamp),
		signature: sign(keys, nonce, timestamp),
		type,
		data: typeof data === 'string' ? data : JSON.stringify(data),
	};
}

async function postCallback(url, form) {
	const body = new URLSearchParams(form);
	// That n8n is slow to answer is not what is tested.
	const response = await fetch(url, { method: 'POST', body, headers: ALONE, signal: AbortSignal.timeout(100_000) });
	return { status: response.status, text: await response.text(), headers: response.headers };
}

/** What the console's test button sends. */
const TEST_DATA = {
	SMS_REPORT: { msgId: '1857496', phone: '13000000000', receiveTime: 1492150740292, status: 4001 },
	SMS_REPLY: { content: 'TD', phone: '13000000000', replyTime: 1492150740292 },
	SMS_TEMPLATE: { tempId: 57496, status: 1, refuseReason: null },
	SMS_SIGN: { signId: 123, status: 1, refuseReason: null },
};

/** Reports about different messages. */
function reports(count) {
	return Array.from({ length: count }, (_, index) => ({
		msgId: String(700100200000 + index),
		status: index % 10 === 0 ? 4003 : 4001,
		receiveTime: 1700000000000 + index,
		phone: `1380001${String(index).padStart(4, '0')}`,
	}));
}

module.exports = { TEST_DATA, callbackForm, postCallback, reports, sign };
