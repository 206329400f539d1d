/** Base URLs as people and attackers write them: the node and the credential test must judge each of them alike. */

/** Taken, with what requests then go to. */
export const GOOD_BASE_URLS: Array<[given: string, baseUrl: string]> = [
	['https://api.sms.jpush.cn/v1', 'https://api.sms.jpush.cn/v1'],
	['https://api.sms.jpush.cn/v1/', 'https://api.sms.jpush.cn/v1'],
	['HTTPS://API.SMS.JPUSH.CN/v1', 'HTTPS://API.SMS.JPUSH.CN/v1'],
	['  https://proxy.example.com:8443/jsms//  ', 'https://proxy.example.com:8443/jsms'],
	['https://proxy.example.com/team@work/v1', 'https://proxy.example.com/team@work/v1'],
	['https://短信.example.com/v1', 'https://短信.example.com/v1'],
	['http://localhost:3000/v1', 'http://localhost:3000/v1'],
	['HTTP://LocalHost:3000', 'HTTP://LocalHost:3000'],
	['http://127.0.0.1:3000', 'http://127.0.0.1:3000'],
	['http://127.8.9.10/v1', 'http://127.8.9.10/v1'],
	['http://127.255.250.254/v1', 'http://127.255.250.254/v1'],
	['http://127.200.249.199/v1', 'http://127.200.249.199/v1'],
	['http://127.99.100.5/v1', 'http://127.99.100.5/v1'],
	['http://[::1]:3000/v1', 'http://[::1]:3000/v1'],
];

/** No address of a web service at all. */
export const NO_WEB_ADDRESSES = [
	'api.sms.jpush.cn/v1',
	'localhost:3000/v1',
	'//localhost/v1',
	'ftp://example.com',
	'ftp://localhost/v1',
	'file:///etc/hosts',
	'javascript:alert(1)',
	'https://',
	'https:/example.com',
	'https:\\\\example.com\\v1',
	'https://example.com\\@other.example.com/v1',
	'http://localhost\\@other.example.com/v1',
	'https://exa mple.com/v1',
	'https://example.com/a b',
	'https://example.com/a b?c',
	'https://example.com/v1\n.example',
	'x-https://example.com/v1',
	'https://example.com:port/v1',
];

/** The keys would travel unencrypted to another machine, or to one that only looks like this one. */
export const UNENCRYPTED_BASE_URLS = [
	'http://api.sms.jpush.cn/v1',
	'HTTP://API.SMS.JPUSH.CN/v1',
	'http://localhost.example',
	'http://notlocalhost/v1',
	'http://localhost.example.com/v1',
	'http://127.0.0.1.example.com/v1',
	'http://127.0.0.1.example:3000/v1',
	'http://10.0.0.5/v1',
	'http://0.0.0.0/v1',
	'http://localhost:x@other.example.com/',
	'http://localhost@other.example.com/v1',
	'http://127.0.0.1:80@other.example.com/v1',
	'http://ⓛocalhost:3000/v1',
	'http://127.1:3000/v1',
	'http://[::2]/v1',
];

/** More than an address: what stands there would be sent along or change where requests go. */
export const LOADED_BASE_URLS = [
	'https://user@example.com/v1',
	'https://user:dummy@example.com',
	'https://@example.com/v1',
	'https://example.com/v1?a=1',
	'https://example.com/v1?',
	'https://example.com/v1#top',
	'http://user:dummy@localhost:3000/v1',
];
