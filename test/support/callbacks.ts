/** Callbacks as the service sends them, written from its documentation ("Callback"), not from the node. */
import { createHash, randomBytes } from 'node:crypto';
import { ALONE } from '../../scripts/n8n/client';

export type CallbackType = 'SMS_REPORT' | 'SMS_REPLY' | 'SMS_TEMPLATE' | 'SMS_SIGN';

export interface Keys {
	appKey: string;
	masterSecret: string;
}

/** The form of a callback: `nonce`, `timestamp`, `signature`, `type`, `data`. */
export type CallbackForm = Record<'nonce' | 'timestamp' | 'signature' | 'type' | 'data', string>;

/** A random signed 64-bit integer, as text: most are too long for a JavaScript number, half are negative. */
const randomNonce = () => randomBytes(8).readBigInt64BE().toString();

/** The signature of a callback, in lower-case hexadecimal digits. */
export function sign({ appKey, masterSecret }: Keys, nonce: string, timestamp: string | number): string {
	return createHash('sha1')
		.update(`appKey=${appKey}&appMasterSecret=${masterSecret}&nonce=${nonce}&timestamp=${timestamp}`)
		.digest('hex');
}

/**
 * A callback, signed.
 * @param data as it stands in the form, or an object that becomes JSON
 * @param options `timestamp` in milliseconds; both default to what the service would choose now
 */
export function callbackForm(
	keys: Keys,
	type: string,
	data: unknown,
	{ nonce = randomNonce(), timestamp = Date.now() }: { nonce?: string; timestamp?: number | string } = {},
): CallbackForm {
	return {
		nonce,
		timestamp: String(timestamp),
		signature: sign(keys, nonce, timestamp),
		type,
		data: typeof data === 'string' ? data : JSON.stringify(data),
	};
}

/** Sends a form as the service does. */
export async function postCallback(
	url: string,
	form: Record<string, string> | string | string[][],
): Promise<{ status: number; text: string; headers: Headers }> {
	const body = new URLSearchParams(form as Record<string, string>);
	// That n8n is slow to answer is not what is tested.
	const response = await fetch(url, { method: 'POST', body, headers: ALONE, signal: AbortSignal.timeout(100_000) });
	return { status: response.status, text: await response.text(), headers: response.headers };
}

/** What the console's test button sends. */
export const TEST_DATA: Record<CallbackType, Record<string, unknown>> = {
	SMS_REPORT: { msgId: '1857496', phone: '13000000000', receiveTime: 1492150740292, status: 4001 },
	SMS_REPLY: { content: 'TD', phone: '13000000000', replyTime: 1492150740292 },
	SMS_TEMPLATE: { tempId: 57496, status: 1, refuseReason: null },
	SMS_SIGN: { signId: 123, status: 1, refuseReason: null },
};

/** `data` of delivery reports about as many different messages; every tenth was not delivered. */
export function reports(count: number): Array<{ msgId: string; status: number; receiveTime: number; phone: string }> {
	return Array.from({ length: count }, (_, index) => ({
		msgId: String(700100200000 + index),
		status: index % 10 === 0 ? 4003 : 4001,
		receiveTime: 1700000000000 + index,
		phone: `1380001${String(index).padStart(4, '0')}`,
	}));
}
