/** What the pages may do, as HTTP headers. They live on the origin of n8n's editor, so they get no right that they do not need. */

/** Whom a page may have to do with. */
export interface Origins {
	/** Those under which this n8n is known. */
	own: readonly string[];
	/** Those that may show the page in a frame; checked by the fields. */
	embed: readonly string[];
}

/** An origin as a policy can name it; an address of IPv6 cannot stand there. */
const NAMEABLE = /^https?:\/\/[a-z\d.-]+(:\d+)?$/;

/** The policy of a page that this node writes itself. */
export function pagePolicy(nonce: string, { own, embed }: Origins): string {
	const frames = embed.length === 0 ? "'none'" : embed.join(' ');
	// WHY not 'self' alone: the sandbox takes the page's origin away, and not every browser still knows then what 'self' was.
	const forms = ["'self'", ...new Set(own.filter((one) => NAMEABLE.test(one)))].join(' ');
	return `${metaPolicy(nonce, forms)}; frame-ancestors ${frames}; sandbox allow-forms allow-scripts allow-top-navigation-by-user-activation`;
}

/** The part that may stand in a page, where the header is n8n's: browsers ignore the rest there. */
export function metaPolicy(nonce: string, forms = "'none'"): string {
	return `default-src 'none'; style-src 'nonce-${nonce}'; script-src 'nonce-${nonce}'; img-src data:; form-action ${forms}; base-uri 'none'`;
}

/** Headers of every response, pages and JSON. */
export function commonHeaders(embedOrigins: readonly string[]): Record<string, string> {
	return {
		// WHY not no-store: browsers then ask before they go back or forward to a form, and a visitor who did loses the code page.
		'Cache-Control': 'private, no-cache',
		'Referrer-Policy': 'no-referrer',
		'X-Content-Type-Options': 'nosniff',
		'X-Robots-Tag': 'noindex',
		// It knows no list of origins: where frames are allowed, only the policy can say which.
		...(embedOrigins.length === 0 && { 'X-Frame-Options': 'DENY' }),
	};
}
