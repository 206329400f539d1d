import nock from 'nock';

import { JSmsApi } from '../../credentials/JSmsApi.credentials';
import { GOOD_BASE_URLS, LOADED_BASE_URLS, NO_WEB_ADDRESSES, UNENCRYPTED_BASE_URLS } from '../support/baseUrls';
import { KEYS } from '../support/keys';
import { testCredential } from './credentialTester';

/** Where the test button lets the keys travel: the same addresses that the node itself accepts. */
const test = async (baseUrl: string) => await testCredential(new JSmsApi(), { ...KEYS, baseUrl });

/** Every request that leaves, wherever it is meant to go. */
const left: string[] = [];
beforeAll(() => {
	nock.disableNetConnect();
	nock.emitter.on('no match', (request: { host?: string }) => left.push(String(request.host)));
});
beforeEach(() => (left.length = 0));
afterEach(() => nock.cleanAll());
afterAll(() => {
	nock.emitter.removeAllListeners('no match');
	nock.enableNetConnect();
	nock.restore();
});

it.each(GOOD_BASE_URLS)('tests the keys at %j', async (given, baseUrl) => {
	const { origin, pathname } = new URL(baseUrl);
	const asked = nock(origin)
		.get(`${pathname.replace(/\/$/, '')}/accounts/app`)
		.reply(200, { app_balance: 1 });
	expect(await test(given)).toEqual({ status: 'OK', message: 'Connection successful!' });
	expect(asked.isDone()).toBe(true);
});

it.each([...UNENCRYPTED_BASE_URLS, ...LOADED_BASE_URLS, ...NO_WEB_ADDRESSES, '', '   '])(
	'does not let the keys travel to %j, and says why',
	async (given) => {
		expect(await test(given)).toEqual({
			status: 'Error',
			message: expect.stringMatching(/Base URL that starts with https/) as string,
		});
		expect(left).toEqual([]);
	},
);
