const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/**
 * Checks the base URL of a credential: https, or http to this machine only, because the keys travel with every request.
 *
 * @returns the URL without trailing slash, or a sentence that says what is wrong
 */
export function checkBaseUrl(value: unknown): { baseUrl: string } | { problem: string } {
	const text = typeof value === 'string' ? value.trim() : '';
	if (text === '') return { problem: "'Base URL' in the credential is empty" };
	const url = parseUrl(text);
	if (!url || !/^https?:$/.test(url.protocol)) return { problem: "'Base URL' in the credential is no web address" };
	if (url.protocol === 'http:' && !LOOPBACK.test(url.hostname)) {
		return {
			problem:
				"'Base URL' in the credential starts with http, which would send the keys unencrypted to another machine",
		};
	}
	if (url.username || url.password || url.search || url.hash) {
		return {
			problem: "'Base URL' in the credential holds more than an address: no user, query or fragment may be in it",
		};
	}
	return { baseUrl: text.replace(/\/+$/, '') };
}

function parseUrl(text: string): URL | undefined {
	try {
		return new URL(text);
	} catch {
		return undefined;
	}
}
