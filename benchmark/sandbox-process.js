'use strict';

/**
 * The sandbox in a process of its own, so that it does not share a thread with what is measured.
 *
 * From another file: `startSandboxProcess()`. As a program it is the process itself.
 */

const { fork } = require('node:child_process');
const { TSX } = require('../scripts/tsx');
const { SANDBOX_SETTINGS } = require('./workload');

/**
 * @typedef {object} SandboxProcess
 * @property {string} baseUrl
 * @property {(latencyMs?: number) => Promise<void>} reset Forgets all messages and sets the delay of each answer
 * @property {() => Promise<number>} accepted Messages accepted since the last reset
 * @property {() => Promise<number>} requests Calls since the last reset
 * @property {() => Promise<void>} stop
 */

/** @returns {Promise<SandboxProcess>} */
async function startSandboxProcess() {
	// WHY the heap: a run with a million recipients leaves a million entries in the ledger.
	const child = fork(__filename, { stdio: 'inherit', execArgv: [...TSX, '--max-old-space-size=6144'] });
	const exited = new Promise((resolve) => child.once('exit', resolve));
	const ask = (message) =>
		new Promise((resolve, reject) => {
			const died = () => reject(new Error('The sandbox ended in mid-run'));
			child.once('exit', died);
			child.once('message', (answer) => {
				child.off('exit', died);
				resolve(answer);
			});
			child.send(message);
		});
	const { baseUrl } = await ask({ ask: 'start' });
	return {
		baseUrl,
		reset: async (latencyMs = 0) => void (await ask({ ask: 'reset', latencyMs })),
		accepted: async () => (await ask({ ask: 'count' })).accepted,
		requests: async () => (await ask({ ask: 'count' })).requests,
		stop: async () => {
			child.disconnect();
			await exited;
		},
	};
}

async function serve() {
	const { startSandbox } = require('../sandbox');
	const sandbox = await startSandbox({ settings: SANDBOX_SETTINGS });
	process.on('message', ({ ask, latencyMs }) => {
		if (ask === 'reset') {
			sandbox.reset();
			sandbox.settings.latencyMs = latencyMs;
		}
		process.send({
			baseUrl: sandbox.baseUrl,
			accepted: sandbox.ledger.length,
			requests: sandbox.requests.length,
		});
	});
	process.on('disconnect', () => process.exit(0));
}

if (require.main === module) void serve();

module.exports = { startSandboxProcess };
