import type {
	IBinaryKeyData,
	ICredentialDataDecryptedObject,
	ICredentialType,
	IConnections,
	IDataDeduplicator,
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

/** Node types of the helpers: a start that hands out the items, and a sink that passes on what it receives. */
export const START_TYPE: 'test.start';
export const SINK_TYPE: 'test.sink';

/** Decrypted data by credential type name. Missing fields get the type's defaults. */
export type CredentialData = Record<string, ICredentialDataDecryptedObject>;

/** In place of the table in n8n's database; mode `entries` only. */
export interface DedupeStore extends IDataDeduplicator {
	/** Calls so far; lets a test see that a node stayed away from the store. */
	calls: { check: number; remove: number };
	/** The workflow that runs on this store belong to. */
	workflowId: string;
}

/** A store for one or several runs: pass the same one to let a run see what an earlier run recorded. */
export function createDedupeStore(): DedupeStore;

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
	nodes: Array<Pick<INode, 'name' | 'type'> & Partial<INode>>;
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

/**
 * Runs a workflow in n8n's engine to its end.
 *
 * @returns the run as n8n stores it; a failing node shows in `status` and {@link errorOf}, it does not reject
 * @throws what the engine refuses before it starts, such as a missing required parameter
 */
export function runWorkflow(options: WorkflowRun): Promise<IRun>;

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

export function createNodeRunner(node: NodeUnderTest): { runNode: RunNode };

export interface OutputItem {
	json: IDataObject;
	pairedItem: IPairedItemData | IPairedItemData[] | number | undefined;
	error?: Error;
	binary?: IBinaryKeyData;
}

/** The items of each output of a node, in order. Empty if the node did not run or failed. */
export function outputsOf(run: IRun, nodeName: string, runIndex?: number): OutputItem[][];

/** The error that stopped the run. A plain copy, as n8n stores it: compare `name`, not the class. */
export function errorOf(run: IRun): IRun['data']['resultData']['error'];

/** What the node said through `addExecutionHints`. */
export function hintsOf(run: IRun, nodeName: string, runIndex?: number): NodeExecutionHint[];

/** How often the node ran (retries of one run are not counted). */
export function runCountOf(run: IRun, nodeName: string): number;

/** Everything logged since the last call, by the engine and by nodes through `this.logger`; empties the record. */
export function takeLogs(): Array<{ level: string; message: string; metadata?: unknown }>;
