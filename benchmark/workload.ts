/** What every comparison works on: a contact list, a template with three parameters, and nodes set up as the editor does. */
import type { INodeParameters } from 'n8n-workflow';
import type { Settings } from '../sandbox/settings';
import { templateFields } from '../test/support/operations';

/** Template of the sandbox with the parameters name, order and date. */
export const TEMPLATE = 2001;

export const PARAMETERS = ['name', 'order', 'date'];

/** Recipients of one request, the service's limit. */
export const PER_REQUEST = 1000;

/** Requests under way at once, the default of the node. */
export const CONCURRENCY = 4;

/** Sandbox settings that stand in nobody's way: no limits per number, no records kept of bodies. */
export const SANDBOX_SETTINGS: Partial<Settings> = {
	quota: 'unlimited',
	frequencyRules: 'off',
	magicEndings: false,
	recordBodies: false,
};

/** How the value of a field is written into a parameter. */
export const REFER: Record<string, (field: string) => string> = {
	/** As dragging from the node before writes it. */
	dragged: (field) => `={{ $json.${field} }}`,
	/** The same, written so that n8n has to evaluate it. */
	evaluated: (field) => `={{ ($json.${field}) }}`,
	/** As dragging from the first node writes it, which hands the contacts out. */
	earlier: (field) => `={{ $('Gen').item.json.${field} }}`,
	/** Text around the field, where a text may be. */
	text: (field) => (field === 'mobile' ? REFER.dragged(field) : `=No. {{ $json.${field} }}`),
};

/** Parameters of the JSms node as the editor stores them: mobile and three template parameters mapped by dragging. */
export function jsmsParameters(
	operation: 'send' | 'sendBatch',
	{ refer = REFER.dragged, options = {} }: { refer?: (field: string) => string; options?: INodeParameters } = {},
): INodeParameters {
	return {
		resource: 'message',
		operation,
		...(operation === 'sendBatch' && { recipientsFrom: 'inputItems' }),
		mobile: refer('mobile'),
		templateId: TEMPLATE,
		parameterMode: 'templateFields',
		templateFields: templateFields(Object.fromEntries(PARAMETERS.map((name) => [name, refer(name)]))),
		options,
	};
}
