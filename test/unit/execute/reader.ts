import {
	type IDataObject,
	type IExecuteFunctions,
	type INodeProperties,
	type INodeType,
	NodeConnectionTypes,
} from 'n8n-workflow';

import { Parameters } from '../../../nodes/JSms/execute/parameters';
import { createNodeRunner, errorOf } from '../../support/engine';
import { counting } from './compare';

/** The two ways to read a parameter, inside a running node. */
export interface Reader {
	ours: (name: string, itemIndex: number) => unknown;
	/** n8n's own evaluator. */
	theirs: (name: string, itemIndex: number) => unknown;
	/** How often `ours` has asked n8n's evaluator so far. */
	evaluated: () => number;
}

/**
 * Runs a node in n8n's engine and lets it read its parameters in both ways.
 *
 * @param values the parameters by name, as the editor stores them
 * @param type   of all these parameters
 * @param items  the input
 * @param read   what the node does; returns what it found out
 */
export async function readInNode<T>(
	values: Record<string, unknown>,
	type: INodeProperties['type'],
	items: IDataObject[],
	read: (reader: Reader) => T,
): Promise<T> {
	let found: { out: T } | undefined;
	const nodeType: INodeType = {
		description: {
			displayName: 'Reader',
			name: 'reader',
			group: ['transform'],
			version: 1,
			description: 'Reads parameters in two ways',
			defaults: { name: 'Reader' },
			inputs: [NodeConnectionTypes.Main],
			outputs: [NodeConnectionTypes.Main],
			properties: Object.keys(values).map((name) => ({ displayName: name, name, type, default: '' })),
		},
		async execute(this: IExecuteFunctions) {
			const asked = counting(this);
			const parameters = new Parameters(asked, this.getInputData());
			const out = read({
				ours: (name, index) => parameters.read(name, index),
				theirs: (name, index) => this.getNodeParameter(name, index, null),
				evaluated: asked.evaluated,
			});
			found = { out };
			return [[]];
		},
	};
	const { runNode } = createNodeRunner({ name: 'Reader', type: 'test.reader', nodeType });
	const run = await runNode(
		values as never,
		items.map((json) => ({ json })),
	);
	if (!found) throw new Error(`Nothing was read: ${errorOf(run)?.message}`);
	return found.out;
}
