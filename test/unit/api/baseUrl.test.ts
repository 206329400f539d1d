import { checkBaseUrl } from '../../../nodes/JSms/api/baseUrl';

it.each([
	['https://api.sms.jpush.cn/v1', 'https://api.sms.jpush.cn/v1'],
	['https://api.sms.jpush.cn/v1/', 'https://api.sms.jpush.cn/v1'],
	['  https://proxy.example.com:8443/jsms//  ', 'https://proxy.example.com:8443/jsms'],
	['http://localhost:3000/v1', 'http://localhost:3000/v1'],
	['http://127.0.0.1:3000', 'http://127.0.0.1:3000'],
	['http://127.8.9.10/v1', 'http://127.8.9.10/v1'],
	['http://[::1]:3000/v1', 'http://[::1]:3000/v1'],
])('takes %j', (given, baseUrl) => {
	expect(checkBaseUrl(given)).toEqual({ baseUrl });
});

it.each(['', '   ', undefined, null, 5])('says that %j is empty', (given) => {
	expect(checkBaseUrl(given)).toEqual({ problem: "'Base URL' in the credential is empty" });
});

it.each(['api.sms.jpush.cn/v1', 'ftp://example.com', 'file:///etc/hosts', 'javascript:alert(1)', 'https://'])(
	'says that %j is no web address',
	(given) => {
		expect(checkBaseUrl(given)).toEqual({ problem: "'Base URL' in the credential is no web address" });
	},
);

it.each([
	'http://api.sms.jpush.cn/v1',
	'HTTP://api.sms.jpush.cn/v1',
	'http://localhost.example.com',
	'http://127.0.0.1.example.com/v1',
	'http://10.0.0.5/v1',
	'http://0.0.0.0/v1',
])('does not let the keys travel unencrypted to %j', (given) => {
	expect(checkBaseUrl(given)).toEqual({
		problem: "'Base URL' in the credential starts with http, which would send the keys unencrypted to another machine",
	});
});

it.each([
	'https://user@example.com/v1',
	'https://user:dummy@example.com',
	'https://example.com/v1?a=1',
	'https://example.com/v1#top',
])('refuses more than an address in %j', (given) => {
	expect(checkBaseUrl(given)).toEqual({
		problem: "'Base URL' in the credential holds more than an address: no user, query or fragment may be in it",
	});
});
