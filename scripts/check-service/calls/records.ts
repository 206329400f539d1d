import { COMMON_TEMPLATE, UNKNOWN_ID, type Call } from '../call';

/** Templates and signatures: read, and refused. */
export const RECORDS: readonly Call[] = [
	{
		id: 'common-template',
		title: 'The template that is common to all accounts',
		method: 'GET',
		path: `/templates/${COMMON_TEMPLATE}`,
		fine: [50013],
	},
	{ id: 'unknown-template', title: 'Unknown template', method: 'GET', path: `/templates/${UNKNOWN_ID}` },
	{ id: 'template-word', title: 'A word as template ID', method: 'GET', path: '/templates/abc' },
	{ id: 'delete-template', title: 'DELETE an unknown template', method: 'DELETE', path: `/templates/${UNKNOWN_ID}` },
	{
		id: 'empty-template',
		title: 'POST /templates: an empty text',
		method: 'POST',
		path: '/templates',
		body: { template: '', type: 2 },
		fine: [50046],
	},
	{ id: 'unknown-sign', title: 'Unknown signature', method: 'GET', path: `/sign/${UNKNOWN_ID}` },
	{ id: 'delete-sign', title: 'DELETE an unknown signature', method: 'DELETE', path: `/sign/${UNKNOWN_ID}` },
	{ id: 'sign-json', title: 'POST /sign: JSON instead of a form', method: 'POST', path: '/sign', body: {} },
];

/** A template of one's own; of one that is not for codes `ttl` is unknown. */
export const ownTemplate = (template: number): Call => ({
	id: 'own-template',
	title: 'The template given by --template',
	method: 'GET',
	path: `/templates/${template}`,
});
