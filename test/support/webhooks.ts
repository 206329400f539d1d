/**
 * Puts a trigger's webhooks behind a real HTTP server, with n8n-core's WebhookContext, and answers as n8n does.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parse } from 'node:querystring';
import { buffer } from 'node:stream/consumers';
import type {
	INodeExecutionData,
	INodeParameters,
	IWebhookData,
	IWorkflowExecuteAdditionalData,
	NodeParameterValueType,
	WorkflowExecuteMode,
} from 'n8n-workflow';
import type { NodeUnderTest } from './engine';
import { core } from './n8n';
import { createAdditionalData, createWorkflowOf } from './workflow';

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

type Request = NonNullable<IWorkflowExecuteAdditionalData['httpRequest']>;
type Response = NonNullable<IWorkflowExecuteAdditionalData['httpResponse']>;

const PATH = '/webhook/0000-test/jsms';

/**
 * Puts a trigger behind a real HTTP server, with n8n-core's own contexts. As n8n 2.x does, it answers after the execution
 * was started.
 */
export async function hostTrigger(
	trigger: NodeUnderTest,
	{
		parameters = {},
		mode = 'webhook',
		workflowId = 'test-workflow',
		start = async () => {},
		finish = async () => ({}),
		ips = [],
	}: HostOptions = {},
): Promise<HostedTrigger> {
	const { nodeType, credentialTypes = [], credentials = {} } = trigger;
	const { webhooks = [] } = nodeType.description;
	const { workflow, node } = createWorkflowOf(trigger, { parameters, workflowId, active: mode !== 'manual' });
	const dataFor = (extra: Pick<IWorkflowExecuteAdditionalData, 'httpRequest' | 'httpResponse'>) => ({
		...createAdditionalData({ workflow, mode, credentialTypes, credentials }),
		...extra,
	});
	const executions: INodeExecutionData[][] = [];

	async function handle(incoming: IncomingMessage, outgoing: ServerResponse): Promise<unknown> {
		const { pathname, search } = new URL(incoming.url ?? '', 'http://n8n.test');
		const webhookDescription = webhooks.find(({ httpMethod }) => httpMethod === incoming.method);
		if (pathname !== PATH || !webhookDescription) return end(outgoing, 404, { message: 'not registered' });
		if (!nodeType.webhook) throw new Error(`${trigger.name} has no webhook`);
		const { request, response } = likeExpress(incoming, outgoing, ips);
		request.query = parse(search.slice(1));
		request.rawBody = await buffer(request);
		request.body = parsed(request);
		const context = new core.WebhookContext(
			workflow,
			node,
			dataFor({ httpRequest: request, httpResponse: response }),
			mode,
			{ webhookDescription, isTest: mode === 'manual' } as unknown as IWebhookData,
			[],
			null,
		);
		const result = await nodeType.webhook.call(context);
		if (!result.workflowData)
			return result.noWebhookResponse || response.status(200).json({ message: 'Webhook call received' });
		const evaluate = (value: NodeParameterValueType | undefined) =>
			workflow.expression.getSimpleParameterValue(node, value as string | undefined, mode, {});
		const waits = evaluate(webhookDescription.responseMode) === 'lastNode';
		try {
			await start(result.workflowData);
		} catch (error) {
			return response.status(500).json({ message: (error as Error).message });
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
		handle(request, response).catch((error: Error) => end(response, 500, { message: error.message }));
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${PATH}`,
		executions,
		callLifecycle: async (method) => {
			const webhookDescription = webhooks.find((one) => one.name === 'default');
			const lifecycle = nodeType.webhookMethods?.default?.[method];
			if (!webhookDescription || !lifecycle) throw new Error(`${trigger.name} has no lifecycle of its own`);
			const webhook = { webhookDescription } as unknown as IWebhookData;
			return await lifecycle.call(new core.HookContext(workflow, node, dataFor({}), 'trigger', 'activate', webhook));
		},
		close: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}

/** What express adds to requests and responses, and n8n's answer to every origin. */
function likeExpress(request: IncomingMessage, response: ServerResponse, ips: string[]) {
	if (request.headers.origin) response.setHeader('Access-Control-Allow-Origin', request.headers.origin);
	const end = (contentType: string, text: string) => {
		if (!response.hasHeader('Content-Type')) response.setHeader('Content-Type', `${contentType}; charset=utf-8`);
		response.end(text);
	};
	return {
		request: Object.assign(request, { ip: ips[0] ?? request.socket.remoteAddress, ips }) as unknown as Request,
		response: Object.assign(response, {
			status: (statusCode: number) => Object.assign(response, { statusCode }),
			send: (text: string) => end('text/html', text),
			json: (body: unknown) => end('application/json', JSON.stringify(body)),
		}) as unknown as Response,
	};
}

/** What n8n makes of a body, by its content type; a form as here, an unknown type left alone. */
function parsed({ headers, rawBody }: Pick<Request, 'headers' | 'rawBody'>): unknown {
	const [contentType] = (headers['content-type'] ?? '').split(';');
	const text = rawBody.toString('utf8');
	if (contentType === 'application/x-www-form-urlencoded') return parse(text, undefined, undefined, { maxKeys: 1000 });
	if (contentType === 'application/json') return JSON.parse(text);
	return contentType === 'text/plain' ? text : undefined;
}

function end(response: ServerResponse, status: number, body?: object) {
	response.statusCode = status;
	response.end(body === undefined ? '' : JSON.stringify(body));
}
