/**
 * Workflows around a node that reads its parameters, as plain data, so that a process of its own can run the same ones.
 */
import { START_TYPE, runWorkflow } from '../../support/engine';
import type {
	IConnection,
	IDataObject,
	IExecuteFunctions,
	INode,
	INodeExecutionData,
	INodeParameters,
	INodeType,
	IPinData,
	IRun,
	WorkflowExecuteMode,
} from 'n8n-workflow';

export type Shape = 'chain' | 'branches' | 'merge' | 'diamond' | 'loop' | 'readerInLoop';

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

/** What reading gave, or what n8n said instead. */
export type Reading = { value: unknown } | { failed: string };

const READER = 'Reader';

const to = (node: string, index = 0): IConnection => ({ node, type: 'main', index });

/** Every workflow has the nodes A, B and C before the reader, wired differently; Idle never runs. */
export const SHAPES: Record<Shape, Record<string, { main: IConnection[][] }>> = {
	chain: {
		Start: { main: [[to('A')]] },
		A: { main: [[to('B')]] },
		B: { main: [[to('C')]] },
		C: { main: [[to(READER)]] },
	},
	/** The reader runs once for each branch. */
	branches: {
		Start: { main: [[to('A')]] },
		A: { main: [[to('B')], [to('C')]] },
		B: { main: [[to(READER)]] },
		C: { main: [[to(READER)]] },
	},
	/** C has two inputs. */
	merge: {
		Start: { main: [[to('A'), to('B')]] },
		A: { main: [[to('C')]] },
		B: { main: [[to('C', 1)]] },
		C: { main: [[to(READER)]] },
	},
	/** C takes what the reader read from the same node twice. */
	diamond: {
		Start: { main: [[to('A')]] },
		A: { main: [[to('B'), to('C', 1)]] },
		B: { main: [[to('C')]] },
		C: { main: [[to(READER)]] },
	},
	/** A repeats itself by way of B; the reader is part of the loop or stands behind it. */
	loop: {
		Start: { main: [[to('A')]] },
		A: { main: [[to('C')], [to('B')]] },
		B: { main: [[to('A')]] },
		C: { main: [[to(READER)]] },
	},
	readerInLoop: {
		Start: { main: [[to('A')]] },
		A: { main: [[to('C')], [to('B')]] },
		B: { main: [[to(READER)]] },
		[READER]: { main: [[to('A')]] },
	},
};

/** A node that hands out what the scenario says, run by run; behind the last run it hands out nothing. */
function scripted(displayName: string, inputs: number, script: Scenario['script']): INodeType {
	const runs = new Map<string, number>();
	return {
		description: {
			displayName,
			name: displayName.toLowerCase(),
			group: ['transform'],
			version: 1,
			description: 'Hands out what the test says',
			defaults: { name: displayName },
			inputs: Array.from({ length: inputs }, () => 'main' as const),
			outputs: ['main', 'main'],
			properties: [],
		},
		async execute(this: IExecuteFunctions) {
			const { name } = this.getNode();
			const run = runs.get(name) ?? 0;
			runs.set(name, run + 1);
			const outputs = script[name]?.[run] ?? [[], []];
			return [0, 1].map((index) => structuredClone(outputs[index] ?? []));
		},
	};
}

function readerType(parameters: IDataObject, read: (context: IExecuteFunctions) => void): INodeType {
	return {
		description: {
			displayName: READER,
			name: 'reader',
			group: ['transform'],
			version: 1,
			description: 'Reads its parameters',
			defaults: { name: READER },
			inputs: ['main'],
			outputs: ['main'],
			properties: Object.keys(parameters).map((name) => ({ displayName: name, name, type: 'string', default: '' })),
		},
		async execute(this: IExecuteFunctions) {
			read(this);
			return [this.getInputData()];
		},
	};
}

/** Runs a scenario and lets the reader read whenever its turn comes. */
export async function runScenario(
	{ shape, names, script, start, mode, pinData, binaryMode, parameters }: Scenario,
	read: (context: IExecuteFunctions) => void,
): Promise<IRun> {
	const named = (name: string) => names[name] ?? name;
	const node = (name: string, type: string, more?: Partial<INode>) => ({
		name: named(name),
		type,
		id: `id-${name}`,
		...more,
	});
	const connections = Object.entries(SHAPES[shape]).map(([from, { main }]) => [
		named(from),
		{ main: main.map((targets) => targets.map((target) => ({ ...target, node: named(target.node) }))) },
	]);
	const byName = Object.fromEntries(Object.entries(script).map(([name, runs]) => [named(name), runs]));
	const twoInputs = shape === 'merge' || shape === 'diamond';
	return await runWorkflow({
		nodes: [
			node('Start', START_TYPE),
			node('A', 'test.scripted'),
			node('B', 'test.scripted'),
			node('C', twoInputs ? 'test.merging' : 'test.scripted'),
			node('Idle', 'test.scripted'),
			node(READER, 'test.reader', { parameters: parameters as INodeParameters }),
		],
		connections: Object.fromEntries(connections),
		items: start,
		mode,
		...(pinData && {
			pinData: Object.fromEntries(Object.entries(pinData).map(([name, items]) => [named(name), items])),
		}),
		settings: binaryMode ? { binaryMode } : {},
		types: {
			'test.scripted': scripted('Scripted', 1, byName),
			'test.merging': scripted('Merging', 2, byName),
			'test.reader': readerType(parameters, read),
		},
	});
}

/** What n8n reads: one list per turn of the reader, in the order of `readsOf`. */
export async function readScenario(scenario: Scenario): Promise<Reading[][]> {
	const runs: Reading[][] = [];
	await runScenario(scenario, (context) => {
		runs.push(
			readsOf(scenario, context.getInputData().length).map(([name, itemIndex]) =>
				reading(() => context.getNodeParameter(name, itemIndex, null)),
			),
		);
	});
	return runs;
}

/** Which parameters are read for which items: all for each, or the first for the first, the second for the second ... */
export function readsOf({ parameters, inStep }: Scenario, count: number): Array<[name: string, itemIndex: number]> {
	const names = Object.keys(parameters);
	if (inStep) return names.slice(0, count).map((name, index): [string, number] => [name, index]);
	return names.flatMap((name) => Array.from({ length: count }, (_, index): [string, number] => [name, index]));
}

/** What reading gave, or what n8n said instead. */
export function reading(read: () => unknown): Reading {
	try {
		return { value: read() };
	} catch (error) {
		return { failed: String((error as Error).message) };
	}
}
