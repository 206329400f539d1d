/** Calls what the editor calls while a user fills in a node: `methods.loadOptions`, `resourceMapping`, `listSearch`. */
import { core } from './n8n';
const { LoadOptionsContext } = core;
import { createAdditionalData, createWorkflow } from './workflow';
import type { INodeParameters } from 'n8n-workflow';
import type { CredentialData, NodeUnderTest } from './engine';

export interface NodeMethodCall {
	group: 'loadOptions' | 'listSearch' | 'resourceMapping';
	method: string;
	/** What the node's panel shows at the moment. */
	parameters?: INodeParameters;
	/** Path of the asking parameter, for references such as `&name`. */
	path?: string;
	credentials?: CredentialData;
	/** Filter and pagination token of a list search. */
	args?: unknown[];
}

/** Calls a method of `nodeType.methods` with n8n-core's LoadOptionsContext; HTTP requests are real. */
export async function callNodeMethod(
	{ name, type, nodeType, credentialTypes = [], credentials: usualCredentials = {} }: NodeUnderTest,
	{ group, method, parameters = {}, path = 'parameters', credentials = usualCredentials, args = [] }: NodeMethodCall,
): Promise<unknown> {
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
		workflowId: 'test-workflow',
	});
	const additionalData = createAdditionalData({
		workflow,
		mode: 'internal',
		executionId: undefined,
		credentialTypes,
		credentials,
		// The editor sends what the panel shows at the moment, saved or not.
		currentNodeParameters: parameters,
	});
	const context = new LoadOptionsContext(workflow, workflow.getNode(name), additionalData, path);
	const implementation = nodeType.methods?.[group]?.[method];
	if (!implementation) throw new Error(`${name} has no methods.${group}.${method}`);
	return await implementation.call(context, ...args);
}
