'use strict';

const fs = require('node:fs');
const path = require('node:path');
const { ROOT } = require('./instance');

const TYPE = 'n8n-nodes-jsms.jSms';
const TRIGGER_TYPE = `${TYPE}Trigger`;
const RECEIPT_TRIGGER_TYPE = 'n8n-nodes-jsms.jSmsReceiptTrigger';
const VERIFICATION_TRIGGER_TYPE = 'n8n-nodes-jsms.jSmsVerificationTrigger';

/** What nodes of n8n sign in with, and what callers of its webhooks and forms do. */
const CREDENTIAL_TYPES = {
	'n8n-nodes-base.postgres': 'postgres',
	'n8n-nodes-base.googleSheets': 'googleSheetsOAuth2Api',
	'n8n-nodes-base.googleCalendar': 'googleCalendarOAuth2Api',
};
const AUTHENTICATIONS = { headerAuth: 'httpHeaderAuth', basicAuth: 'httpBasicAuth' };

/** Names of the nodes in the workflows made here. */
const START = 'Start';
const ITEMS = 'Items';
const JSMS = 'JSms';
const JSMS_TRIGGER = 'JSms Trigger';
const RECEIPT_TRIGGER = 'JSms Receipt Trigger';
const VERIFICATION_TRIGGER = 'JSms Verification Trigger';
const HTTP_REQUEST = 'HTTP Request';

/**
 * Start → Items → JSms.
 *
 * @param {import('./instance').Instance} instance
 * @param {Record<string, unknown>} parameters Of the JSms node
 * @param {object} [options]
 * @param {object[]} [options.items] What flows into the JSms node; one empty item when absent
 * @param {string} [options.code] JavaScript that makes the items instead
 * @param {Record<string, unknown>} [options.settings] Of the JSms node, such as `onError`
 * @param {Record<string, {id: string, name: string}>} [options.credentials] Instead of the instance's own
 */
function jsmsWorkflow(instance, parameters, { items = [{}], code, settings = {}, credentials } = {}) {
	const jsCode = code ?? `return ${JSON.stringify(items.map((json) => ({ json })))};`;
	return {
		name: `Test ${parameters.resource}: ${parameters.operation}`,
		nodes: [
			node(START, 'n8n-nodes-base.manualTrigger', 1, {}),
			node(ITEMS, 'n8n-nodes-base.code', 2, { jsCode }),
			{
				...node(JSMS, TYPE, 1, { options: {}, ...parameters }),
				credentials: credentials ?? instance.credentials,
				...settings,
			},
		],
		connections: { [START]: to(ITEMS), [ITEMS]: to(JSMS) },
		settings: { executionOrder: 'v1' },
	};
}

/**
 * Start → HTTP Request, n8n's own node, which signs in with a credential of the package.
 *
 * @param {import('./instance').Instance} instance
 * @param {string} credentialType
 * @param {string} url
 */
function httpRequestWorkflow({ credentials }, credentialType, url) {
	const parameters = {
		url,
		authentication: 'predefinedCredentialType',
		nodeCredentialType: credentialType,
		options: {},
	};
	return {
		name: `Test HTTP Request: ${credentialType}`,
		nodes: [
			node(START, 'n8n-nodes-base.manualTrigger', 1, {}),
			{
				...node(HTTP_REQUEST, 'n8n-nodes-base.httpRequest', 4.2, parameters),
				credentials: { [credentialType]: credentials[credentialType] },
			},
		],
		connections: { [START]: to(HTTP_REQUEST) },
		settings: { executionOrder: 'v1' },
	};
}

function node(name, type, typeVersion, parameters) {
	return { id: name.toLowerCase(), name, type, typeVersion, position: [0, 0], parameters };
}

function to(name) {
	return { main: [[{ node: name, type: 'main', index: 0 }]] };
}

/**
 * Saves and runs such a workflow.
 *
 * @returns {Promise<import('../../../scripts/n8n/client').Execution>}
 */
async function runJsms(instance, parameters, options) {
	const saved = await instance.client.createWorkflow(jsmsWorkflow(instance, parameters, options));
	return instance.client.run(saved, START);
}

/**
 * Imports a published workflow file, the credentials put in as a user would.
 *
 * @param {import('./instance').Instance} instance
 * @param {string} file Relative to the repository
 * @param {Record<string, Record<string, unknown>>} [parameters] By the name of the node: what a user would fill in;
 *   `options.timeout` is the option of that name
 * @param {Record<string, {type: string, typeVersion: number, parameters: object}>} [standIns] By the name of the node: what replaces
 *   a service that the test does not have. Everything else is as published
 */
async function importWorkflow(instance, file, parameters = {}, standIns = {}) {
	const workflow = JSON.parse(fs.readFileSync(path.join(ROOT, file), 'utf8'));
	const byName = new Map(workflow.nodes.map((one) => [one.name, one]));
	for (const [name, standIn] of Object.entries(standIns)) Object.assign(byName.get(name), standIn);
	for (const [name, given] of Object.entries(parameters)) {
		if (!byName.has(name)) throw new Error(`${file} has no node "${name}".`);
		for (const [key, value] of Object.entries(given)) fillIn(byName.get(name).parameters, key.split('.'), value);
	}
	return instance.client.createWorkflow(withCredentials(workflow, instance.credentials));
}

