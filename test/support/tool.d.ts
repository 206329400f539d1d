import type { IDataObject, INodeExecutionData, INodeParameters, IRun } from 'n8n-workflow';

import type { NodeExtras, NodeUnderTest } from './engine';

export type ToolExtras = NodeExtras & {
	/**
	 * How the agent reaches the node. `engine` (default): as today's AI Agent does, `isToolExecution()` is false.
	 * `supplyData`: as older agents and the MCP server do, `isToolExecution()` is true.
	 */
	via?: 'engine' | 'supplyData';
	/** Items the agent itself works on. */
	items?: Array<IDataObject | INodeExecutionData>;
};

export interface ToolRun {
	run: IRun;
	/** The text the model gets to read: the first output's items as JSON. */
	text: string | undefined;
	/** What stopped the agent; with `via: 'engine'` n8n turns a failing tool into text instead. */
	error: IRun['data']['resultData']['error'];
}

/**
 * Lets an agent call the node once.
 *
 * @param parameters the node's; `={{ $fromAI('name', '', 'string') }}` is filled from `toolInput`
 * @param toolInput what the model answers with
 */
export type RunAsTool = (parameters: INodeParameters, toolInput?: IDataObject, extras?: ToolExtras) => Promise<ToolRun>;

export function createToolRunner(node: NodeUnderTest): { runAsTool: RunAsTool };
