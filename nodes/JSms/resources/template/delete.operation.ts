import { readTemplateId, templateIdField } from '../../fields/template';
import type { SingleOperation } from '../../model/operation';

/** DELETE /templates/{temp_id}: responds with an empty body. */
export const deleteTemplate: SingleOperation = {
	kind: 'single',
	effect: 'delete',
	value: 'delete',
	name: 'Delete',
	action: 'Delete template',
	description: 'Delete a template for good. Nothing can be sent with it afterwards.',
	fields: [templateIdField],
	expects: 'empty',
	buildRequest: ({ read }) => {
		const templateId = readTemplateId(read);
		return { method: 'DELETE', path: `/templates/${templateId}`, metadata: { temp_id: templateId } };
	},
	toItems: (_response, { metadata }) => [{ deleted: true, ...metadata }],
};
