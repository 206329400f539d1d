/** Polls a trigger in n8n-core's PollContext. Types and the meaning of every option: poller.d.ts beside this file. */
import { core } from './n8n';
const { PollContext } = core;
import { createAdditionalData, createWorkflow } from './workflow';
import type {
	ICredentialDataDecryptedObject,
	ICredentialType,
	IDataObject,
	INodeParameters,
	INodeType,
} from 'n8n-workflow';

export interface PollerOptions {
	name: string;
	type: string;
	nodeType: INodeType;
	credentialTypes?: ICredentialType[];
	credentials?: Record<string, ICredentialDataDecryptedObject>;
	parameters?: INodeParameters;
	/** Default: trigger. */
	mode?: 'trigger' | 'manual';
	/** What n8n's first poll belongs to. Default: n8n has started and activated the workflow before. */
	activation?: 'activate' | 'init' | 'update' | 'leadershipChange';
	/** Milliseconds that n8n allows for a poll; default: none is told. */
	budgetMs?: number;
}

/** A polling trigger in n8n-core's PollContext. Each call is one poll with the same context; gives the json of its items, or null. */
export function createPoller({
	name,
	type,
	nodeType,
	credentialTypes = [],
	credentials = {},
	parameters = {},
	mode = 'trigger',
	activation,
	budgetMs,
}: PollerOptions): () => Promise<IDataObject[] | null> {
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
		active: true,
	});
	const additionalData = createAdditionalData({ workflow, mode, executionId: undefined, credentialTypes, credentials });
	const context = new PollContext(workflow, workflow.getNode(name), additionalData, mode, activation ?? 'init');
	// n8n 1.x has no such method.
	context.getPollBudgetMs = budgetMs === undefined ? undefined : () => budgetMs;
	let isActive = activation !== undefined || mode === 'manual';
	return async () => {
		if (!isActive) await nodeType.poll.call(context);
		isActive = true;
		return (await nodeType.poll.call(context))?.[0].map(({ json }) => json) ?? null;
	};
}
