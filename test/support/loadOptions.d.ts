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
export function callNodeMethod(node: NodeUnderTest, call: NodeMethodCall): Promise<unknown>;
