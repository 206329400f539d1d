/** The parts a workflow run needs around the node under test: start and sink nodes, node types, additional data. */
import { core, workflow } from './n8n';
const { ExecutionLifecycleHooks } = core;
const { NodeConnectionTypes, NodeHelpers, Workflow } = workflow;
import { TestCredentialsHelper } from './credentials';

export const START_TYPE = 'test.start';
export const SINK_TYPE = 'test.sink';

const ITEM_KEYS = new Set(['json', 'binary', 'pairedItem', 'error', 'metadata']);

const isItem = (value) =>
	typeof value.json === 'object' && value.json !== null && Object.keys(value).every((key) => ITEM_KEYS.has(key));

/** Plain objects become the json of an item; items stay as they are. */
export const toItems = (values) => values.map((value) => (isItem(value) ? value : { json: value }));

const plainDescription = (displayName, inputs, outputs) => ({
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
export const startType = (items) => ({
	description: plainDescription('Start', [], [NodeConnectionTypes.Main]),
	// n8n calls execute() with its own `this`: the items come from the closure, fresh for each run.
	execute: async () => [structuredClone(items)],
});

/** At the end of an output: passes on what it receives, so the run shows what really arrived behind the output. */
export const sinkType = {
	description: plainDescription('Sink', [NodeConnectionTypes.Main], [NodeConnectionTypes.Main]),
	async execute() {
		return [this.getInputData()];
	},
};

/** Looks node types up as n8n does, unknown ones refused by name. */
function nodeTypesOf(types) {
	const typeNamed = (name) => {
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
export const completeNode = (node, index) => ({
	id: `node-${node.name}`,
	typeVersion: 1,
	position: [index * 200, 0],
	parameters: {},
	...node,
});

export function createWorkflow({
	nodes,
	connections,
	types,
	workflowId,
	settings,
	active = false,
	staticData,
	pinData,
}) {
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

/** The engine's view of the server around it. The URLs must be valid: expressions such as $execution.resumeUrl parse them. */
export function createAdditionalData({
	workflow,
	mode,
	executionId,
	credentialTypes,
	credentials,
	currentNodeParameters,
}) {
	const server = 'http://n8n.test:5678';
	const hooks = new ExecutionLifecycleHooks(mode, executionId, {
		id: workflow.id,
		name: workflow.name,
		active: workflow.active,
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
		formWaitingBaseUrl: `${server}/form-waiting`,
		variables: {},
		setExecutionStatus: () => {},
		sendDataToUI: () => {},
		logAiEvent: () => {},
	};
}
