import { JSmsApi } from '../../credentials/JSmsApi.credentials';
import { JSmsDeveloperApi } from '../../credentials/JSmsDeveloperApi.credentials';

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

	it(`${name} signs in with HTTP Basic of its two keys`, () => {
		const [key, secret] = fields;
		expect(credential.authenticate).toEqual({
			type: 'generic',
			properties: { auth: { username: `={{$credentials.${key}}}`, password: `={{$credentials.${secret}}}` } },
		});
	});

	it(`${name} points at JSMS unless told otherwise`, () => {
		expect(credential.properties[2].default).toBe('https://api.sms.jpush.cn/v1');
	});

	it(`${name} is tested with a call that cannot send an SMS`, () => {
		expect(credential.test.request.method ?? 'GET').toBe('GET');
		expect(credential.test.request.url).toMatch(/^\/accounts\/(app|dev)$/);
	});
});
