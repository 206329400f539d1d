import { createHash, timingSafeEqual } from 'node:crypto';

/** Keys of the application that a callback is signed with. */
export interface CallbackKeys {
	appKey: string;
	masterSecret: string;
}

/** The signed part of a callback, all of it text as received: the nonce is a 64-bit integer, too long for a number. */
export interface SignedFields {
	/** A whole number, which may be negative. */
	nonce: string;
	/** Milliseconds since 1970. */
	timestamp: string;
	/** 40 hexadecimal digits, in lower case. */
	signature: string;
}

/**
 * True when a callback was signed with these keys ("Callback": SHA-1 of keys, nonce and timestamp, not URL-encoded).
 *
 * The signature covers neither the type nor the content of a callback: whoever captured one can sign other content with it.
 * Compared in constant time, so that the response's delay tells nothing. Empty keys, which everybody knows, sign nothing.
 */
export function isAuthentic(
	{ appKey, masterSecret }: CallbackKeys,
	{ nonce, timestamp, signature }: SignedFields,
): boolean {
	if (appKey === '' || masterSecret === '') return false;
	const text = `appKey=${appKey}&appMasterSecret=${masterSecret}&nonce=${nonce}&timestamp=${timestamp}`;
	const expected = bytesOf(createHash('sha1').update(text).digest('hex'));
	const given = bytesOf(signature);
	return given.length === expected.length && timingSafeEqual(given, expected);
}

function bytesOf(text: string): Uint8Array {
	return new TextEncoder().encode(text);
}
