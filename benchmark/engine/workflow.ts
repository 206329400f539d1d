/** Runs one workflow in n8n's real engine (n8n-core, without a server) and measures the node that matters. */

import path from 'node:path';
import { KEYS } from '../../test/support/keys';
import { runWorkflow } from '../../test/support/engine';
import { contact } from '../nodes/contact';
import { describe } from '../nodes/describe';
import { Floor } from '../nodes/Floor.node';
import { Rows } from '../nodes/Rows.node';
import { CONCURRENCY, PER_REQUEST, REFER, TEMPLATE, jsmsParameters } from '../workload';
import type { ICredentialType, INodeExecutionData, INodeParameters, INodeType } from 'n8n-workflow';
import type { Run } from '../measure';

const ROOT = path.resolve(__dirname, '../..');

type Types = Record<'jsms' | 'floor' | 'rows', INodeType>;

interface Package {
	types: Types;
	credentialTypes: ICredentialType[];
}

export interface Job {
	variant: Variant;
	/** Contacts */
	n: number;
	/** Of the sandbox */
	baseUrl: string;
}

export interface Measured extends Run {
	first?: INodeExecutionData;
	last?: INodeExecutionData;
}

/** The nodes that can be measured, with their parameters. */
const VARIANTS = {
	jsms: ({ jsms }) => ({ node: jsms, parameters: jsmsParameters('sendBatch') }),
	evaluated: ({ jsms }) => ({ node: jsms, parameters: jsmsParameters('sendBatch', { refer: REFER.evaluated }) }),
	earlier: ({ jsms }) => ({ node: jsms, parameters: jsmsParameters('sendBatch', { refer: REFER.earlier }) }),
	text: ({ jsms }) => ({ node: jsms, parameters: jsmsParameters('sendBatch', { refer: REFER.text }) }),
	floor: ({ floor }) => ({
		node: floor,
		parameters: { template: TEMPLATE, perRequest: PER_REQUEST, concurrency: CONCURRENCY },
	}),
	rows: ({ rows }) => ({ node: rows, parameters: { template: TEMPLATE } }),
} satisfies Record<string, (types: Types) => { node: INodeType; parameters: INodeParameters }>;

export type Variant = keyof typeof VARIANTS;

/** Loads the built package, as n8n would. */
export function loadPackage(): Package {
	const { JSms, JSmsApi } = require(ROOT) as { JSms: new () => INodeType; JSmsApi: new () => ICredentialType };
	return {
		types: { jsms: new JSms(), floor: new Floor(), rows: new Rows() },
		credentialTypes: [new JSmsApi()],
	};
}

/**
 * Gen (hands out `n` contacts) -> Before (passes them on) -> node.
 *
 * @throws when the run failed, or not every contact gave a row on the first output
 */
export async function measure({ types, credentialTypes }: Package, { variant, n, baseUrl }: Job): Promise<Measured> {
	const { node, parameters } = VARIANTS[variant](types);
	const runs: Measured[] = [];
	const timed: INodeType = {
		description: node.description,
		async execute() {
			const cpu = process.cpuUsage();
			const started = performance.now();
			const outputs = await node.execute?.call(this);
			const ms = performance.now() - started;
			const { user, system } = process.cpuUsage(cpu);
			if (!Array.isArray(outputs)) throw new Error(`${variant} put nothing out`);
			const [rows] = outputs;
			runs.push({ ms, cpuMs: (user + system) / 1000, count: rows.length, first: rows[0], last: rows[n - 1] });
			return outputs;
		},
	};
	const gen: INodeType = {
		description: describe('Gen', { inputs: [], group: ['trigger'] }),
		execute: async () => [Array.from({ length: n }, (_, index) => ({ json: contact(index) }))],
	};
	const before: INodeType = {
		description: describe('Before'),
		async execute() {
			return [this.getInputData().map(({ json }, item) => ({ json, pairedItem: { item } }))];
		},
	};
	const run = await runWorkflow({
		nodes: [
			{ name: 'Gen', type: 'bench.gen' },
			{ name: 'Before', type: 'bench.before' },
			{ name: 'Node', type: 'bench.node', parameters },
		],
		connections: {
			Gen: { main: [[{ node: 'Before', type: 'main', index: 0 }]] },
			Before: { main: [[{ node: 'Node', type: 'main', index: 0 }]] },
		},
		types: { 'bench.gen': gen, 'bench.before': before, 'bench.node': timed },
		credentialTypes,
		credentials: { jSmsApi: { ...KEYS, baseUrl } },
	});
	const measured = runs.at(0);
	if (!measured) throw new Error(`${variant} failed: ${run.data.resultData.error?.message}`);
	if (measured.count !== n) throw new Error(`${variant} gave ${measured.count} rows for ${n} contacts`);
	return measured;
}
