/** Scheme, authority and path, as a browser takes an address apart; backslashes and blanks would be read in more than one way. */
const ADDRESS = /^(https?):\/\/([^\s/\\?#]+)((?:\/[^\s\\]*)?)(.*)$/i;

/** This machine, by the names that are always that; with an optional port. */
const LOOPBACK = /^(localhost|127(\.(25[0-5]|2[0-4]\d|1?\d?\d)){3}|\[::1\])(:\d+)?$/i;

/**
 * Checks the base URL of a credential: https, or http to this machine only, because the keys travel with every request.
 * The credential test has the same rules as an expression (credentials/common.ts); one table of addresses tests both.
 *
 * @returns the URL without trailing slash, or a sentence that says what is wrong
 */
export function checkBaseUrl(value: unknown): { baseUrl: string } | { problem: string } {
	const text = typeof value === 'string' ? value.trim() : '';
	if (text === '') return { problem: "'Base URL' in the credential is empty" };
	const [, scheme, authority, path, rest] = ADDRESS.exec(text) ?? [];
	if (scheme === undefined || (rest !== '' && !/^[?#]/.test(rest)) || !URL.canParse(text)) {
		return { problem: "'Base URL' in the credential is not a web address" };
	}
	const host = authority.slice(authority.lastIndexOf('@') + 1);
	if (scheme.toLowerCase() === 'http' && !LOOPBACK.test(host)) {
		return {
			problem:
				"'Base URL' in the credential starts with http, which would send the keys unencrypted to another machine",
		};
	}
	if (authority !== host || /[?#]/.test(path + rest)) {
		return {
			problem: "'Base URL' in the credential must not contain a user, query or fragment",
		};
	}
	return { baseUrl: text.replace(/\/+$/, '') };
}
