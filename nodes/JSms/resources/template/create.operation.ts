import { toId } from '../review';
import { readTemplateText, remarkOption, templateTextFields } from '../../fields/templateText';
import type { SingleOperation } from '../../model/operation';

/** POST /templates: a second one would be reviewed as well, so that creating is never repeated. */
export const create: SingleOperation = {
	kind: 'single',
	effect: 'once',
	value: 'create',
	name: 'Create',
	action: 'Create template',
	description: 'Create a template and submit it for review, which usually takes some working hours. It costs nothing.',
	fields: templateTextFields,
	options: [remarkOption],
	buildRequest: (input) => ({ method: 'POST', path: '/templates', body: readTemplateText(input) }),
	toItems: (body) => toId(body, 'temp_id'),
};
