'use strict';

/** What every comparison works on: a contact list, a template with three parameters, and nodes set up as the editor does. */

/** Keys of the sandbox's application in which everything works. */
const KEYS = { appKey: 'exampleappkey00000000001', masterSecret: 'dummymastersecret0000001' };

/** Template of the sandbox with the parameters name, order and date. */
const TEMPLATE = 2001;

const PARAMETERS = ['name', 'order', 'date'];

/** Recipients of one request, the service's limit. */
const PER_REQUEST = 1000;

/** Requests under way at once, the default of the node. */
const CONCURRENCY = 4;

/** Sandbox settings that stand in nobody's way: no limits per number, no records kept of bodies. */
const SANDBOX_SETTINGS = { quota: 'unlimited', frequencyRules: 'off', magicEndings: false, recordBodies: false };

/**
 * A field dragged into a parameter; with `plain` off, the same reference written so that n8n has to evaluate it.
 *
 * @param {string} field
 * @param {boolean} [plain]
 */
function dragged(field, plain = true) {
	return plain ? `={{ $json.${field} }}` : `={{ ($json.${field}) }}`;
}

/**
 * Parameters of the JSms node as the editor stores them: mobile and three template parameters mapped by dragging.
 *
 * @param {'send' | 'sendBatch'} operation
 * @param {{plain?: boolean, options?: Record<string, unknown>}} [settings]
 */
function jsmsParameters(operation, { plain = true, options = {} } = {}) {
	return {
		resource: 'message',
		operation,
		...(operation === 'sendBatch' && { recipientsFrom: 'inputItems' }),
		mobile: dragged('mobile', plain),
		templateId: TEMPLATE,
		parameterMode: 'templateFields',
		templateFields: {
			mappingMode: 'defineBelow',
			value: Object.fromEntries(PARAMETERS.map((name) => [name, dragged(name, plain)])),
			matchingColumns: [],
			schema: PARAMETERS.map((id) => ({
				id,
				displayName: id,
				required: true,
				defaultMatch: false,
				display: true,
				type: 'string',
				canBeUsedToMatch: false,
			})),
		},
		options,
	};
}

module.exports = {
	CONCURRENCY,
	KEYS,
	PARAMETERS,
	PER_REQUEST,
	SANDBOX_SETTINGS,
	TEMPLATE,
	dragged,
	jsmsParameters,
};