/**
 * A published workflow with credentials put in, as a user would.
 *
 * @param {any} workflow
 * @param {Record<string, {id: string, name: string}>} credentials By credential type
 */
function withCredentials(workflow, credentials) {
	const credentialsOf = ({ type, parameters }) => {
		const wanted = type.startsWith(TYPE)
			? 'jSmsApi'
			: (AUTHENTICATIONS[parameters.authentication] ?? CREDENTIAL_TYPES[type]);
		return wanted && credentials[wanted] ? { credentials: { [wanted]: credentials[wanted] } } : {};
	};
	return { ...workflow, nodes: workflow.nodes.map((one) => ({ ...one, ...credentialsOf(one) })) };
}

/** @param {Record<string, any>} parameters @param {string[]} where @param {unknown} value */
function fillIn(parameters, [name, ...rest], value) {
	if (rest.length === 0) parameters[name] = value;
	else fillIn((parameters[name] ??= {}), rest, value);
}

/**
 * JSms Trigger → Received, which is n8n's node that does nothing.
 *
 * @param {import('./instance').Instance} instance
 * @param {string} webhookId First part of the path; the editor makes it up
 * @param {Record<string, unknown>} [parameters] Of the trigger
 * @returns {{workflow: object, path: string}} Unsaved; the path as `N8nClient.activate` wants it
 */
function triggerWorkflow(instance, webhookId, parameters = {}) {
	const trigger = node(JSMS_TRIGGER, TRIGGER_TYPE, 2, { options: {}, ...parameters });
	return {
		workflow: {
			name: `Test callbacks: ${webhookId}`,
			nodes: [
				{ ...trigger, webhookId, credentials: { jSmsApi: instance.credentials.jSmsApi } },
				node('Received', 'n8n-nodes-base.noOp', 1, {}),
			],
			connections: { [JSMS_TRIGGER]: to('Received') },
			settings: { executionOrder: 'v1' },
		},
		path: `/webhook/${webhookId}/jsms`,
	};
}

/**
 * JSms Verification Trigger → Verified.
 *
 * @param {Pick<import('./instance').Instance, 'credentials'>} instance
 * @param {string} webhookId
 * @param {Record<string, unknown>} [parameters]
 * @param {string} [jsCode] What the node behind it does
 */
function verificationWorkflow(instance, webhookId, parameters = {}, jsCode = 'return $input.all();') {
	const trigger = node(VERIFICATION_TRIGGER, VERIFICATION_TRIGGER_TYPE, 2, {
		templateId: 1,
		options: {},
		...parameters,
	});
	return {
		workflow: {
			name: `Test verification: ${webhookId}`,
			nodes: [
				{ ...trigger, webhookId, credentials: { jSmsApi: instance.credentials.jSmsApi } },
				node('Verified', 'n8n-nodes-base.code', 2, { jsCode }),
			],
			connections: { [VERIFICATION_TRIGGER]: to('Verified') },
			settings: { executionOrder: 'v1' },
		},
		path: `/webhook/${webhookId}/verify`,
	};
}

/**
 * The polling trigger, once a minute.
 *
 * @param {Pick<import('./instance').Instance, 'credentials'>} instance
 * @param {number} [maxRecords] of one poll
 */
function pollingWorkflow(instance, maxRecords = 5000) {
	const parameters = {
		pollTimes: { item: [{ mode: 'everyMinute' }] },
		events: ['deliveryReport'],
		options: { maxRecords },
	};
	return {
		name: 'Test polling',
		nodes: [
			{
				...node(RECEIPT_TRIGGER, RECEIPT_TRIGGER_TYPE, 1, parameters),
				credentials: { jSmsApi: instance.credentials.jSmsApi },
			},
			node('Received', 'n8n-nodes-base.noOp', 1, {}),
		],
		connections: { [RECEIPT_TRIGGER]: to('Received') },
		settings: { executionOrder: 'v1' },
	};
}

/** Value of a resource mapper that maps each template parameter by hand. */
function templateFields(value) {
	return {
		mappingMode: 'defineBelow',
		value,
		matchingColumns: [],
		schema: Object.keys(value).map((id) => ({
			id,
			displayName: id,
			required: true,
			defaultMatch: false,
			display: true,
			type: 'string',
			canBeUsedToMatch: false,
		})),
	};
}

module.exports = {
	HTTP_REQUEST,
	ITEMS,
	JSMS,
	JSMS_TRIGGER,
	START,
	TRIGGER_TYPE,
	TYPE,
	RECEIPT_TRIGGER,
	httpRequestWorkflow,
	importWorkflow,
	jsmsWorkflow,
	runJsms,
	templateFields,
	pollingWorkflow,
	triggerWorkflow,
	VERIFICATION_TRIGGER,
	verificationWorkflow,
	withCredentials,
};
