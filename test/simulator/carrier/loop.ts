import type { IExecuteFunctions, INodeType } from 'n8n-workflow';

export const LOOP_TYPE = 'test.loop';

/** A loop: hands out some items at the first output, and the rest to itself at the second. */
export const loopType = (size: number): INodeType => ({
	description: {
		displayName: 'Loop',
		name: 'loop',
		group: ['transform'],
		version: 1,
		description: 'Hands out some items at a time',
		defaults: { name: 'Loop' },
		inputs: ['main'],
		outputs: ['main', 'main'],
		properties: [],
	},
	async execute(this: IExecuteFunctions) {
		const items = this.getInputData();
		return [items.slice(0, size), items.slice(size)];
	},
});
