/** The parts a workflow run needs around the node under test: start and sink nodes, node types, additional data. */
import {
	NodeConnectionTypes,
	NodeHelpers,
	Workflow,
	type ICredentialType,
	type IDataObject,
	type IExecuteFunctions,
	type INode,
	type INodeExecutionData,
	type INodeParameters,
	type INodeType,
	type INodeTypeDescription,
	type INodeTypes,
	type IWorkflowExecuteAdditionalData,
	type NodeConnectionType,
	type WorkflowExecuteMode,
	type WorkflowParameters,
} from 'n8n-workflow';
import { TestCredentialsHelper } from './credentials';
import type { CredentialData, NodeUnderTest } from './engine';
import { core } from './n8n';

/** As in an exported workflow; id, version and position may be left out. */
export type PartialNode = Pick<INode, 'name' | 'type'> & Partial<INode>;

export const START_TYPE = 'test.start';
export const SINK_TYPE = 'test.sink';

const ITEM_KEYS = new Set(['json', 'binary', 'pairedItem', 'error', 'metadata']);

const isItem = (value: IDataObject | INodeExecutionData): value is INodeExecutionData =>
	typeof value.json === 'object' && value.json !== null && Object.keys(value).every((key) => ITEM_KEYS.has(key));

/** Plain objects become the json of an item; items stay as they are. */
export const toItems = (values: Array<IDataObject | INodeExecutionData>): INodeExecutionData[] =>
	values.map((value) => (isItem(value) ? value : { json: value }));

const plainDescription = (
	displayName: string,
	inputs: NodeConnectionType[],
	outputs: NodeConnectionType[],
): INodeTypeDescription => ({
	displayName,
	name: displayName.toLowerCase(),
	group: inputs.length > 0 ? ['transform'] : ['trigger'],
	version: 1,
	description: `${displayName} of the test workflow`,
	defaults: { name: displayName },
	inputs,
	outputs,
	properties: [],
});

/** In place of a trigger: hands the test's items to the workflow. */
export const startType = (items: INodeExecutionData[]): INodeType => ({
	description: plainDescription('Start', [], [NodeConnectionTypes.Main]),
	// n8n calls execute() with its own `this`: the items come from the closure, fresh for each run.
	execute: async () => [structuredClone(items)],
});

/** At the end of an output: passes on what it receives, so the run shows what really arrived behind the output. */
export const sinkType: INodeType = {
	description: plainDescription('Sink', [NodeConnectionTypes.Main], [NodeConnectionTypes.Main]),
	async execute(this: IExecuteFunctions) {
		return [this.getInputData()];
	},
};

/** Looks node types up as n8n does, unknown ones refused by name. */
function nodeTypesOf(types: Record<string, INodeType>): INodeTypes {
	const typeNamed = (name: string) => {
		if (!Object.hasOwn(types, name)) throw new Error(`The test gave no node type "${name}"`);
		return types[name];
	};
	return {
		getByName: (name) => typeNamed(name),
		getByNameAndVersion: (name, version) => NodeHelpers.getVersionedNodeType(typeNamed(name), version),
		getKnownTypes: () => ({}),
	};
}

/** What a saved node carries, for the fields a test has no opinion on. */
export const completeNode = (node: PartialNode, index: number): INode => ({
	id: `node-${node.name}`,
	typeVersion: 1,
	position: [index * 200, 0],
	parameters: {},
	...node,
});

export interface WorkflowOptions extends Partial<Omit<WorkflowParameters, 'id' | 'nodes' | 'nodeTypes'>> {
	nodes: PartialNode[];
	types: Record<string, INodeType>;
	workflowId?: string;
}

export function createWorkflow({
	nodes,
	connections = {},
	types,
	workflowId,
	settings,
	active = false,
	staticData,
	pinData,
}: WorkflowOptions): Workflow {
	return new Workflow({
		id: workflowId,
		name: 'Test workflow',
		nodes: nodes.map(completeNode),
		connections,
		nodeTypes: nodeTypesOf(types),
		active,
		staticData,
		pinData,
		// n8n gives every new workflow this order.
		settings: { executionOrder: 'v1', ...settings },
	});
}

/** A workflow of one node, with those of the given credentials that its type declares. */
export function createWorkflowOf(
	{ name, type, nodeType, credentials = {} }: NodeUnderTest,
	options: Pick<WorkflowOptions, 'workflowId' | 'active'> & { parameters: INodeParameters },
): { workflow: Workflow; node: INode } {
	const { parameters, ...settings } = options;
	const declared = (nodeType.description.credentials ?? []).filter((entry) => Object.hasOwn(credentials, entry.name));
	const selected = Object.fromEntries(declared.map((entry) => [entry.name, { id: '1', name: entry.name }]));
	const workflow = createWorkflow({
		nodes: [{ name, type, parameters, credentials: selected }],
		types: { [type]: nodeType },
		...settings,
	});
	return { workflow, node: nodeOf(workflow, name) };
}

/** @throws when the workflow has no node of this name */
export function nodeOf(workflow: Workflow, name: string): INode {
	const node = workflow.getNode(name);
	if (!node) throw new Error(`The workflow has no node "${name}"`);
	return node;
}

export interface AdditionalDataOptions {
	workflow: Workflow;
	mode: WorkflowExecuteMode;
	executionId?: string;
	credentialTypes: ICredentialType[];
	credentials: CredentialData;
	currentNodeParameters?: INodeParameters;
}

const unavailable = async () => {
	throw new Error('Only a server can do this');
};

/** The engine's view of the server around it. The URLs must be valid: expressions such as $execution.resumeUrl parse them. */
export function createAdditionalData({
	workflow,
	mode,
	executionId,
	credentialTypes,
	credentials,
	currentNodeParameters,
}: AdditionalDataOptions): IWorkflowExecuteAdditionalData {
	const server = 'http://n8n.test:5678';
	const hooks = new core.ExecutionLifecycleHooks(mode, executionId ?? '', {
		id: workflow.id,
		name: workflow.name ?? '',
		active: workflow.active,
		isArchived: false,
		activeVersionId: null,
		createdAt: new Date(0),
		updatedAt: new Date(0),
		nodes: Object.values(workflow.nodes),
		connections: workflow.connectionsBySourceNode,
	});
	return {
		hooks,
		executionId,
		currentNodeExecutionIndex: 0,
		currentNodeParameters,
		credentialsHelper: new TestCredentialsHelper(credentialTypes, credentials),
		instanceBaseUrl: `${server}/`,
		restApiUrl: `${server}/rest`,
		webhookBaseUrl: `${server}/webhook`,
		webhookTestBaseUrl: `${server}/webhook-test`,
		webhookWaitingBaseUrl: `${server}/webhook-waiting`,
		formBaseUrl: `${server}/form`,
		formTestBaseUrl: `${server}/form-test`,
		formWaitingBaseUrl: `${server}/form-waiting`,
		mcpBaseUrl: `${server}/mcp`,
		mcpTestBaseUrl: `${server}/mcp-test`,
		externalSecretsProxy: {} as IWorkflowExecuteAdditionalData['externalSecretsProxy'],
		variables: {},
		setExecutionStatus: () => {},
		sendDataToUI: () => {},
		logAiEvent: () => {},
		getRunExecutionData: async () => undefined,
		getRuntimeCredential: async () => undefined,
		executeWorkflow: unavailable,
		startRunnerTask: unavailable,
	};
}
