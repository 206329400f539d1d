/**
 * n8n's isolated evaluator, the kind that servers run, in a process of its own: Jest cannot load it.
 *
 * From a test: `readIsolated()`. As a program it is the process itself.
 */
import { fork } from 'node:child_process';
import { TSX } from '../../../scripts/tsx';
import type { Scenario, Reading } from './scenario';

/**
 * Lets n8n read what `readScenario` reads.
 * @returns one list of turns for each
 */
export async function readIsolated(scenarios: Scenario[]): Promise<Reading[][][]> {
	const child = fork(__filename, { serialization: 'advanced', execArgv: [...TSX] });
	try {
		return await new Promise((resolve, reject) => {
			child.once('message', resolve);
			child.once('exit', (code) => reject(new Error(`The evaluator ended with exit code ${code}`)));
			child.send(scenarios);
		});
	} finally {
		child.kill();
	}
}

function serve() {
	const { Expression } = require('n8n-workflow') as typeof import('n8n-workflow');
	const { readScenario } = require('./scenario') as typeof import('./scenario');
	// As n8n does at its start. Servers compile an isolate; this one, of the same package, runs anywhere.
	const ready = Expression.initExpressionEngine({
		engine: 'quickjs',
		poolSize: 1,
		bridgeTimeout: 5000,
		bridgeMemoryLimit: 128,
		maxCodeCacheSize: 1024,
	});
	const answer = async (scenarios: Scenario[]) => {
		await ready;
		if (Expression.getActiveImplementation() !== 'quickjs') throw new Error('n8n did not take the isolated evaluator');
		const readings: Reading[][][] = [];
		for (const scenario of scenarios) readings.push(await readScenario(scenario));
		process.send?.(readings);
	};
	process.on('message', (scenarios: Scenario[]) => void answer(scenarios));
	process.on('disconnect', () => process.exit(0));
}

if (require.main === module) serve();
