'use strict';

/**
 * Runs workflows in n8n's real engine (n8n-core's WorkflowExecute) without a server. Types and the meaning of every
 * option: engine.d.ts beside this file.
 */
const {
	core: { WorkflowExecute },
	workflow: { NodeHelpers, createRunExecutionData },
	takeLogs,
} = require('./n8n');
const { createDedupeStore, useDedupeStore } = require('./dedupe');
const {
	START_TYPE,
	SINK_TYPE,
	completeNode,
	createAdditionalData,
	createWorkflow,
	sinkType,
	startType,
	toItems,
} = require('./workflow');

async function runWorkflow({
	nodes,
	connections,
	startAt = nodes[0].name,
	items = [{}],
	types,
	credentialTypes = [],
	credentials = {},
	mode = 'manual',
	executionId = '1',
	dataDeduplication = createDedupeStore(),
	workflowId = dataDeduplication ? dataDeduplication.workflowId : 'test-workflow',
	active = mode !== 'manual',
	settings,
	contextData = {},
	staticData,
	pinData,
	signal,
}) {
	const start = startType(toItems(items));
	const trigger = nodes.find(({ name }) => name === startAt).type;
	const allTypes = { [START_TYPE]: start, [trigger]: start, [SINK_TYPE]: sinkType, ...types };
	const workflow = createWorkflow({
		nodes: withCredentials(nodes, types, credentials),
		connections,
		types: allTypes,
		workflowId,
		active,
		settings,
		staticData,
		pinData,
	});
	useDedupeStore(workflow, dataDeduplication);
	const additionalData = createAdditionalData({ workflow, mode, executionId, credentialTypes, credentials });
	const runData = createRunExecutionData({
		resultData: { pinData },
		executionData: {
			contextData,
			nodeExecutionStack: [{ node: workflow.getNode(startAt), data: { main: [[{ json: {} }]] }, source: null }],
		},
	});
	const running = new WorkflowExecute(additionalData, mode, runData).processRunExecutionData(workflow);
	const cancel = () => running.cancel();
	if (signal?.aborted) cancel();
	signal?.addEventListener('abort', cancel, { once: true });
	try {
		return await running;
	} finally {
		signal?.removeEventListener('abort', cancel);
	}
}

/** Selects, on nodes that say nothing about credentials, those given ones that the node's type declares. */
function withCredentials(nodes, types, credentials) {
	return nodes.map((node) => {
		const declared = types[node.type]?.description.credentials ?? [];
		const given = declared.filter(({ name }) => Object.hasOwn(credentials, name));
		if (node.credentials !== undefined || given.length === 0) return node;
		return { ...node, credentials: Object.fromEntries(given.map(({ name }) => [name, { id: `id-${name}`, name }])) };
	});
}

/** How many main outputs n8n shows for this node, the Error output of "Continue (using error output)" included. */
function countOutputs(node, type, types) {
	const workflow = createWorkflow({ nodes: [node], connections: {}, types, workflowId: 'count' });
	return NodeHelpers.getNodeOutputs(workflow, workflow.getNode(node.name), type.description).length;
}

function createNodeRunner({ name, type, nodeType, credentialTypes = [], credentials: usualCredentials = {} }) {
	const types = { [type]: nodeType };

	async function runNode(parameters, items = [{}], extras = {}, credentials = usualCredentials) {
		const { run: runOptions = {}, ...nodeExtras } = extras;
		// The engine reads a missing or zero wait as a second; a test should not take that long.
		const node = completeNode({ waitBetweenTries: 1, ...nodeExtras, name, type, parameters }, 1);
		const sinks = Array.from({ length: countOutputs(node, nodeType, types) }, (_, index) => `Output ${index}`);
		return await runWorkflow({
			nodes: [{ name: 'Start', type: START_TYPE }, node, ...sinks.map((sink) => ({ name: sink, type: SINK_TYPE }))],
			connections: {
				Start: { main: [[{ node: name, type: 'main', index: 0 }]] },
				[name]: { main: sinks.map((sink) => [{ node: sink, type: 'main', index: 0 }]) },
			},
			items,
			types,
			credentialTypes,
			credentials,
			...runOptions,
		});
	}

	return { runNode };
}

function outputsOf(run, nodeName, runIndex = 0) {
	const main = run.data.resultData.runData[nodeName]?.[runIndex]?.data?.main ?? [];
	return main.map((items) =>
		(items ?? []).map(({ json, pairedItem, error, binary }) => ({
			json,
			pairedItem,
			...(error && { error }),
			...(binary && { binary }),
		})),
	);
}

const errorOf = (run) => run.data.resultData.error;

const hintsOf = (run, nodeName, runIndex = 0) => run.data.resultData.runData[nodeName]?.[runIndex]?.hints ?? [];

const runCountOf = (run, nodeName) => run.data.resultData.runData[nodeName]?.length ?? 0;

module.exports = {
	START_TYPE,
	SINK_TYPE,
	createDedupeStore,
	createNodeRunner,
	errorOf,
	hintsOf,
	outputsOf,
	runCountOf,
	runWorkflow,
	takeLogs,
};
