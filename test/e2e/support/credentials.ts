import type { Instance } from './instance';
import { DEVELOPER_KEYS, KEYS, keysOfApplication } from '../../support/keys';
import { freePorts } from '../../../scripts/n8n/ports';
import { HTTP_REQUEST, START, httpRequestWorkflow } from './workflows';

/** The credential test, through the endpoint the editor uses. */
export function describeCredentials(get: () => Instance) {
	describe('credential test', () => {
		beforeEach(() => get().sandbox.reset());
		const run = async (data: object, type = 'jSmsApi') => {
			// n8n 1.x tests saved credentials alone, and saves none with empty fields; what is tested is the data given.
			const credential = { name: 'Tried', type, data: { baseUrl: get().sandbox.baseUrl, ...data } };
			const saved = get().credentials[type];
			return get().client.testCredential({ id: saved.id, ...credential });
		};

		test('right keys pass, and nothing is sent', async () => {
			expect(await run(KEYS)).toEqual(expect.objectContaining({ status: 'OK' }));
			expect(get().sandbox.ledger).toEqual([]);
			expect(get().sandbox.requests.map(({ method, path }) => `${method} ${path}`)).toEqual(['GET /v1/accounts/app']);
		});

		test('right developer keys pass', async () => {
			expect(await run(DEVELOPER_KEYS, 'jSmsDeveloperApi')).toEqual(expect.objectContaining({ status: 'OK' }));
		});

		test('right keys of an application without a quota of its own pass', async () => {
			expect(await run(keysOfApplication(4))).toEqual(expect.objectContaining({ status: 'OK' }));
		});

		test.each([
			['wrong keys', () => ({ ...KEYS, masterSecret: 'dummywrongsecret00000001' }), /Master Secret|keys/i],
			['no keys', () => ({ appKey: '', masterSecret: '' }), /Key|empty|fill/i],
			['an IP address that is not allowed', () => keysOfApplication(2), /IP/],
		])('%s fail with a sentence of their own', async (_, data, sentence) => {
			const result = await run(data());
			expect(result).toEqual({ status: 'Error', message: expect.stringMatching(sentence) });
		});

		test('an SMS service that is not opened is named', async () => {
			expect((await run(keysOfApplication(3))).message).toMatch(/SMS service/i);
		});

		test('a host that does not answer is named as such', async () => {
			const [port] = await freePorts(1);
			const result = await run({ ...KEYS, baseUrl: `http://127.0.0.1:${port}/v1` });
			expect(result.status).toBe('Error');
			expect(result.message).toMatch(/refused|reach|connect/i);
		});

		test('keys never go over plain http to anything but this machine', async () => {
			// Reaches the sandbox just as well, but is none of the names of a loopback host.
			const baseUrl = get().sandbox.baseUrl.replace('127.0.0.1', '0.0.0.0');
			expect((await fetch(`${baseUrl}/accounts/app`)).status).toBe(400);
			get().sandbox.reset();
			expect((await run({ ...KEYS, baseUrl })).status).toBe('Error');
			expect(get().sandbox.requests).toEqual([]);
		});
	});

	test.each([
		['jSmsApi', '/accounts/app', KEYS.masterSecret],
		['jSmsDeveloperApi', '/accounts/dev', DEVELOPER_KEYS.devSecret],
	])("n8n's HTTP Request node signs in with %s, and shows no key", async (type, path, secret) => {
		const { client, sandbox } = get();
		sandbox.reset();
		const saved = await client.createWorkflow(httpRequestWorkflow(get(), type, sandbox.baseUrl + path));
		const execution = await client.run(saved, START);
		expect(execution.status).toBe('success');
		expect(sandbox.requests).toMatchObject([{ path: `/v1${path}`, status: 200 }]);
		expect(execution.json(HTTP_REQUEST)).toHaveLength(1);
		expect(JSON.stringify(execution.runData)).not.toContain(secret);
	});
}
