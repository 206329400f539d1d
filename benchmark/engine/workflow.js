'use strict';

/** Runs one workflow in n8n's real engine (n8n-core, without a server) and measures the node that matters. */

const path = require('node:path');
const { runWorkflow } = require('../../test/support/engine');
const { contact } = require('../nodes/contact');
const { Floor } = require('../nodes/Floor.node');
const { Rows } = require('../nodes/Rows.node');
const { describe } = require('../nodes/describe');
const { CONCURRENCY, KEYS, PER_REQUEST, REFER, TEMPLATE, jsmsParameters } = require('../workload');

const PACK = path.resolve(__dirname, '../..');

/**
 * The nodes that can be measured, with their parameters.
 *
 * @type {Record<string, (types: Record<string, import('n8n-workflow').INodeType>) => { node: import('n8n-workflow').INodeType, parameters: object }>}
 */
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
};

/** Loads the built pack, as n8n would. */
function loadPack() {
	const started = performance.now();
	const { JSms, JSmsApi } = require(PACK);
	const types = { jsms: new JSms(), floor: new Floor(), rows: new Rows() };
	return { types, credentialTypes: [new JSmsApi()], ms: performance.now() - started };
}

/**
 * @typedef {object} Measured
 * @property {number} ms Wall time of the node's `execute`
 * @property {number} cpuMs CPU time of this process meanwhile, all threads
 * @property {number} count Rows on the first output
 * @property {object | undefined} first First of them
 */

/**
 * Gen (hands out `n` contacts) -> Before (passes them on) -> node.
 *
 * @param {{types: object, credentialTypes: object[]}} pack
 * @param {{variant: string, n: number, baseUrl: string}} job
 * @returns {Promise<Measured>}
 * @throws when the run failed, or not every contact gave a row on the first output
 */
async function measure({ types, credentialTypes }, { variant, n, baseUrl }) {
	const { node, parameters } = VARIANTS[variant](types);
	/** @type {Measured | undefined} */
	let measured;
	const timed = {
		description: node.description,
		async execute() {
			const cpu = process.cpuUsage();
			const started = performance.now();
			const outputs = await node.execute.call(this);
			const ms = performance.now() - started;
			const { user, system } = process.cpuUsage(cpu);
			const [{ length: count, 0: first, [n - 1]: last }] = outputs;
			measured = { ms, cpuMs: (user + system) / 1000, count, first, last };
			return outputs;
		},
	};
	const gen = {
		description: describe('Gen', { inputs: [], group: ['trigger'] }),
		execute: async () => [Array.from({ length: n }, (_, index) => ({ json: contact(index) }))],
	};
	const before = {
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
	if (!measured) throw new Error(`${variant} failed: ${run.data.resultData.error?.message}`);
	if (measured.count !== n) throw new Error(`${variant} gave ${measured.count} rows for ${n} contacts`);
	return measured;
}

module.exports = { loadPack, measure };
