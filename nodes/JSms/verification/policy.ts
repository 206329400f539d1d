/** What the pages may do, as HTTP headers. They live on the origin of n8n's editor, so they get no right that they do not need. */

/**
 * The policy of a page that this node writes itself.
 * @param embedOrigins origins that may show the page in a frame; checked by the fields
 */
export function pagePolicy(nonce: string, embedOrigins: readonly string[]): string {
	const frames = embedOrigins.length === 0 ? "'none'" : embedOrigins.join(' ');
	return `${metaPolicy(nonce)}; frame-ancestors ${frames}; sandbox allow-forms allow-scripts allow-top-navigation-by-user-activation`;
}

/** The part that may stand in a page, where the header is n8n's: browsers ignore the rest there. */
export function metaPolicy(nonce: string): string {
	return `default-src 'none'; style-src 'nonce-${nonce}'; script-src 'nonce-${nonce}'; img-src data:; form-action 'self'; base-uri 'none'`;
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
