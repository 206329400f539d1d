import type {
	IConnections,
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	IPinData,
	IRun,
	WorkflowExecuteMode,
} from 'n8n-workflow';

export type Shape = 'chain' | 'branches' | 'merge' | 'diamond' | 'loop' | 'readerInLoop';

/** How the nodes Start, A, B, C and Reader are wired. */
export const SHAPES: Record<Shape, IConnections>;

/** A workflow around a node that reads its parameters, as plain data. */
export interface Scenario {
	shape: Shape;
	/** Other names for the nodes A, B, C and Idle. */
	names: Record<string, string>;
	/** What A, B and C hand out: per run the items of both outputs. */
	script: Record<string, INodeExecutionData[][][]>;
	start: INodeExecutionData[];
	mode: WorkflowExecuteMode;
	pinData?: IPinData;
	/** n8n's newer way to keep files gives expressions other items. */
	binaryMode?: 'combined';
	/** The reader's parameters. */
	parameters: IDataObject;
	/** Read the first parameter for the first item, the second for the second and so on, instead of all for each. */
	inStep?: true;
}

/** Runs a scenario and lets the reader read whenever its turn comes. */
export function runScenario(scenario: Scenario, read: (context: IExecuteFunctions) => void): Promise<IRun>;

/** What n8n reads: one list per turn of the reader, in the order of {@link readsOf}. */
export function readScenario(scenario: Scenario): Promise<Reading[][]>;

/** Which parameters are read for which of so many items. */
export function readsOf(scenario: Scenario, count: number): Array<[name: string, itemIndex: number]>;

/** What reading gave, or what n8n said instead. */
export type Reading = { value: unknown } | { failed: string };

export function reading(read: () => unknown): Reading;
