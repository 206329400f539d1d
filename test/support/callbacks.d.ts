export type CallbackType = 'SMS_REPORT' | 'SMS_REPLY' | 'SMS_TEMPLATE' | 'SMS_SIGN';

export interface Keys {
	appKey: string;
	masterSecret: string;
}

/** The form of a callback: `nonce`, `timestamp`, `signature`, `type`, `data`. */
export type CallbackForm = Record<'nonce' | 'timestamp' | 'signature' | 'type' | 'data', string>;

/** The signature of a callback, in lower-case hexadecimal digits. */
export function sign(keys: Keys, nonce: string, timestamp: string | number): string;

/**
 * A callback, signed.
 * @param data as it stands in the form, or an object that becomes JSON
 * @param options `timestamp` in milliseconds; both default to what the service would choose now
 */
export function callbackForm(
	keys: Keys,
	type: string,
	data: unknown,
	options?: { nonce?: string; timestamp?: number | string },
): CallbackForm;

/** Sends a form as the service does. */
export function postCallback(
	url: string,
	form: Record<string, string> | string | string[][],
): Promise<{ status: number; text: string; headers: Headers }>;

/** What the console's test button sends, by type. */
export const TEST_DATA: Record<CallbackType, Record<string, unknown>>;

/** `data` of delivery reports about as many different messages; every tenth was not delivered. */
export function reports(count: number): Array<{ msgId: string; status: number; receiveTime: number; phone: string }>;
