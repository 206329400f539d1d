import { JSmsApi } from '../../credentials/JSmsApi.credentials';
import { JSmsDeveloperApi } from '../../credentials/JSmsDeveloperApi.credentials';
import { testCredential } from './credentialTester';
import { NOBODY, useService } from './service';

/** The test button of the credentials: what is wrong must be said, and nothing may be sent. */
const service = useService();
const OK = { status: 'OK', message: 'Connection successful!' };
const failing = (message: unknown) => ({ status: 'Error', message });

describe('the keys of an application', () => {
	const test = (differs: Record<string, string> = {}) =>
		testCredential(new JSmsApi(), { ...service.keys.jSmsApi, ...differs });
	const application = (number: number) => ({
		appKey: `exampleappkey0000000000${number}`,
		masterSecret: `dummymastersecret000000${number}`,
	});

	it('pass when they are right', async () => {
		expect(await test()).toEqual(OK);
		expect(service.calls).toEqual(['GET /accounts/app']);
		expect(service.reached).toEqual([]);
	});

	it('pass when they are right although the application has no quota of its own', async () => {
		expect(await test(application(4))).toEqual(OK);
	});

	it('pass with a slash or blanks around the base URL', async () => {
		expect(await test({ baseUrl: ` ${service.sandbox.baseUrl}/ ` })).toEqual(OK);
	});

	it.each([
		[
			'are wrong',
			{ masterSecret: 'dummy-wrong' },
			/^JSMS did not accept the keys\. Copy 'App Key' and 'Master Secret' again/,
		],
		['are missing', { appKey: '', masterSecret: '' }, /^No keys were given\. Fill in 'App Key' and 'Master Secret'\.$/],
		['may not be used from this IP address', application(2), /IP address of this n8n/],
		['belong to a blocked application', application(5), /has blocked this application/],
	])('fail with a sentence when they %s', async (_, differs, sentence) => {
		expect(await test(differs)).toEqual(failing(expect.stringMatching(sentence)));
	});

	it('are called right although the SMS service is off, which is said', async () => {
		const { message } = await test(application(3));
		expect(message).toMatch(/^The keys are right, but the SMS service is not activated for this application/);
	});

	it('fail when the service cannot be reached', async () => {
		expect(await test({ baseUrl: NOBODY })).toEqual(failing('ECONNREFUSED'));
	});

	it.each([
		'http://jsms.example.com/v1',
		'HTTP://10.0.0.5/v1',
		'http://localhost.example.com/v1',
		'ftp://localhost/v1',
		'',
	])('do not travel to %j: the test fails before and its text says why', async (baseUrl) => {
		expect(await test({ baseUrl })).toEqual(failing(expect.stringMatching(/Base URL that starts with https/)));
		expect(service.calls).toEqual([]);
	});

	it.each([404, 500, 502, 503])('fail when something else answers (HTTP %d)', async (status) => {
		service.sandbox.fault({ kind: 'answer', status, body: '<html>', times: 'always' });
		expect((await test()).status).toBe('Error');
	});

	it('do not follow a redirect to another host', async () => {
		service.sandbox.fault({ kind: 'redirect', location: `${service.sandbox.url}/elsewhere`, times: 'always' });
		expect((await test()).status).toBe('Error');
		expect(service.calls).toHaveLength(1);
	});

	it('are tested with one call, also when they are wrong', async () => {
		await test({ masterSecret: 'dummy-wrong' });
		expect(service.calls).toHaveLength(1);
	});
});

describe('the keys of a developer account', () => {
	const test = (differs: Record<string, string> = {}) =>
		testCredential(new JSmsDeveloperApi(), { ...service.keys.jSmsDeveloperApi, ...differs });

	it('pass when they are right', async () => {
		expect(await test()).toEqual(OK);
		expect(service.calls).toEqual(['GET /accounts/dev']);
	});

	it.each([
		[
			'are wrong',
			{ devSecret: 'dummy-wrong' },
			/^JSMS did not accept the keys\. Copy 'Dev Key' and 'Dev Secret' again/,
		],
		['are missing', { devKey: '', devSecret: '' }, /^No keys were given\. Fill in 'Dev Key' and 'Dev Secret'\.$/],
		[
			'are those of an application',
			{ devKey: 'exampleappkey00000000001', devSecret: 'dummymastersecret0000001' },
			/^JSMS did not accept the keys/,
		],
	])('fail with a sentence when they %s', async (_, differs, sentence) => {
		expect(await test(differs)).toEqual(failing(expect.stringMatching(sentence)));
	});
});
