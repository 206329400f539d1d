'use strict';

/** The workflows behind the triggers; n8n stores their executions, as it does unless told otherwise. */

const WEBHOOK_ID = 'bench-callbacks';
const CALLBACK_PATH = `/webhook/${WEBHOOK_ID}/jsms`;
const WEBHOOK_NODE_PATH = 'bench-webhook-node';
const PAGE_ID = 'bench-verification';
const PAGE_PATH = `/webhook/${PAGE_ID}/verify`;

/** @param {Record<string, {id: string, name: string}>} credentials */
function callbackWorkflow(credentials) {
	return workflow('Benchmark callbacks', 'JSms Trigger', credentials, {
		type: 'n8n-nodes-jsms.jSmsTrigger',
		typeVersion: 2,
		webhookId: WEBHOOK_ID,
		parameters: { events: ['deliveryReport'], options: {} },
	});
}

/** Pages and codes without limits that a benchmark would reach. */
function verificationWorkflow(credentials) {
	return workflow('Benchmark verification', 'JSms Verification Trigger', credentials, {
		type: 'n8n-nodes-jsms.jSmsVerificationTrigger',
		typeVersion: 2,
		webhookId: PAGE_ID,
		parameters: {
			templateId: 1,
			options: { jsonApi: true, codesPerHour: 100_000, codesPerAddressAndHour: 10_000 },
		},
	});
}

/** The same with n8n's own Webhook node, which takes whatever comes. */
function webhookWorkflow() {
	return workflow('Benchmark Webhook node', 'Webhook', undefined, {
		type: 'n8n-nodes-base.webhook',
		typeVersion: 2,
		webhookId: WEBHOOK_NODE_PATH,
		parameters: { httpMethod: 'POST', path: WEBHOOK_NODE_PATH, responseMode: 'onReceived', options: {} },
	});
}

/**
 * @param {Record<string, {id: string, name: string}>} credentials
 * @param {number} maxRecords of one poll
 */
function pollingWorkflow(credentials, maxRecords) {
	return workflow('Benchmark polling', 'JSms Receipt Trigger', credentials, {
		type: 'n8n-nodes-jsms.jSmsReceiptTrigger',
		parameters: {
			pollTimes: { item: [{ mode: 'everyMinute' }] },
			events: ['deliveryReport'],
			options: { maxRecords },
		},
	});
}

function workflow(name, trigger, { jSmsApi } = {}, node) {
	return {
		name,
		nodes: [
			{
				id: 'trigger',
				name: trigger,
				typeVersion: 1,
				position: [0, 0],
				...(jSmsApi && { credentials: { jSmsApi } }),
				...node,
			},
			{
				...{ id: 'received', name: 'Received', type: 'n8n-nodes-base.noOp', typeVersion: 1 },
				...{ position: [220, 0], parameters: {} },
			},
		],
		connections: { [trigger]: { main: [[{ node: 'Received', type: 'main', index: 0 }]] } },
		settings: { executionOrder: 'v1', saveDataSuccessExecution: 'all' },
	};
}

module.exports = {
	CALLBACK_PATH,
	PAGE_PATH,
	WEBHOOK_NODE_PATH,
	callbackWorkflow,
	pollingWorkflow,
	verificationWorkflow,
	webhookWorkflow,
};
