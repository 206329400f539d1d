import { toId } from '../review';
import { readTemplateId, templateIdField } from '../../fields/template';
import { readTemplateText, remarkOption, templateTextFields } from '../../fields/templateText';
import type { SingleOperation } from '../../model/operation';

/**
 * PUT /templates/{temp_id}: rejected templates only; the ID stands in the body, too, as the table of the page has it. Not
 * repeated: what arrived is under review, so that a second try would be refused (50047) and look as if nothing had happened.
 */
export const update: SingleOperation = {
	kind: 'single',
	effect: 'once',
	value: 'update',
	name: 'Update',
	action: 'Update template',
	description: 'Change a rejected template and submit it for review again',
	fields: [templateIdField, ...templateTextFields],
	options: [remarkOption],
	buildRequest: (input) => {
		const templateId = readTemplateId(input.read);
		return {
			method: 'PUT',
			path: `/templates/${templateId}`,
			body: { temp_id: templateId, ...readTemplateText(input) },
		};
	},
	toItems: (body) => toId(body, 'temp_id'),
};
