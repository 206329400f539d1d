import { checkBaseUrl } from '../../../nodes/JSms/api/baseUrl';
import { GOOD_BASE_URLS, LOADED_BASE_URLS, NO_WEB_ADDRESSES, UNENCRYPTED_BASE_URLS } from '../../support/baseUrls';

it.each(GOOD_BASE_URLS)('takes %j', (given, baseUrl) => {
	expect(checkBaseUrl(given)).toEqual({ baseUrl });
});

it.each(['', '   ', undefined, null, 5])('says that %j is empty', (given) => {
	expect(checkBaseUrl(given)).toEqual({ problem: "'Base URL' in the credential is empty" });
});

it.each(NO_WEB_ADDRESSES)('says that %j is no web address', (given) => {
	expect(checkBaseUrl(given)).toEqual({ problem: "'Base URL' in the credential is not a web address" });
});

it.each(UNENCRYPTED_BASE_URLS)('does not let the keys travel unencrypted to %j', (given) => {
	expect(checkBaseUrl(given)).toEqual({
		problem: "'Base URL' in the credential starts with http, which would send the keys unencrypted to another machine",
	});
});

it.each(LOADED_BASE_URLS)('refuses more than an address in %j', (given) => {
	expect(checkBaseUrl(given)).toEqual({
		problem: "'Base URL' in the credential must not contain a user, query or fragment",
	});
});
