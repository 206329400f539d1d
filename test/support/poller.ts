import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { NodeUnderTest } from './engine';
import { core } from './n8n';
import { createAdditionalData, createWorkflowOf } from './workflow';

export interface PollerOptions extends NodeUnderTest {
	parameters?: INodeParameters;
	/** Default: trigger. */
	mode?: 'trigger' | 'manual';
	/** What n8n's first poll belongs to. Default: n8n has started and activated the workflow before. */
	activation?: 'activate' | 'init' | 'update' | 'leadershipChange';
	/** Milliseconds that n8n allows for a poll; default: none is told. */
	budgetMs?: number;
}

/** A polling trigger in n8n-core's PollContext. Each call is one poll with the same context; gives the json of its items, or null. */
export function createPoller(options: PollerOptions): () => Promise<IDataObject[] | null> {
	const { nodeType, credentialTypes = [], credentials = {}, parameters = {}, mode = 'trigger', activation } = options;
	const { workflow, node } = createWorkflowOf(options, { parameters, active: true });
	const additionalData = createAdditionalData({ workflow, mode, credentialTypes, credentials });
	const context = new core.PollContext(workflow, node, additionalData, mode, activation ?? 'init');
	const { budgetMs } = options;
	// n8n 1.x has no such method.
	Object.assign(context, { getPollBudgetMs: budgetMs === undefined ? undefined : () => budgetMs });
	let isActive = activation !== undefined || mode === 'manual';
	return async () => {
		if (!nodeType.poll) throw new Error(`${options.name} does not poll`);
		if (!isActive) await nodeType.poll.call(context);
		isActive = true;
		return (await nodeType.poll.call(context))?.[0].map(({ json }) => json) ?? null;
	};
}
