'use strict';

/**
 * n8n's isolated evaluator, the kind that servers run, in a process of its own: Jest cannot load it.
 *
 * From a test: `readIsolated()`. As a program it is the process itself.
 */
const { fork } = require('node:child_process');

/**
 * Lets n8n read one parameter per item.
 *
 * @param {Array<{ json: import('n8n-workflow').IDataObject, expression: string }>} cases
 * @returns {Promise<Array<{ value: unknown } | { failed: true }>>}
 */
async function readIsolated(cases) {
	const child = fork(__filename, { serialization: 'advanced' });
	try {
		return await new Promise((resolve, reject) => {
			child.once('message', resolve);
			child.once('exit', (code) => reject(new Error(`The evaluator ended with exit code ${code}`)));
			child.send(cases);
		});
	} finally {
		child.kill();
	}
}

function serve() {
	const { Expression } = require('n8n-workflow');
	const { createNodeRunner } = require('../../support/engine');
	// As n8n does at its start. Servers compile an isolate; this one, of the same package, runs anywhere.
	const ready = Expression.initExpressionEngine({
		engine: 'quickjs',
		poolSize: 1,
		bridgeTimeout: 5000,
		bridgeMemoryLimit: 128,
		maxCodeCacheSize: 1024,
	});
	process.on('message', async (cases) => {
		await ready;
		if (Expression.getActiveImplementation() !== 'quickjs') throw new Error('n8n did not take the isolated evaluator');
		process.send(await readAll(createNodeRunner, cases));
	});
	process.on('disconnect', () => process.exit(0));
}

async function readAll(createNodeRunner, cases) {
	let readings = [];
	const nodeType = {
		description: {
			displayName: 'Reader',
			name: 'reader',
			group: ['transform'],
			version: 1,
			description: 'Reads parameters',
			defaults: { name: 'Reader' },
			inputs: ['main'],
			outputs: ['main'],
			properties: cases.map((_, index) => ({
				displayName: `Value ${index}`,
				name: `value${index}`,
				type: 'string',
				default: '',
			})),
		},
		async execute() {
			readings = cases.map((_, index) => {
				try {
					return { value: this.getNodeParameter(`value${index}`, index, null) };
				} catch {
					return { failed: true };
				}
			});
			return [[]];
		},
	};
	const { runNode } = createNodeRunner({ name: 'Reader', type: 'test.reader', nodeType });
	await runNode(
		Object.fromEntries(cases.map(({ expression }, index) => [`value${index}`, expression])),
		cases.map(({ json }) => ({ json })),
	);
	return readings;
}

if (require.main === module) serve();

module.exports = { readIsolated };
