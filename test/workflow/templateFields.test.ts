import { jsmsAt, keysOf } from '../support/jsms';
import { NOBODY, useService } from './service';

/** What the editor shows as fields after a template ID is entered. */
const service = useService();
interface Fields {
	fields: Array<Record<string, unknown>>;
	emptyFieldsNotice?: string;
}
const ask = async (templateId: unknown, jsms = service.jsms, credentials = service.keys as object) =>
	(await jsms.callMethod({
		group: 'resourceMapping',
		method: 'getTemplateFields',
		parameters: { resource: 'message', operation: 'send', templateId: templateId as never },
		path: 'parameters.templateFields',
		credentials: credentials as never,
	})) as Fields;

it("are the template's own parameters, all required, in the order of the text", async () => {
	const { fields } = await ask(2001);
	expect(fields).toEqual(
		['name', 'order', 'date'].map((id) => ({
			id,
			displayName: id,
			required: true,
			defaultMatch: false,
			canBeUsedToMatch: false,
			display: true,
			type: 'string',
		})),
	);
	expect(service.calls).toEqual(['GET /templates/2001']);
});

it.each([
	['the template has none', 2002, /has no parameters/],
	['no template ID is entered yet', 0, /^Enter a 'Template ID'/],
	['the field is empty', '', /^Enter a 'Template ID'/],
	['the template ID is an expression', '={{ $json.id }}', /expression/],
	['there is no such template', 9999, /^Template 9999 could not be read\. .*invalid temp_id/],
])('are none when %s, and a sentence says so', async (_, templateId, sentence) => {
	const { fields, emptyFieldsNotice } = await ask(templateId);
	expect(fields).toEqual([]);
	expect(emptyFieldsNotice).toMatch(sentence);
});

it.each([0, '', '={{ $json.id }}', -1, 1.5, 'abc'])(
	'ask nothing of the service for the template ID %j',
	async (templateId) => {
		await ask(templateId);
		expect(service.calls).toEqual([]);
	},
);

it('are none with wrong keys, and a sentence says what is wrong without showing them', async () => {
	const keys = { jSmsApi: { ...keysOf(service.sandbox.baseUrl).jSmsApi, masterSecret: 'dummy-wrong-secret' } };
	const { fields, emptyFieldsNotice } = await ask(2001, service.jsms, keys);
	expect(fields).toEqual([]);
	expect(emptyFieldsNotice).toContain('(50002 auth failed)');
	expect(emptyFieldsNotice).not.toContain('dummy');
});

it('are none without a credential, and a sentence says so', async () => {
	const { fields, emptyFieldsNotice } = await ask(2001, service.jsms, {});
	expect([fields, emptyFieldsNotice]).toEqual([[], expect.stringMatching(/credential/i)]);
});

it.each([
	['cannot be reached', NOBODY, /could not connect to JSMS \(ECONNREFUSED\)/],
	['would get the keys unencrypted', 'http://jsms.example.com/v1', /starts with http/],
])('are none when the service %s, and a sentence says so', async (_, baseUrl, sentence) => {
	const { fields, emptyFieldsNotice } = await ask(2001, jsmsAt(baseUrl), keysOf(baseUrl));
	expect(fields).toEqual([]);
	expect(emptyFieldsNotice).toMatch(sentence);
});

it('come also after the service stumbled once', async () => {
	service.sandbox.fault({ kind: 'answer', status: 503, body: '<html>' });
	expect((await ask(1250)).fields.map(({ id }) => id)).toEqual(['number']);
});
