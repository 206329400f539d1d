/** Calls what the editor calls while a user fills in a node: `methods.loadOptions`, `resourceMapping`, `listSearch`. */
import type { ILoadOptionsFunctions, INodeParameters } from 'n8n-workflow';
import type { CredentialData, NodeUnderTest } from './engine';
import { core } from './n8n';
import { createAdditionalData, createWorkflowOf } from './workflow';

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
	under: NodeUnderTest,
	{
		group,
		method,
		parameters = {},
		path = 'parameters',
		credentials = under.credentials ?? {},
		args = [],
	}: NodeMethodCall,
): Promise<unknown> {
	const { workflow, node } = createWorkflowOf({ ...under, credentials }, { parameters, workflowId: 'test-workflow' });
	const additionalData = createAdditionalData({
		workflow,
		mode: 'internal',
		credentialTypes: under.credentialTypes ?? [],
		credentials,
		// The editor sends what the panel shows at the moment, saved or not.
		currentNodeParameters: parameters,
	});
	const context = new core.LoadOptionsContext(workflow, node, additionalData, path);
	const implementation = under.nodeType.methods?.[group]?.[method] as
		| ((this: ILoadOptionsFunctions, ...args: unknown[]) => Promise<unknown>)
		| undefined;
	if (!implementation) throw new Error(`${under.name} has no methods.${group}.${method}`);
	return await implementation.call(context, ...args);
}
