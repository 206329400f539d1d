import type { INodeProperties } from 'n8n-workflow';

import { isRecord } from '../model/json';

/**
 * Where the rows of a batch come out. Takes no expression: the canvas has to know how many outputs to draw before
 * there are items. As an AI tool all rows go to the first output anyway.
 */
export const rowsOnOption: INodeProperties = {
	displayName: 'Rows On',
	name: 'rowsOn',
	type: 'options',
	noDataExpression: true,
	default: 'threeOutputs',
	displayOptions: { hide: { '@tool': [true] } },
	options: [
		{
			name: 'Three Outputs',
			value: 'threeOutputs',
			description: 'Sent, Failed and Unknown rows each have an output',
		},
		{
			name: 'One Output',
			value: 'oneOutput',
			description: "All rows, in the order of the input; 'status' tells them apart",
		},
	],
	description:
		'Where the rows come out. Choose One Output at the end of a sub-workflow, or of a webhook that responds when the last node finishes: both return the first output only, and Failed and Unknown rows would not be seen.',
};

/**
 * True where all rows go to one output.
 * @param options the node's 'options' as the editor stores them, from which n8n draws the outputs
 */
export function isOneOutput(options: unknown): boolean {
	return isRecord(options) && options.rowsOn === 'oneOutput';
}
