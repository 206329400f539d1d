'use strict';

/**
 * Puts a trigger's webhooks behind a real HTTP server, with n8n-core's WebhookContext, and answers as n8n does. Types and
 * the meaning of every option: webhooks.d.ts beside this file.
 */
const { createServer } = require('node:http');
const { parse } = require('node:querystring');
const {
	core: { HookContext, WebhookContext },
} = require('./n8n');
const { createAdditionalData, createWorkflow } = require('./workflow');

const PATH = '/webhook/0000-test/jsms';

async function hostTrigger(
	{ name, type, nodeType, credentialTypes = [], credentials = {} },
	{
		parameters = {},
		mode = 'webhook',
		workflowId = 'test-workflow',
		start = async () => {},
		finish = async () => ({}),
		ips = [],
	} = {},
) {
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
	/** @type {object[][]} */
	const executions = [];

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

module.exports = { hostTrigger };
