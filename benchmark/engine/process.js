'use strict';

/**
 * n8n's engine in a process of its own: what is measured has its own heap and its own CPU time.
 *
 * From another file: `startEngine()`. As a program it is the process itself.
 */

const { fork } = require('node:child_process');
const { TSX } = require('../../scripts/tsx');

/**
 * @typedef {object} Engine
 * @property {(job: {variant: string, n: number, baseUrl: string}) => Promise<import('./workflow').Measured & { maxRssMb: number }>} run
 *   The variant `poll` is one poll of the trigger, the others are workflows
 * @property {() => Promise<string>} stop Ends it; answers what it printed
 */

/**
 * @param {{execArgv?: string[]}} [options] flags for Node.js
 * @returns {Engine}
 */
function startEngine({ execArgv = [] } = {}) {
	const child = fork(__filename, {
		stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
		execArgv: [...TSX, ...execArgv],
		env: { ...process.env, NO_COLOR: '1' },
	});
	const printed = [];
	child.stdout.on('data', (chunk) => printed.push(chunk));
	const ended = Promise.all([
		new Promise((resolve) => child.once('exit', resolve)),
		new Promise((resolve) => child.stdout.once('close', resolve)),
	]);
	return {
		run: (job) =>
			new Promise((resolve, reject) => {
				const died = (code, signal) => reject(new Error(`The engine ended in mid-run (${signal ?? code})`));
				child.once('exit', died);
				child.once('message', ({ error, measured }) => {
					child.off('exit', died);
					if (error) reject(new Error(error));
					else resolve(measured);
				});
				child.send(job);
			}),
		stop: async () => {
			if (child.connected) child.disconnect();
			await ended;
			return Buffer.concat(printed).toString();
		},
	};
}

function serve() {
	const { measurePoll } = require('./poll');
	const { loadPack, measure } = require('./workflow');
	const pack = loadPack();
	process.on('message', async (job) => {
		try {
			const measured = await (job.variant === 'poll' ? measurePoll(job) : measure(pack, job));
			process.send({ measured: { ...measured, maxRssMb: process.resourceUsage().maxRSS / 1024 } });
		} catch (error) {
			process.send({ error: error.stack });
		}
	});
	process.on('disconnect', () => process.exit(0));
}

if (require.main === module) serve();

module.exports = { startEngine };
