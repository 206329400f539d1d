import { type ICredentialDataDecryptedObject, type INodeType, Workflow } from 'n8n-workflow';

import { JSmsApi } from '../../credentials/JSmsApi.credentials';
import { JSmsDeveloperApi } from '../../credentials/JSmsDeveloperApi.credentials';

/** A workflow to evaluate expressions in. */
const node = {
	id: '1',
	name: 'Node',
	type: 'node',
	typeVersion: 1,
	position: [0, 0] as [number, number],
	parameters: {},
};
const nodeType = { description: { properties: [] } } as unknown as INodeType;
const nodeTypes = { getByName: () => nodeType, getByNameAndVersion: () => nodeType, getKnownTypes: () => ({}) };
const workflow = new Workflow({ nodes: [node], connections: {}, active: false, nodeTypes });

const FIELDS = [
	[new JSmsApi(), 'jSmsApi', 'JSms API', ['appKey', 'masterSecret', 'baseUrl']],
	[new JSmsDeveloperApi(), 'jSmsDeveloperApi', 'JSms Developer API', ['devKey', 'devSecret', 'baseUrl']],
] as const;

describe.each(FIELDS)('%#', (credential, name, displayName, fields) => {
	it(`${name} has the fields of the contract, the secret alone masked`, () => {
		expect([credential.name, credential.displayName]).toEqual([name, displayName]);
		expect(credential.properties.map((property) => property.name)).toEqual(fields);
		expect(credential.properties.map(({ typeOptions }) => typeOptions?.password ?? false)).toEqual([
			false,
			true,
			false,
		]);
		expect(credential.properties.map(({ required }) => required)).toEqual([true, true, true]);
	});

	it(`${name} signs in with HTTP Basic of its two keys, and changes nothing else of the request`, async () => {
		const [key, secret] = fields;
		const { authenticate } = credential;
		if (typeof authenticate !== 'function') throw new Error('Expressions would be evaluated for every request');
		const request = Object.freeze({ url: '/codes', headers: { 'X-Own': '1' }, body: '{}' });
		const signed = async (keys: ICredentialDataDecryptedObject) => await authenticate(keys, request);
		expect(await signed({ [key]: 'example', [secret]: 'dummy', baseUrl: 'https://jsms.example.com' })).toEqual({
			...request,
			auth: { username: 'example', password: 'dummy' },
		});
		// What n8n's own way makes of them.
		expect(await signed({ [key]: 5 })).toEqual({ ...request, auth: { username: '5', password: '' } });
	});

	it(`${name} points at JSMS unless told otherwise`, () => {
		expect(credential.properties[2].default).toBe('https://api.sms.jpush.cn/v1');
	});

	it(`${name} is tested with a call that cannot send an SMS`, () => {
		expect(credential.test.request.method ?? 'GET').toBe('GET');
		expect(credential.test.request.url).toMatch(/^\/accounts\/(app|dev)$/);
	});

	it(`${name} has icons for both themes, and a page that explains it`, () => {
		expect(credential.icon).toEqual({ light: 'file:../icons/jsms.svg', dark: 'file:../icons/jsms.dark.svg' });
		expect(credential.documentationUrl).toMatch(/^https:\/\/github\.com\/.+#credentials$/);
	});

	it(`${name} sends its keys nowhere but to the address that was entered`, () => {
		const { baseURL, allowedDomains, disableFollowRedirect, timeout } = credential.test.request;
		expect([disableFollowRedirect, timeout]).toEqual([true, 15_000]);
		const evaluate = (expression: unknown, baseUrl: string) =>
			workflow.expression.getSimpleParameterValue(node, String(expression), 'manual', { $credentials: { baseUrl } });
		expect(evaluate(baseURL, ' https://jsms.example.com/v1// ')).toBe('https://jsms.example.com/v1');
		expect(evaluate(allowedDomains, 'https://jsms.example.com/v1')).toBe('');
		for (const unsafe of ['http://jsms.example.com', 'ftp://localhost', 'https://a@b', '']) {
			expect(evaluate(baseURL, unsafe)).toBe('https://base-url-must-start-with-https.invalid');
			expect(evaluate(allowedDomains, unsafe)).toBe(
				'those with a Base URL that starts with https (http only for this machine)',
			);
		}
	});
});
