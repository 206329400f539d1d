import type { INodeProperties } from 'n8n-workflow';

import { toWholeNumber } from './numbers';
import type { Read } from '../model/inputProblem';

export const templateIdField: INodeProperties = {
	displayName: 'Template ID',
	name: 'templateId',
	type: 'number',
	// WHY not 0: the form would show it, and no template has that ID.
	default: '',
	required: true,
	typeOptions: { minValue: 0, numberPrecision: 0 },
	placeholder: 'e.g. 1250',
	description: 'The ID of an approved template, from the Jiguang console (短信管理 > 模版管理)',
	hint: 'Only approved templates can be sent',
	builderHint: {
		propertyHint: "ID of a template in the user's Jiguang console. Never make one up; ask for it or leave it empty.",
	},
};

/**
 * Reads the ID of the template.
 * @throws InputProblem when it is no positive whole number
 */
export function readTemplateId(read: Read): number {
	const hint = "Copy the ID from the Jiguang console (短信管理 > 模版管理) into 'Template ID'.";
	return toWholeNumber(read('templateId'), "'Template ID'", { min: 1, max: Number.MAX_SAFE_INTEGER }, hint);
}
