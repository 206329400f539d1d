/** Runs workflows in n8n's real engine (n8n-core's WorkflowExecute) without a server. */
import { NodeHelpers, createRunExecutionData } from 'n8n-workflow';
import { core, takeLogs } from './n8n';
import { createDedupeStore, useDedupeStore, type DedupeStore } from './dedupe';
import {
	START_TYPE,
	SINK_TYPE,
	completeNode,
	createAdditionalData,
	createWorkflow,
	nodeOf,
	sinkType,
	startType,
	toItems,
	type PartialNode,
} from './workflow';
import type {
	IBinaryKeyData,
	ICredentialDataDecryptedObject,
	ICredentialType,
	IConnections,
	IDataObject,
	IExecuteContextData,
	INode,
	INodeExecutionData,
	INodeParameters,
	INodeType,
	IPairedItemData,
	IPinData,
	IRun,
	IWorkflowSettings,
	NodeExecutionHint,
	WorkflowExecuteMode,
} from 'n8n-workflow';

/** Decrypted data by credential type name. Missing fields get the type's defaults. */
export type CredentialData = Record<string, ICredentialDataDecryptedObject>;

export interface RunOptions {
	/** Default `manual`. */
	mode?: WorkflowExecuteMode;
	/** Default `1`. The same id twice: n8n's re-run of a crashed execution. */
	executionId?: string;
	/** Default one for each store. Empty: a workflow that was never saved. */
	workflowId?: string;
	/** Is the workflow active? Default: in every mode but `manual`. */
	active?: boolean;
	settings?: IWorkflowSettings;
	/** What `getContext()` finds at the start, keyed as n8n does: `node:<name>` or `flow`. */
	contextData?: IExecuteContextData;
	staticData?: IDataObject;
	/** Items by node name that n8n takes instead of running the node; manual runs only. */
	pinData?: IPinData;
	/** A shared store; default one of its own; `false`: none is set up, n8n's helpers throw. */
	dataDeduplication?: DedupeStore | false;
	/** Aborting it cancels the execution, as the Stop button does. */
	signal?: AbortSignal;
}

export interface WorkflowRun extends RunOptions {
	/** As in an exported workflow; id, version and position may be left out. */
	nodes: PartialNode[];
	connections: IConnections;
	/** Name of the node the run starts at; default: the first one. A type not given in `types` hands out `items`. */
	startAt?: string;
	/** What the start node hands out: json objects, or whole items. Default: one empty object. */
	items?: Array<IDataObject | INodeExecutionData>;
	/** Instances by full type name, such as `n8n-nodes-jsms.jSms`. */
	types: Record<string, INodeType>;
	credentialTypes?: ICredentialType[];
	/** Nodes that name no credentials use these, as far as their type declares them. */
	credentials?: CredentialData;
}

export interface NodeUnderTest {
	/** Name on the canvas. */
	name: string;
	/** Full type name, such as `n8n-nodes-jsms.jSms`. */
	type: string;
	nodeType: INodeType;
	credentialTypes?: ICredentialType[];
	credentials?: CredentialData;
}

/** Settings of the node (onError, retryOnFail, maxTries, waitBetweenTries in ms, id, ...), and of the run under `run`. */
export type NodeExtras = Partial<Omit<INode, 'name' | 'type' | 'parameters'>> & { run?: RunOptions };

/** Start -> node -> one sink per output, named `Output 0`, `Output 1`, ... (the Error output included). */
export type RunNode = (
	parameters: INodeParameters,
	items?: Array<IDataObject | INodeExecutionData>,
	extras?: NodeExtras,
	credentials?: CredentialData,
) => Promise<IRun>;

export interface OutputItem {
	json: IDataObject;
	pairedItem: IPairedItemData | IPairedItemData[] | number | undefined;
	error?: Error;
	binary?: IBinaryKeyData;
}

/**
 * Runs a workflow in n8n's engine to its end.
 *
 * @returns the run as n8n stores it; a failing node shows in `status` and {@link errorOf}, it does not reject
 * @throws what the engine refuses before it starts, such as a missing required parameter
 */
export async function runWorkflow({
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
}: WorkflowRun): Promise<IRun> {
	const start = startType(toItems(items));
	const trigger = nodes.find(({ name }) => name === startAt)?.type ?? START_TYPE;
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
			nodeExecutionStack: [{ node: nodeOf(workflow, startAt), data: { main: [[{ json: {} }]] }, source: null }],
		},
	});
	const running = new core.WorkflowExecute(additionalData, mode, runData).processRunExecutionData(workflow);
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
function withCredentials(
	nodes: PartialNode[],
	types: Record<string, INodeType>,
	credentials: CredentialData,
): PartialNode[] {
	return nodes.map((node) => {
		const declared = types[node.type]?.description.credentials ?? [];
		const given = declared.filter(({ name }) => Object.hasOwn(credentials, name));
		if (node.credentials !== undefined || given.length === 0) return node;
		return { ...node, credentials: Object.fromEntries(given.map(({ name }) => [name, { id: `id-${name}`, name }])) };
	});
}

/** How many main outputs n8n shows for this node, the Error output of "Continue (using error output)" included. */
function countOutputs(node: INode, nodeType: INodeType): number {
	const workflow = createWorkflow({ nodes: [node], types: { [node.type]: nodeType }, workflowId: 'count' });
	return NodeHelpers.getNodeOutputs(workflow, nodeOf(workflow, node.name), nodeType.description).length;
}

export function createNodeRunner({
	name,
	type,
	nodeType,
	credentialTypes = [],
	credentials: usualCredentials = {},
}: NodeUnderTest): { runNode: RunNode } {
	const types = { [type]: nodeType };

	const runNode: RunNode = async (parameters, items = [{}], extras = {}, credentials = usualCredentials) => {
		const { run: runOptions = {}, ...nodeExtras } = extras;
		// The engine reads a missing or zero wait as a second; a test should not take that long.
		const node = completeNode({ waitBetweenTries: 1, ...nodeExtras, name, type, parameters }, 1);
		const sinks = Array.from({ length: countOutputs(node, nodeType) }, (_, index) => `Output ${index}`);
		return await runWorkflow({
			nodes: [{ name: 'Start', type: START_TYPE }, node, ...sinks.map((sink) => ({ name: sink, type: SINK_TYPE }))],
			connections: {
				Start: { main: [[{ node: name, type: 'main' as const, index: 0 }]] },
				[name]: { main: sinks.map((sink) => [{ node: sink, type: 'main' as const, index: 0 }]) },
			},
			items,
			types,
			credentialTypes,
			credentials,
			...runOptions,
		});
	};

	return { runNode };
}

/** The items of each output of a node, in order. Empty if the node did not run or failed. */
export function outputsOf(run: IRun, nodeName: string, runIndex = 0): OutputItem[][] {
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

/** The error that stopped the run. A plain copy, as n8n stores it: compare `name`, not the class. */
export const errorOf = (run: IRun): IRun['data']['resultData']['error'] => run.data.resultData.error;

/** What the node said through `addExecutionHints`. */
export const hintsOf = (run: IRun, nodeName: string, runIndex = 0): NodeExecutionHint[] =>
	run.data.resultData.runData[nodeName]?.[runIndex]?.hints ?? [];

/** How often the node ran (retries of one run are not counted). */
export const runCountOf = (run: IRun, nodeName: string): number => run.data.resultData.runData[nodeName]?.length ?? 0;

export { START_TYPE, SINK_TYPE, createDedupeStore, takeLogs };
export type { DedupeStore };
