import type { IDataObject, INode, INodeParameters } from 'n8n-workflow';
import type { WorkflowToCreate } from '../../support/n8nTypes';
import { completeNode, type PartialNode } from '../../support/workflow';

const TYPE = 'n8n-nodes-jsms.jSms';

export interface Recipient {
	id: string;
	mobile: string;
	number: string;
}

/**
 * Recipients with numbers of their own, so that the ledger shows who was sent to and how often.
 * @param first The first is number 13910000000 + first
 */
export function recipients(first: number, count: number): Recipient[] {
	return Array.from({ length: count }, (_, index) => ({
		id: `order-${first + index}`,
		mobile: String(13910000000 + first + index),
		number: String(100000 + first + index),
	}));
}

export interface SendingOptions {
	/** Also the path of its webhook. */
	name: string;
	credential: { id: string; name: string };
	operation?: 'sendBatch' | 'send';
	/** The template's one parameter; default: what the recipient brings. */
	number?: string;
	/** Options of the node. */
	options?: IDataObject;
	/** Makes it start by hand. */
	people?: object[];
	/** When the webhook answers; the last node's items are the sent ones. */
	answer?: 'onReceived' | 'lastNode';
}

/** A workflow that sends to each of `recipients` in the body of its webhook, or to `people` when started by hand. */
export function sendingWorkflow({
	name,
	credential,
	operation = 'sendBatch',
	number = '={{ $json.number }}',
	options = {},
	people,
	answer = 'onReceived',
}: SendingOptions): WorkflowToCreate & { nodes: INode[] } {
	const nodes: PartialNode[] = [
		...(people ? startByHand(people) : startByWebhook(name, answer)),
		{
			name: 'JSms',
			type: TYPE,
			typeVersion: 1,
			onError: operation === 'send' ? 'continueRegularOutput' : 'stopWorkflow',
			parameters: {
				resource: 'message',
				operation,
				recipientsFrom: 'inputItems',
				mobile: '={{ $json.mobile }}',
				templateId: 1250,
				parameterMode: 'pairs',
				parameters: { parameter: [{ name: 'number', value: number }] },
				options: options as INodeParameters,
			},
			credentials: { jSmsApi: credential },
		},
	];
	return {
		name,
		nodes: nodes.map((node, index) => completeNode({ id: `${name}-${index}`, ...node }, index)),
		connections: Object.fromEntries(
			nodes
				.slice(0, -1)
				.map((node, index) => [
					node.name,
					{ main: [[{ node: nodes[index + 1].name, type: 'main' as const, index: 0 }]] },
				]),
		),
		settings: { executionOrder: 'v1' },
	};
}

function startByWebhook(path: string, answer: string): PartialNode[] {
	return [
		{
			name: 'Webhook',
			type: 'n8n-nodes-base.webhook',
			typeVersion: 2,
			webhookId: path,
			parameters: {
				path,
				httpMethod: 'POST',
				responseMode: answer,
				...(answer === 'lastNode' && { responseData: 'allEntries' }),
				options: {},
			},
		},
		{
			name: 'One item each',
			type: 'n8n-nodes-base.splitOut',
			typeVersion: 1,
			parameters: { fieldToSplitOut: 'body.recipients', options: {} },
		},
	];
}

function startByHand(people: object[]): PartialNode[] {
	return [
		{ name: 'Start', type: 'n8n-nodes-base.manualTrigger', typeVersion: 1, parameters: {} },
		{
			name: 'People',
			type: 'n8n-nodes-base.set',
			typeVersion: 3.4,
			parameters: { mode: 'raw', jsonOutput: JSON.stringify({ people }), options: {} },
		},
		{
			name: 'One item each',
			type: 'n8n-nodes-base.splitOut',
			typeVersion: 1,
			parameters: { fieldToSplitOut: 'people', options: {} },
		},
	];
}
