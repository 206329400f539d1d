import fs from 'node:fs';
import path from 'node:path';
import type { Instance } from './instance';
import { ROOT } from '../../support/root';
import type { IConnection, INode, INodeParameters } from 'n8n-workflow';
import type { Execution } from '../../../scripts/n8n/client';
import type { ExportedWorkflow, SavedWorkflow } from '../../support/n8nTypes';

export const TYPE = 'n8n-nodes-jsms.jSms';
export const TRIGGER_TYPE = `${TYPE}Trigger`;
const RECEIPT_TRIGGER_TYPE = 'n8n-nodes-jsms.jSmsReceiptTrigger';
const VERIFICATION_TRIGGER_TYPE = 'n8n-nodes-jsms.jSmsVerificationTrigger';

/** What nodes of n8n sign in with, and what callers of its webhooks and forms do. */
const CREDENTIAL_TYPES: Record<string, string | undefined> = {
	'n8n-nodes-base.postgres': 'postgres',
	'n8n-nodes-base.googleSheets': 'googleSheetsOAuth2Api',
	'n8n-nodes-base.googleCalendar': 'googleCalendarOAuth2Api',
};
const AUTHENTICATIONS: Record<string, string | undefined> = {
	headerAuth: 'httpHeaderAuth',
	basicAuth: 'httpBasicAuth',
};

/** Names of the nodes in the workflows made here. */
export const START = 'Start';
export const ITEMS = 'Items';
export const JSMS = 'JSms';
export const JSMS_TRIGGER = 'JSms Trigger';
export const RECEIPT_TRIGGER = 'JSms Receipt Trigger';
export const VERIFICATION_TRIGGER = 'JSms Verification Trigger';
export const HTTP_REQUEST = 'HTTP Request';

type WithCredentials = Pick<Instance, 'credentials'>;
type Parameters = Record<string, unknown>;

export interface JsmsOptions {
	/** What flows into the JSms node; one empty item when absent. */
	items?: object[];
	/** JavaScript that makes the items instead. */
	code?: string;
	/** Of the JSms node, such as `onError`. */
	settings?: Partial<INode>;
	/** Instead of the instance's own. */
	credentials?: INode['credentials'];
}

/**
 * Start → Items → JSms.
 * @param parameters Of the JSms node
 */
export function jsmsWorkflow(
	instance: WithCredentials,
	parameters: Parameters,
	{ items = [{}], code, settings = {}, credentials }: JsmsOptions = {},
): ExportedWorkflow {
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

/** Start → HTTP Request, n8n's own node, which signs in with a credential of the package. */
export function httpRequestWorkflow({ credentials }: Instance, credentialType: string, url: string) {
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

function node(name: string, type: string, typeVersion: number, parameters: Parameters): INode {
	const id = name.toLowerCase();
	return { id, name, type, typeVersion, position: [0, 0], parameters: parameters as INodeParameters };
}

function to(name: string): { main: IConnection[][] } {
	return { main: [[{ node: name, type: 'main', index: 0 }]] };
}

/** Saves and runs such a workflow. */
export async function runJsms(
	instance: Pick<Instance, 'client' | 'credentials'>,
	parameters: Parameters,
	options?: JsmsOptions,
): Promise<Execution> {
	const saved = await instance.client.createWorkflow(jsmsWorkflow(instance, parameters, options));
	return instance.client.run(saved, START);
}

/**
 * Imports a published workflow file, the credentials put in as a user would.
 * @param file Relative to the repository
 * @param parameters By the name of the node: what a user would fill in; `options.timeout` is the option of that name
 * @param standIns By the name of the node: what replaces a service that the test does not have. Everything else is as published
 */
export async function importWorkflow(
	instance: Instance,
	file: string,
	parameters: Record<string, Record<string, unknown>> = {},
	standIns: Record<string, Pick<INode, 'type' | 'typeVersion' | 'parameters'>> = {},
): Promise<SavedWorkflow> {
	const workflow = JSON.parse(fs.readFileSync(path.join(ROOT, file), 'utf8')) as ExportedWorkflow;
	const byName = new Map(workflow.nodes.map((one) => [one.name, one]));
	for (const [name, standIn] of Object.entries(standIns)) Object.assign(byName.get(name) ?? {}, standIn);
	for (const [name, given] of Object.entries(parameters)) {
		const found = byName.get(name);
		if (!found) throw new Error(`${file} has no node "${name}".`);
		for (const [key, value] of Object.entries(given)) fillIn(found.parameters, key.split('.'), value);
	}
	return instance.client.createWorkflow(withCredentials(workflow, instance.credentials));
}

/**
 * A published workflow with credentials put in, as a user would.
 * @param credentials By credential type
 */
export function withCredentials(
	workflow: ExportedWorkflow,
	credentials: Record<string, { id: string; name: string }>,
): ExportedWorkflow {
	const credentialsOf = ({ type, parameters }: INode): Pick<INode, 'credentials'> => {
		const wanted = type.startsWith(TYPE)
			? 'jSmsApi'
			: (AUTHENTICATIONS[String(parameters.authentication)] ?? CREDENTIAL_TYPES[type]);
		return wanted && credentials[wanted] ? { credentials: { [wanted]: credentials[wanted] } } : {};
	};
	return { ...workflow, nodes: workflow.nodes.map((one) => ({ ...one, ...credentialsOf(one) })) };
}

function fillIn(parameters: object, [name, ...rest]: string[], value: unknown) {
	const fields = parameters as Record<string, unknown>;
	if (rest.length === 0) fields[name] = value;
	else fillIn((fields[name] ??= {}) as object, rest, value);
}

/**
 * JSms Trigger → Received, which is n8n's node that does nothing.
 * @param webhookId First part of the path; the editor makes it up
 * @param parameters Of the trigger
 * @returns Unsaved; the path as `N8nClient.activate` wants it
 */
export function triggerWorkflow(
	instance: WithCredentials,
	webhookId: string,
	parameters: Parameters = {},
): { workflow: ExportedWorkflow; path: string } {
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
 * @param jsCode What the node behind it does
 */
export function verificationWorkflow(
	instance: WithCredentials,
	webhookId: string,
	parameters: Parameters = {},
	jsCode = 'return $input.all();',
): { workflow: ExportedWorkflow; path: string } {
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
 * @param maxRecords of one poll
 */
export function pollingWorkflow(instance: WithCredentials, maxRecords = 5000): ExportedWorkflow {
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
