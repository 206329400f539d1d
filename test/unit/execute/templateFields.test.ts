import type { IHttpRequestOptions, ILoadOptionsFunctions } from 'n8n-workflow';

import { getTemplateFields } from '../../../nodes/JSms/execute/templateFields';

/** The fields that the editor shows for a template, and what it says where there are none. */

async function fieldsFor({
	templateId = 1250 as unknown,
	answer = { statusCode: 200, body: '{"temp_id":1250,"template":"{{name}}您好，{{order}}。","type":2}' },
	credentials = { jSmsApi: { id: '1', name: 'JSms API' } } as object | null,
	baseUrl = 'https://jsms.example.com/v1',
} = {}) {
	const asked: unknown[] = [];
	const context = {
		getCurrentNodeParameter: (name: string) => (name === 'templateId' ? templateId : undefined),
		getNode: () => ({ credentials }),
		getCredentials: async (name: string) => await Promise.resolve(name === 'jSmsApi' ? { baseUrl } : {}),
		helpers: {
			httpRequestWithAuthentication: async (credential: string, { method, url, timeout }: IHttpRequestOptions) => {
				asked.push([credential, method, url, timeout]);
				return await Promise.resolve({ headers: {}, ...answer });
			},
		},
	} as unknown as ILoadOptionsFunctions;
	return { asked, ...(await getTemplateFields.call(context)) };
}

it.each([1250, '1250'])(
	'gives the parameters of template %j as fields, with a notice that names them',
	async (templateId) => {
		const field = {
			required: true,
			defaultMatch: false,
			canBeUsedToMatch: false,
			display: true,
			type: 'string',
		};
		expect(await fieldsFor({ templateId })).toEqual({
			asked: [['jSmsApi', 'GET', 'https://jsms.example.com/v1/templates/1250', 10_000]],
			fields: [
				{ id: 'name', displayName: 'name', ...field },
				{ id: 'order', displayName: 'order', ...field },
			],
			emptyFieldsNotice: 'The parameters of template 1250: name, order.',
		});
	},
);

it.each(['{"temp_id":1250,"template":"您好。"}', '{}'])('says that there is nothing to fill in: %s', async (body) => {
	expect(await fieldsFor({ answer: { statusCode: 200, body } })).toMatchObject({
		fields: [],
		emptyFieldsNotice: 'Template 1250 has no parameters: there is nothing to fill in.',
	});
});

const ENTER = "Enter a 'Template ID' to see the template's parameters here.";
const NUMBER =
	"The parameters can only be shown if 'Template ID' is a number. With an expression, choose 'Name and Value Pairs' or 'JSON' above.";
it.each([
	['', ENTER],
	[null, ENTER],
	[0, ENTER],
	['0', ENTER],
	['={{ $json.id }}', NUMBER],
	[-1, NUMBER],
	[0.5, NUMBER],
	[1.5, NUMBER],
	[2 ** 53, NUMBER],
])('asks nothing for the ID %j, and says why', async (templateId, emptyFieldsNotice) => {
	expect(await fieldsFor({ templateId })).toEqual({ asked: [], fields: [], emptyFieldsNotice });
});

it('takes the smallest ID there is', async () => {
	expect((await fieldsFor({ templateId: 1 })).asked).toHaveLength(1);
});

it.each([[null], [{}]])('asks for a credential where there is none: %j', async (credentials) => {
	expect(await fieldsFor({ credentials })).toEqual({
		asked: [],
		fields: [],
		emptyFieldsNotice: "Choose a credential to see the template's parameters here.",
	});
});

it('says what is wrong with the address, and asks nobody there', async () => {
	expect(await fieldsFor({ baseUrl: 'http://jsms.example.com/v1' })).toEqual({
		asked: [],
		fields: [],
		emptyFieldsNotice: expect.stringContaining('unencrypted') as string,
	});
});

it('says why a template cannot be read, and what to do', async () => {
	const answer = { statusCode: 403, body: '{"error":{"code":50026,"message":"wrong msg_id"}}' };
	const { fields, emptyFieldsNotice } = await fieldsFor({ answer });
	expect(fields).toEqual([]);
	expect(emptyFieldsNotice).toMatch(
		/^Template 1250 could not be read\. JSMS does not know this message ID \(50026 .+\)\. [A-Z].+\.$/,
	);
});

it('asks again where nobody knows what became of the request: reading does no harm', async () => {
	const { asked } = await fieldsFor({ answer: { statusCode: 502, body: '' } });
	expect(asked).toHaveLength(3);
});
