/**
 * Runs a node the way an AI agent does. n8n 2.41 has two ways, and they differ in what the node can see:
 *
 * - "engine": the AI Agent node of today (version 3) asks the engine to run the tool node. The node gets an ordinary
 *   ExecuteContext, in which `isToolExecution()` is FALSE; only its type, `<name>Tool`, tells.
 * - "supplyData": older agents, sub-agents and the MCP server call a tool object that n8n-core wraps around the node. The
 *   node gets a SupplyDataContext, in which `isToolExecution()` is true.
 *
 * Either way the agent is handed the first output only.
 */
import {
	NodeConnectionTypes,
	type EngineResponse,
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeParameters,
	type INodeType,
	type IRun,
	type ITaskDataConnections,
} from 'n8n-workflow';
import { runWorkflow, type NodeExtras, type NodeUnderTest } from './engine';
import { START_TYPE } from './workflow';

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

/** What n8n-core wraps around a node, as far as the agent here uses it. */
interface Tool {
	name: string;
	invoke(input: IDataObject): Promise<string>;
}

const AGENT_TYPE = 'test.agent';

/** The variant n8n derives from a node with `usableAsTool`: own name, no inputs, one tool output, a tool description. */
function toolVariantOf(nodeType: INodeType): INodeType {
	const { usableAsTool, ...description } = nodeType.description;
	if (!usableAsTool) throw new Error(`${description.name} is not marked usableAsTool`);
	const replacements = typeof usableAsTool === 'object' ? usableAsTool.replacements : {};
	const variant: INodeType = Object.create(nodeType, {
		description: {
			value: {
				...description,
				...replacements,
				name: `${description.name}Tool`,
				displayName: `${description.displayName} Tool`,
				inputs: [],
				outputs: [NodeConnectionTypes.AiTool],
				properties: [
					...description.properties,
					{ displayName: 'Description', name: 'toolDescription', type: 'string', default: description.description },
				],
			},
		},
	});
	return variant;
}

/** Reads a tool's result as the AI Agent node does: the json of the first output's items, or an empty text if it has none. */
function textOfFirstOutput(data: ITaskDataConnections | undefined) {
	const items = data?.ai_tool?.[0] ?? [];
	return JSON.stringify(items.length > 0 ? items.map((item) => item.json) : '');
}

/** An agent without a model: calls the connected tool once with the given input. */
function agentType(via: 'engine' | 'supplyData', toolNodeName: string, toolInput: IDataObject): INodeType {
	const action = {
		actionType: 'ExecutionNodeAction' as const,
		nodeName: toolNodeName,
		input: toolInput,
		type: NodeConnectionTypes.AiTool,
		id: 'call-1',
		metadata: { itemIndex: 0 },
	};
	const callThroughEngine = (response?: EngineResponse) => {
		if (!response?.actionResponses.length) return { actions: [action], metadata: {} };
		return [[{ json: { text: textOfFirstOutput(response.actionResponses[0].data.data) } }]];
	};
	const callToolObject = async (context: IExecuteFunctions) => {
		const [tool] = (await context.getInputConnectionData(NodeConnectionTypes.AiTool, 0)) as Tool[];
		return [[{ json: { text: await tool.invoke(toolInput), toolName: tool.name } }]];
	};
	return {
		description: {
			displayName: 'Agent',
			name: 'agent',
			group: ['transform'],
			version: 1,
			description: 'Calls its tool once',
			defaults: { name: 'Agent' },
			inputs: [NodeConnectionTypes.Main, NodeConnectionTypes.AiTool],
			outputs: [NodeConnectionTypes.Main],
			properties: [],
		},
		async execute(this: IExecuteFunctions, response?: EngineResponse) {
			return via === 'engine' ? callThroughEngine(response) : await callToolObject(this);
		},
	};
}

export function createToolRunner({
	name,
	type,
	nodeType,
	credentialTypes = [],
	credentials: usualCredentials = {},
}: NodeUnderTest): { runAsTool: RunAsTool } {
	const toolType = `${type}Tool`;
	const tool = toolVariantOf(nodeType);

	const runAsTool: RunAsTool = async (
		parameters,
		toolInput = {},
		{ via = 'engine', items, run: runOptions, ...extras } = {},
	) => {
		const run = await runWorkflow({
			nodes: [
				{ name: 'Start', type: START_TYPE },
				{ name: 'Agent', type: AGENT_TYPE },
				{ waitBetweenTries: 1, ...extras, name, type: toolType, parameters },
			],
			connections: {
				Start: { main: [[{ node: 'Agent', type: 'main', index: 0 }]] },
				[name]: { ai_tool: [[{ node: 'Agent', type: 'ai_tool', index: 0 }]] },
			},
			items,
			types: { [toolType]: tool, [AGENT_TYPE]: agentType(via, name, toolInput) },
			credentialTypes,
			credentials: usualCredentials,
			...runOptions,
		});
		const answer = run.data.resultData.runData.Agent?.[0]?.data?.main?.[0]?.[0]?.json;
		return { run, text: answer?.text as string | undefined, error: run.data.resultData.error };
	};

	return { runAsTool };
}
