/** Calls the package's triggers as n8n does: polls in n8n-core's PollContext, callbacks in its WebhookContext. */
import { createHash } from 'node:crypto';

import type { INodeExecutionData, INodeType } from 'n8n-workflow';

import { core } from '../../support/n8n';
import { createAdditionalData, createWorkflow } from '../../support/workflow';
import { now } from '../clock/install';
import { APP_KEY, MASTER_SECRET, type Service } from '../service/service';
import type { Activation, Forgery } from '../world/types';
import { CREDENTIALS, type ProcessModules } from './engine';

type Items = INodeExecutionData[];

const TRIGGERS = {
	poll: { name: 'Poll', type: 'n8n-nodes-jsms.jSmsReceiptTrigger' },
	webhook: { name: 'Callback', type: 'n8n-nodes-jsms.jSmsTrigger' },
};

function prepare(
	kind: keyof typeof TRIGGERS,
	nodeType: INodeType,
	{ credentialTypes }: ProcessModules,
	extra: object = {},
) {
	const { name, type } = TRIGGERS[kind];
	const workflow = createWorkflow({
		nodes: [{ name, type, parameters: {}, credentials: { jSmsApi: { id: 'c', name: 'c' } } }],
		connections: {},
		types: { [type]: nodeType },
		workflowId: `wf-${kind}`,
		active: true,
		settings: undefined,
		staticData: undefined,
		pinData: undefined,
	});
	const additionalData = {
		...createAdditionalData({
			workflow,
			mode: 'trigger',
			executionId: undefined,
			credentialTypes,
			credentials: CREDENTIALS,
			currentNodeParameters: undefined,
		}),
		...extra,
	};
	return { workflow, node: workflow.getNode(name) as never, additionalData: additionalData as never };
}

/**
 * One poll; to be called from a timer of the process that it runs in.
 * @returns the records; null when there are none
 */
export async function poll(
	modules: ProcessModules,
	service: Service,
	name: string,
	activation: Activation,
): Promise<Items | null> {
	const nodeType = modules.pollTrigger();
	const { workflow, node, additionalData } = prepare('poll', nodeType, modules);
	const original = new core.PollContext(workflow, node, additionalData, 'trigger', activation as never);
	async function send(this: { getExecutionCancelSignal?(): AbortSignal }, _credential: string, options: never) {
		const origin = { execution: name, workflow: -1, node: 'Poll', run: 0, owner: now.clock.owner };
		return await service.request(options, this.getExecutionCancelSignal?.(), origin);
	}
	const context = Object.create(original, {
		helpers: { value: { ...original.helpers, httpRequestWithAuthentication: send } },
	}) as never;
	return (await nodeType.poll?.call(context))?.[0] ?? null;
}

/** What n8n's HTTP server gives a webhook to answer with. */
class Response {
	statusCode = 200;
	writableEnded = false;
	readonly #listeners: Array<() => void> = [];
	setHeader(): void {}
	once(_event: string, listener: () => void): void {
		this.#listeners.push(listener);
	}
	end(): void {
		this.writableEnded = true;
		for (const listener of this.#listeners) listener();
	}
}

/** What a callback came to. */
export interface Taken {
	status: number;
	/** It started an execution. */
	items: Items | undefined;
}

/** Delivers the callback of a record; to be called from a timer of the process that takes it. */
export async function takeCallback(
	modules: ProcessModules,
	number: number,
	sentAt: number,
	forged: Forgery | undefined,
): Promise<Taken> {
	const nodeType = modules.webhookTrigger();
	const response = new Response();
	const request = {
		method: 'POST',
		query: {},
		headers: { 'content-type': 'application/x-www-form-urlencoded' },
		body: formOf(number, sentAt, forged),
	};
	const extra = { httpRequest: request, httpResponse: response };
	const { workflow, node, additionalData } = prepare('webhook', nodeType, modules, extra);
	const webhookDescription = nodeType.description.webhooks?.find(({ httpMethod }) => httpMethod === 'POST');
	const webhookData = { webhookDescription } as never;
	const context = new core.WebhookContext(workflow, node, additionalData, 'webhook', webhookData, [], null as never);
	const result = await nodeType.webhook?.call(context);
	const items = result?.workflowData?.[0] ?? undefined;
	// n8n stores the execution, then it answers.
	if (items) await now.clock.sleep(5);
	if (!response.writableEnded) response.end();
	return { status: response.statusCode, items };
}

function formOf(number: number, sentAt: number, forged: Forgery | undefined): Record<string, string> {
	const nonce = String(8_000_000_000_000_000 + number);
	const timestamp = String(sentAt);
	const secret = forged === 'signature' ? 'dummy-of-a-stranger' : MASTER_SECRET;
	const text = `appKey=${APP_KEY}&appMasterSecret=${secret}&nonce=${nonce}&timestamp=${timestamp}`;
	const signature = createHash('sha1').update(text).digest('hex');
	const data = JSON.stringify({
		msgId: `c${number}${forged === 'data' ? '-other' : ''}`,
		phone: '13700000001',
		status: 4001,
	});
	return { nonce, timestamp, signature, type: 'SMS_REPORT', data };
}
