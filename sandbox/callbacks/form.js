'use strict';

const { createHash, randomBytes } = require('node:crypto');

/**
 * Callbacks as they go over the wire ("callback" page): a form of five fields with JSON inside `data`.
 *
 * @typedef {{ app_key: string, master_secret: string }} Keys
 * @typedef {'SMS_REPORT' | 'SMS_REPLY' | 'SMS_TEMPLATE' | 'SMS_SIGN'} Type
 * @typedef {{ nonce: string, timestamp: string, signature: string }} Stamp
 */

/** What the console's test button posts. The time of the reply is not documented; it is that of the report here. */
const TEST_DATA = Object.freeze({
	SMS_REPORT: { msgId: '1857496', status: 4001, receiveTime: 1492150740292, phone: '13000000000' },
	SMS_REPLY: { phone: '13000000000', replyTime: 1492150740292, content: 'TD' },
	SMS_TEMPLATE: { tempId: 57496, status: 1, refuseReason: null },
	SMS_SIGN: { signId: 123, status: 1, refuseReason: null },
});

/** @param {Keys} keys @param {string} nonce @param {string} timestamp @returns {string} 40 lower-case hexadecimal digits */
function signatureOf({ app_key: key, master_secret: secret }, nonce, timestamp) {
	return createHash('sha1')
		.update(`appKey=${key}&appMasterSecret=${secret}&nonce=${nonce}&timestamp=${timestamp}`)
		.digest('hex');
}

/** @returns {string} a signed 64-bit integer: most do not fit in a double, half are negative */
function newNonce() {
	return randomBytes(8).readBigInt64BE().toString();
}

/**
 * @param {Keys} keys
 * @param {number} now ms since 1970
 * @param {'right' | 'wrong'} signatures
 * @returns {Stamp}
 */
function stamp(keys, now, signatures) {
	const nonce = newNonce();
	const timestamp = String(now);
	const right = signatureOf(keys, nonce, timestamp);
	// Wrong in one digit: what compares the beginning only must not pass.
	const last = right.endsWith('0') ? '1' : '0';
	return { nonce, timestamp, signature: signatures === 'right' ? right : right.slice(0, -1) + last };
}

/** @param {Stamp} stamped @param {Type} type @param {string} data JSON @returns {string} the body */
function formOf({ nonce, timestamp, signature }, type, data) {
	return new URLSearchParams({ nonce, timestamp, signature, type, data }).toString();
}

module.exports = { TEST_DATA, signatureOf, newNonce, stamp, formOf };
