import { toReviewed } from '../review';
import { readTemplateId, templateIdField } from '../../fields/template';
import type { SingleOperation } from '../../model/operation';

/** GET /templates/{temp_id}: does not tell why a template was rejected; only the callback does. */
export const get: SingleOperation = {
	kind: 'single',
	effect: 'idempotent',
	value: 'get',
	name: 'Get',
	action: 'Get template',
	description: 'Read a template and the state of its review',
	fields: [templateIdField],
	buildRequest: ({ read }) => ({ method: 'GET', path: `/templates/${readTemplateId(read)}` }),
	toItems: toReviewed,
};
