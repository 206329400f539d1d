import { randomInt } from 'node:crypto';
import type { Settings } from '../settings';

/**
 * The addresses that applications are called back at, one for each kind, and the check that the console makes before it
 * saves one ("callback" page).
 */

/** Kind → `type` of its callbacks. */
export const TYPES = { report: 'SMS_REPORT', reply: 'SMS_REPLY', template: 'SMS_TEMPLATE', sign: 'SMS_SIGN' } as const;

export type Kind = keyof typeof TYPES;

export const KINDS = Object.keys(TYPES) as readonly Kind[];

/** @throws {TypeError} when there is no such kind */
export function checkKind(given: string): Kind {
	const kind = KINDS.find((known) => known === given);
	if (!kind) throw new TypeError(`There is no kind "${given}". Known: ${KINDS.join(', ')}.`);
	return kind;
}

export class Addresses {
	/** by appKey */
	private readonly addresses = new Map<string, Partial<Record<Kind, string>>>();

	get isEmpty() {
		return this.addresses.size === 0;
	}

	of(appKey: string, kind: Kind): string | undefined {
		return this.addresses.get(appKey)?.[kind];
	}

	/** @param url null: this kind is called back no more */
	put(appKey: string, kind: Kind, url: string | null) {
		const addresses = { ...this.addresses.get(appKey) };
		if (url === null) delete addresses[kind];
		else addresses[kind] = url;
		if (Object.keys(addresses).length > 0) this.addresses.set(appKey, addresses);
		else this.addresses.delete(appKey);
	}

	/** The applications that are called back for this kind. */
	applicationsWith(kind: Kind): string[] {
		return [...this.addresses.keys()].filter((appKey) => this.of(appKey, kind) !== undefined);
	}

	/** The addresses of all applications that have any. */
	list() {
		return [...this.addresses].map(([appKey, addresses]) => ({ app_key: appKey, ...addresses }));
	}

	reset() {
		this.addresses.clear();
	}
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

export function readAddress(given: unknown, settings: Settings): URL {
	const url = typeof given === 'string' && URL.canParse(given) ? new URL(given) : undefined;
	if (!url || !['http:', 'https:'].includes(url.protocol)) {
		throw new TypeError('The "url" of a callback must begin with http:// or https://.');
	}
	if (settings.callbackPorts === 'standard' && url.port !== '') {
		throw new TypeError('The "url" of a callback cannot have a port of its own.');
	}
	return url;
}

/**
 * Asks an address to give back 8 random characters.
 * @throws {TypeError} a sentence that says what came instead
 */
export async function checkAddress(url: URL, signal: AbortSignal) {
	const text = Array.from({ length: 8 }, () => LETTERS[randomInt(LETTERS.length)]).join('');
	const asked = new URL(url);
	asked.searchParams.set('echostr', text);
	let status: number;
	let given: string;
	try {
		const response = await fetch(asked, { redirect: 'manual', signal });
		status = response.status;
		given = await response.text();
	} catch (error) {
		throw new TypeError(`The check of ${url} got no response: ${reasonOf(error)}.`);
	}
	if (status !== 200 || given !== text) {
		throw new TypeError(
			`The check of ${url} must give back the text of "echostr", ${text}, and nothing else; it gave ${status} ${JSON.stringify(given.slice(0, 200))}.`,
		);
	}
}

/** @returns why a call failed; fetch hides it in the cause */
export function reasonOf(error: unknown): string {
	if (!(error instanceof Error)) return String(error);
	const { cause } = error;
	if (!(cause instanceof Error)) return error.message;
	return 'code' in cause ? String(cause.code) : cause.message;
}
