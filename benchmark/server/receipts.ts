/** The workflows behind the triggers; n8n stores their executions, as it does unless told otherwise. */

const WEBHOOK_ID = 'bench-callbacks';
export const CALLBACK_PATH = `/webhook/${WEBHOOK_ID}/jsms`;
export const WEBHOOK_NODE_PATH = 'bench-webhook-node';
const PAGE_ID = 'bench-verification';
export const PAGE_PATH = `/webhook/${PAGE_ID}/verify`;

export function callbackWorkflow(credentials: Credentials) {
	return workflow('Benchmark callbacks', 'JSms Trigger', credentials, {
		type: 'n8n-nodes-jsms.jSmsTrigger',
		typeVersion: 2,
		webhookId: WEBHOOK_ID,
		parameters: { events: ['deliveryReport'], options: {} },
	});
}

type Credentials = { jSmsApi?: { id: string; name: string } };

/** Pages and codes without limits that a benchmark would reach. */
export function verificationWorkflow(credentials: Credentials) {
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
export function webhookWorkflow() {
	return workflow('Benchmark Webhook node', 'Webhook', undefined, {
		type: 'n8n-nodes-base.webhook',
		typeVersion: 2,
		webhookId: WEBHOOK_NODE_PATH,
		parameters: { httpMethod: 'POST', path: WEBHOOK_NODE_PATH, responseMode: 'onReceived', options: {} },
	});
}

/** @param maxRecords of one poll */
export function pollingWorkflow(credentials: Credentials, maxRecords: number) {
	return workflow('Benchmark polling', 'JSms Receipt Trigger', credentials, {
		type: 'n8n-nodes-jsms.jSmsReceiptTrigger',
		parameters: {
			pollTimes: { item: [{ mode: 'everyMinute' }] },
			events: ['deliveryReport'],
			options: { maxRecords },
		},
	});
}

function workflow(name: string, trigger: string, { jSmsApi }: Credentials = {}, node: object) {
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
