import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

import { isRecord } from '../model/json';

/**
 * What a visitor carries between two requests, because the node keeps no sessions: a text that only this node can make and read.
 * AES-256-GCM, so that the phone number and the message ID cannot be read, and no byte can be changed.
 */
const CIPHER = 'aes-256-gcm';
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** Longer texts are not decrypted; the longest real one holds 20 fields of 500 characters. */
export const MAX_TOKEN_LENGTH = 64_000;

const HOUR = 3_600_000;

/**
 * Milliseconds that a token is good for. `page`: the form for the number, which people leave open. `visit`: a code was sent, and
 * codes do not live longer than that.
 */
const LIFETIMES = { page: 12 * HOUR, visit: HOUR };

export type TokenKind = keyof typeof LIFETIMES;

/** `expired` was made by this node, but too long ago; `invalid` was not, or belongs to another step. */
export type Opened =
	| { state: 'valid'; content: Record<string, unknown>; issuedAt: number }
	| { state: 'expired' | 'invalid' };

/**
 * Derives the key of a node.
 * @param secret the Master Secret of its credential
 * @param nodeKey the IDs of workflow and node
 */
export function deriveKey(secret: string, nodeKey: readonly string[]): Buffer {
	return Buffer.from(hkdfSync('sha256', secret, 'n8n-nodes-jsms verification', JSON.stringify(nodeKey), 32));
}

/**
 * Makes a token.
 * @param now milliseconds of the wall clock, because other processes and later starts have to understand it
 */
export function seal(key: Buffer, kind: TokenKind, content: object, now: number): string {
	const iv = randomBytes(IV_BYTES);
	const cipher = createCipheriv(CIPHER, key, iv);
	// The kind is part of what is authenticated: the token of one step is none in another.
	cipher.setAAD(Buffer.from(kind));
	const text = JSON.stringify({ at: now, content });
	return Buffer.concat([iv, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]).toString('base64url');
}

/** Reads a token of this node; never throws. */
export function open(key: Buffer, kind: TokenKind, token: string, now: number): Opened {
	if (token.length > MAX_TOKEN_LENGTH || !/^[\w-]+$/.test(token)) return { state: 'invalid' };
	const bytes = Buffer.from(token, 'base64url');
	if (bytes.length <= IV_BYTES + TAG_BYTES) return { state: 'invalid' };
	const text = decrypt(key, kind, bytes);
	const read: unknown = text === undefined ? undefined : JSON.parse(text);
	if (!isRecord(read) || !isRecord(read.content) || typeof read.at !== 'number') return { state: 'invalid' };
	if (now - read.at >= LIFETIMES[kind]) return { state: 'expired' };
	return { state: 'valid', content: read.content, issuedAt: read.at };
}

/** The text, or undefined where the bytes were not made with this key for this kind. */
function decrypt(key: Buffer, kind: TokenKind, bytes: Buffer): string | undefined {
	const decipher = createDecipheriv(CIPHER, key, bytes.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES });
	decipher.setAAD(Buffer.from(kind));
	decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
	try {
		return decipher.update(bytes.subarray(IV_BYTES, -TAG_BYTES), undefined, 'utf8') + decipher.final('utf8');
	} catch {
		return undefined;
	}
}

/** A name for something that exists once, such as a page or a visit. */
export function newId(): string {
	return randomBytes(12).toString('base64url');
}
