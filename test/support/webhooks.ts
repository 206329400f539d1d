/**
 * Puts a trigger's webhooks behind a real HTTP server, with n8n-core's WebhookContext, and answers as n8n does. Types and
 * the meaning of every option: webhooks.d.ts beside this file.
 */
import { createServer } from 'node:http';
import { parse } from 'node:querystring';
import { core } from './n8n';
const { HookContext, WebhookContext } = core;
import { createAdditionalData, createWorkflow } from './workflow';
import type { INodeExecutionData, INodeParameters, WorkflowExecuteMode } from 'n8n-workflow';
import type { NodeUnderTest } from './engine';

export interface HostOptions {
	/** Of the trigger, as in a saved workflow. */
	parameters?: INodeParameters;
	/** `webhook` for the production URL (default), `manual` for the test URL. */
	mode?: WorkflowExecuteMode;
	workflowId?: string;
	/** Stands for n8n storing the execution: a rejection is answered with 500, and there is no execution. */
	start?: (data: INodeExecutionData[][]) => Promise<void>;
	/** Stands for the execution of a trigger that waits for its last node: gives the item of that node; a rejection is a failure. */
	finish?: (data: INodeExecutionData[][]) => Promise<object>;
	/** Addresses on the way from the visitor, as n8n sees them with N8N_PROXY_HOPS; none without. */
	ips?: string[];
}

export interface HostedTrigger {
	/** Where the trigger's webhooks are. */
	url: string;
	/** The items each execution began with, in the order in which they were started. */
	executions: INodeExecutionData[][];
	/** What n8n calls when the workflow is activated and deactivated. */
	callLifecycle(method: 'checkExists' | 'create' | 'delete'): Promise<boolean>;
	close(): Promise<void>;
}

const PATH = '/webhook/0000-test/jsms';

/**
 * Puts a trigger behind a real HTTP server, with n8n-core's own contexts. As n8n 2.x does, it answers after the execution
 * was started.
 */
export async function hostTrigger(
	{ name, type, nodeType, credentialTypes = [], credentials = {} }: NodeUnderTest,
	{
		parameters = {},
		mode = 'webhook',
		workflowId = 'test-workflow',
		start = async () => {},
		finish = async () => ({}),
		ips = [],
	}: HostOptions = {},
): Promise<HostedTrigger> {
	const declared = (nodeType.description.credentials ?? []).filter((entry) => Object.hasOwn(credentials, entry.name));
	const workflow = createWorkflow({
		nodes: [
			{
				name,
				type,
				parameters,
				credentials: Object.fromEntries(declared.map((entry) => [entry.name, { id: '1', name: entry.name }])),
			},
		],
		connections: {},
		types: { [type]: nodeType },
		workflowId,
		active: mode !== 'manual',
	});
	const node = workflow.getNode(name);
	const dataFor = (extra) => ({
		...createAdditionalData({ workflow, mode, executionId: undefined, credentialTypes, credentials }),
		...extra,
	});
	const executions: object[][] = [];

	async function handle(request, response) {
		const { pathname, search } = new URL(request.url, 'http://n8n.test');
		const webhookDescription = nodeType.description.webhooks.find(({ httpMethod }) => httpMethod === request.method);
		if (pathname !== PATH || !webhookDescription) return end(response, 404, { message: 'not registered' });
		likeExpress(request, response, ips);
		request.query = parse(search.slice(1));
		request.rawBody = await bodyOf(request);
		request.body = parsed(request);
		const context = new WebhookContext(
			workflow,
			node,
			dataFor({ httpRequest: request, httpResponse: response }),
			mode,
			{ webhookDescription, isTest: mode === 'manual' },
			[],
			null,
		);
		const result = await nodeType.webhook.call(context);
		if (!result.workflowData)
			return result.noWebhookResponse || response.status(200).json({ message: 'Webhook call received' });
		const evaluate = (value) => workflow.expression.getSimpleParameterValue(node, value, mode, {});
		const waits = evaluate(webhookDescription.responseMode) === 'lastNode';
		try {
			await start(result.workflowData);
		} catch (error) {
			return response.status(500).json({ message: error.message });
		}
		executions.push(result.workflowData[0]);
		response.setHeader('Content-Security-Policy', 'sandbox allow-forms allow-scripts');
		if (waits) {
			const last = await finish(result.workflowData).catch(() => undefined);
			return last ? response.status(200).json(last) : response.status(500).json({ message: 'Error in workflow' });
		}
		const data = evaluate(webhookDescription.responseData);
		if (data === 'noData') return end(response, 200);
		const body = data || (result.webhookResponse ?? { message: 'Workflow was started' });
		return typeof body === 'string' ? response.status(200).send(body) : response.status(200).json(body);
	}

	const server = createServer((request, response) => {
		handle(request, response).catch((error) => end(response, 500, { message: error.message }));
	});
	await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));

	return {
		url: `http://127.0.0.1:${server.address().port}${PATH}`,
		executions,
		callLifecycle: async (method) => {
			const webhookDescription = nodeType.description.webhooks.find((one) => one.name === 'default');
			const context = new HookContext(workflow, node, dataFor({}), 'trigger', 'activate', { webhookDescription });
			return await nodeType.webhookMethods.default[method].call(context);
		},
		close: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}

/** What express adds to requests and responses, and n8n's answer to every origin. */
function likeExpress(request, response, ips) {
	request.ip = ips[0] ?? request.socket.remoteAddress;
	request.ips = ips;
	if (request.headers.origin) response.setHeader('Access-Control-Allow-Origin', request.headers.origin);
	response.status = (code) => Object.assign(response, { statusCode: code });
	response.send = (text) => {
		if (!response.hasHeader('Content-Type')) response.setHeader('Content-Type', 'text/html; charset=utf-8');
		response.end(text);
	};
	response.json = (body) => {
		if (!response.hasHeader('Content-Type')) response.setHeader('Content-Type', 'application/json; charset=utf-8');
		response.end(JSON.stringify(body));
	};
}

async function bodyOf(request) {
	const chunks = [];
	for await (const chunk of request) chunks.push(chunk);
	return Buffer.concat(chunks);
}

/** What n8n makes of a body, by its content type; a form as here, an unknown type left alone. */
function parsed(request) {
	const [contentType] = (request.headers['content-type'] ?? '').split(';');
	const text = request.rawBody.toString('utf8');
	if (contentType === 'application/x-www-form-urlencoded') return parse(text, undefined, undefined, { maxKeys: 1000 });
	if (contentType === 'application/json') return JSON.parse(text);
	return contentType === 'text/plain' ? text : undefined;
}

function end(response, status, body) {
	response.statusCode = status;
	response.end(body === undefined ? '' : JSON.stringify(body));
}
