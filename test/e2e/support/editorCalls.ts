import { TYPE } from './workflows';
import type { Instance } from './instance';

const FIELD = { methodName: 'getTemplateFields', parameterPath: 'parameters.templateFields' };

/** What the editor asks while somebody fills in the node. */
export function describeEditorCalls(get: () => Instance) {
	describe('template fields, through the editor’s own endpoint', () => {
		beforeEach(() => get().sandbox.reset());
		const fieldsOf = (templateId: number) =>
			get().client.resourceMapperFields(
				{
					type: TYPE,
					parameters: { resource: 'message', operation: 'send', templateId, parameterMode: 'templateFields' },
					credentials: get().credentials,
				},
				FIELD,
			);

		test('a template’s own parameters come as fields', async () => {
			const { fields } = await fieldsOf(2001);
			expect(fields.map(({ id }) => id)).toEqual(['name', 'order', 'date']);
			expect(get().sandbox.requests.map(({ method, path }) => `${method} ${path}`)).toEqual(['GET /v1/templates/2001']);
		});

		test('a template without parameters has no fields', async () => {
			expect((await fieldsOf(2002)).fields).toEqual([]);
		});

		test('a template that does not exist gets a sentence, not a crash', async () => {
			const answer = await fieldsOf(999999).catch((error) => error.body);
			expect(JSON.stringify(answer)).toMatch(/template/i);
		});
	});
}
