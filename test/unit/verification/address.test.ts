import { clientOf } from '../../../nodes/JSms/verification/address';
import { mayCallJson, mayPostForm, originOf } from '../../../nodes/JSms/verification/origin';

/** Where requests come from. */
const addressOf = (ip: string) => clientOf({ ip, headers: {} }).address;

it.each([
	['203.0.113.7', '203.0.113.7'],
	['::ffff:203.0.113.7', '203.0.113.7'],
	['::FFFF:203.0.113.7', '203.0.113.7'],
	['2001:db8:1:2:3:4:5:6', '2001:0db8:0001:0002::/64'],
	['2001:DB8:1:2::9', '2001:0db8:0001:0002::/64'],
	['2001:db8::1', '2001:0db8:0000:0000::/64'],
	['::1', '0000:0000:0000:0000::/64'],
	['fe80::1%eth0', 'fe80:0000:0000:0000::/64'],
	['', undefined],
	['unknown', undefined],
	['1:2:3', undefined],
	['<script>', undefined],
])('counts %j as %j', (ip, address) => {
	expect(addressOf(ip)).toBe(address);
});

it('takes all addresses of one IPv6 connection for one', () => {
	expect(addressOf('2001:db8:1:2::1')).toBe(addressOf('2001:db8:1:2:ffff:ffff:ffff:ffff'));
	expect(addressOf('2001:db8:1:2::1')).not.toBe(addressOf('2001:db8:1:3::1'));
});

describe('a proxy', () => {
	const forwarded = { 'x-forwarded-for': '198.51.100.1' };

	it.each([
		['that n8n does not know hides everybody', { ip: '10.0.0.2', headers: forwarded }, undefined, true],
		['on this machine, too', { ip: '::1', headers: { forwarded: 'for=198.51.100.1' } }, undefined, true],
		[
			'that n8n knows tells the address',
			{ ip: '198.51.100.1', ips: ['198.51.100.1'], headers: forwarded },
			'198.51.100.1',
			false,
		],
		['is none without a header', { ip: '10.0.0.2', headers: {} }, '10.0.0.2', false],
		['is not believed of a public address', { ip: '203.0.113.7', headers: forwarded }, '203.0.113.7', false],
	])('%s', (_, connection, address, hiddenByProxy) => {
		expect(clientOf(connection)).toEqual({ ...(address !== undefined && { address }), hiddenByProxy });
	});
});

describe('an origin', () => {
	const own = ['https://n8n.example.com'];

	it.each([
		[undefined, true, true],
		['null', true, false],
		['https://n8n.example.com', true, true],
		['HTTPS://N8N.example.com', true, true],
		['https://shop.example.com', false, true],
		['https://evil.example.com', false, false],
		['https://n8n.example.com.evil.example', false, false],
		[['https://n8n.example.com'], false, false],
	])('%j may post forms: %s, may call JSON: %s', (origin, form, json) => {
		expect([mayPostForm(origin, own), mayCallJson(origin, own, ['https://shop.example.com'])]).toEqual([form, json]);
	});

	it.each([
		['https://N8N.example.com/webhook/1', 'https://n8n.example.com'],
		['http://localhost:5678/', 'http://localhost:5678'],
		['file:///etc', undefined],
		['nothing', undefined],
		[undefined, undefined],
	])('of %j is %j', (address, origin) => {
		expect(originOf(address)).toBe(origin);
	});
});
