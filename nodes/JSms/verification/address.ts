/** What express tells about where a request came from. */
export interface Connection {
	/** The address of the visitor, or of the last proxy where n8n does not trust proxies. */
	ip?: string;
	/** All addresses on the way; empty where n8n does not trust proxies. */
	ips?: readonly string[];
	headers: Record<string, unknown>;
}

export interface Client {
	/** The address to count by: an IPv4 address, or the first 64 bits of an IPv6 address. Undefined where it is not known. */
	address?: string;
	/** True where a proxy stands in between and n8n was not told: all visitors seem to have one address. */
	hiddenByProxy: boolean;
}

/** Headers that proxies add. A visitor can send them as well, so they alone prove nothing. */
const PROXY_HEADERS = ['x-forwarded-for', 'forwarded', 'x-real-ip'];

/** Addresses of this machine, of containers and of local networks, where a proxy usually is. */
const PRIVATE = /^(127\.|10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|169\.254\.|0000:|f[cd]|fe80:)/;

/**
 * Finds the address to count by.
 *
 * Behind a proxy that n8n does not know of (N8N_PROXY_HOPS), a limit per address would lock everybody out together. Only a
 * connection from a private address counts as such a proxy: anybody can add a header to a direct request.
 */
export function clientOf({ ip = '', ips = [], headers }: Connection): Client {
	const address = normalize(ip);
	const mentionsProxy = PROXY_HEADERS.some((name) => headers[name] !== undefined);
	const hiddenByProxy = ips.length === 0 && mentionsProxy && address !== undefined && PRIVATE.test(address);
	return hiddenByProxy || address === undefined ? { hiddenByProxy } : { address, hiddenByProxy };
}

/** IPv4 as it is; IPv6 without its last 64 bits, all of which belong to one connection of a visitor. */
function normalize(ip: string): string | undefined {
	const [plain] = ip.split('%');
	const [, v4] = /^(?:::ffff:)?(\d{1,3}(?:\.\d{1,3}){3})$/i.exec(plain) ?? [];
	if (v4 !== undefined) return v4;
	if (!/^[\da-f:]{2,39}$/i.test(plain)) return undefined;
	const [head, tail] = plain.toLowerCase().split('::');
	const front = head === '' ? [] : head.split(':');
	const back = tail === undefined || tail === '' ? [] : tail.split(':');
	const zeros = Array.from({ length: Math.max(0, 8 - front.length - back.length) }, () => '0');
	const groups = tail === undefined ? front : [...front, ...zeros, ...back];
	if (groups.length !== 8) return undefined;
	return `${groups
		.slice(0, 4)
		.map((group) => group.padStart(4, '0'))
		.join(':')}::/64`;
}
