/** What n8n's contexts of triggers are made of. */
import type { INodeExecutionData, INodeType } from 'n8n-workflow';

import { createAdditionalData, createWorkflow } from '../../support/workflow';
import { now } from '../clock/install';
import type { Service } from '../service/service';
import { CREDENTIALS, type ProcessModules } from './engine';

export type Items = INodeExecutionData[];

const TRIGGERS = {
	poll: { name: 'Poll', type: 'n8n-nodes-jsms.jSmsReceiptTrigger', parameters: {} },
	webhook: { name: 'Callback', type: 'n8n-nodes-jsms.jSmsTrigger', parameters: {} },
	visit: {
		name: 'Visit',
		type: 'n8n-nodes-jsms.jSmsVerificationTrigger',
		parameters: { templateId: 1250, options: { jsonApi: true } },
	},
};

/** The workflow of a trigger, and what a context of n8n-core needs beside it. */
export function prepare(
	kind: keyof typeof TRIGGERS,
	nodeType: INodeType,
	{ credentialTypes }: ProcessModules,
	extra: object = {},
) {
	const { name, type, parameters } = TRIGGERS[kind];
	const workflow = createWorkflow({
		nodes: [{ name, type, parameters, credentials: { jSmsApi: { id: 'c', name: 'c' } } }],
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

/** The same context with the simulated service in the place of n8n's HTTP helper. */
export function wired<T extends { helpers: object }>(
	original: T,
	service: Service,
	execution: string,
	node: string,
): T {
	async function send(this: { getExecutionCancelSignal?(): AbortSignal }, _credential: string, options: never) {
		const origin = { execution, workflow: -1, node, run: 0, owner: now.clock.owner };
		return await service.request(options, this.getExecutionCancelSignal?.(), origin);
	}
	return Object.create(original, {
		helpers: { value: { ...original.helpers, httpRequestWithAuthentication: send } },
	}) as T;
}

/** What n8n's HTTP server gives a webhook to answer with. */
export class Response {
	statusCode = 200;
	writableEnded = false;
	text = '';
	readonly #listeners: Array<() => void> = [];
	setHeader(): void {}
	removeHeader(): void {}
	once(_event: string, listener: () => void): void {
		this.#listeners.push(listener);
	}
	end(text = ''): void {
		this.text = text;
		this.writableEnded = true;
		for (const listener of this.#listeners) listener();
	}
}
