import { createHash, randomBytes } from 'node:crypto';

/** Callbacks as they go over the wire ("callback" page): a form of five fields with JSON inside `data`. */

export type Keys = { app_key: string; master_secret: string };

export type Type = 'SMS_REPORT' | 'SMS_REPLY' | 'SMS_TEMPLATE' | 'SMS_SIGN';

export type Stamp = { nonce: string; timestamp: string; signature: string };

/** What the console's test button posts. The time of the reply is not documented; it is that of the report here. */
export const TEST_DATA = Object.freeze({
	SMS_REPORT: { msgId: '1857496', status: 4001, receiveTime: 1492150740292, phone: '13000000000' },
	SMS_REPLY: { phone: '13000000000', replyTime: 1492150740292, content: 'TD' },
	SMS_TEMPLATE: { tempId: 57496, status: 1, refuseReason: null },
	SMS_SIGN: { signId: 123, status: 1, refuseReason: null },
});

/** @returns 40 lower-case hexadecimal digits */
export function signatureOf({ app_key: key, master_secret: secret }: Keys, nonce: string, timestamp: string): string {
	return createHash('sha1')
		.update(`appKey=${key}&appMasterSecret=${secret}&nonce=${nonce}&timestamp=${timestamp}`)
		.digest('hex');
}

/** @returns a signed 64-bit integer: most do not fit in a double, half are negative */
export function newNonce(): string {
	return randomBytes(8).readBigInt64BE().toString();
}

/** @param now ms since 1970 */
export function stamp(keys: Keys, now: number, signatures: 'right' | 'wrong'): Stamp {
	const nonce = newNonce();
	const timestamp = String(now);
	const right = signatureOf(keys, nonce, timestamp);
	// Wrong in one digit: what compares the beginning only must not pass.
	const last = right.endsWith('0') ? '1' : '0';
	return { nonce, timestamp, signature: signatures === 'right' ? right : right.slice(0, -1) + last };
}

/**
 * @param data JSON
 * @returns the body
 */
export function formOf({ nonce, timestamp, signature }: Stamp, type: Type, data: string): string {
	return new URLSearchParams({ nonce, timestamp, signature, type, data }).toString();
}
