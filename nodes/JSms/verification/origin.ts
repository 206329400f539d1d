/** Which web pages may send requests here. Requests without the header do not come from a page of a browser. */

/**
 * Checks the origin of a form. Our own pages have none (`null`), because their policy sandboxes them.
 * @param own origins of this n8n
 */
export function mayPostForm(origin: unknown, own: readonly string[]): boolean {
	return origin === undefined || origin === 'null' || isOneOf(origin, own);
}

/** Checks the origin of a JSON request; `null` is nobody in particular and gets no access. */
export function mayCallJson(origin: unknown, own: readonly string[], allowed: readonly string[]): boolean {
	return origin === undefined || isOneOf(origin, own) || isOneOf(origin, allowed);
}

function isOneOf(origin: unknown, list: readonly string[]): boolean {
	return typeof origin === 'string' && list.includes(origin.toLowerCase());
}

/** The origin of an address, in lower case; undefined for what is no web address. */
export function originOf(address: unknown): string | undefined {
	if (typeof address !== 'string' || !URL.canParse(address)) return undefined;
	const { protocol, origin } = new URL(address);
	return protocol === 'http:' || protocol === 'https:' ? origin.toLowerCase() : undefined;
}
