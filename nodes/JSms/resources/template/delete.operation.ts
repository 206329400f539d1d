import { readTemplateId, templateIdField } from '../../fields/template';
import type { SingleOperation } from '../../model/operation';

/** DELETE /templates/{temp_id}: answers with an empty body. */
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
		return { method: 'DELETE', path: `/templates/${templateId}`, aside: { temp_id: templateId } };
	},
	toItems: (_answer, { aside }) => [{ deleted: true, ...aside }],
};
