'use strict';

const { execFile } = require('node:child_process');
const { quietEnvironment } = require('./environment');
const { freePorts } = require('./ports');

/**
 * Runs one n8n command to its end, such as `import:workflow` or `execute`. No n8n server has to run.
 *
 * @param {object} options
 * @param {import('./install').Installation} options.installation
 * @param {string} options.userFolder
 * @param {string[]} options.args e.g. ['execute', '--id=1', '--rawOutput']
 * @param {number} [options.timeoutMs]
 * @returns {Promise<{code: number, output: string}>} Exit code and all that was printed
 */
async function runCli({ installation, userFolder, args, timeoutMs = 120_000 }) {
	const [port, brokerPort] = await freePorts(2);
	return new Promise((resolve, reject) => {
		execFile(
			installation.node,
			[installation.bin, ...args],
			{
				env: quietEnvironment({ leg: installation.leg, userFolder, port, brokerPort }),
				cwd: userFolder,
				maxBuffer: 64 * 1024 * 1024,
				timeout: timeoutMs,
			},
			(error, stdout, stderr) => {
				// A command that ended by itself has a number as code; anything else is trouble of ours.
				if (error && typeof error.code !== 'number') reject(error);
				else resolve({ code: error ? error.code : 0, output: stdout + stderr });
			},
		);
	});
}

module.exports = { runCli };
