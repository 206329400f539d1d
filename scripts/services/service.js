'use strict';

const { spawn } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');
const { setTimeout: wait } = require('node:timers/promises');

/**
 * @typedef {object} Service
 * @property {() => Promise<void>} stop Ends it and waits for that
 * @property {() => Promise<void>} restart Ends it and starts it again the same way
 */

/**
 * @typedef {object} Program
 * @property {string} name For messages
 * @property {string} program
 * @property {string[]} args
 * @property {string} folder Where it is run, and where its output goes
 * @property {NodeJS.Signals} endSignal Makes it end quickly
 * @property {{uid: number, gid: number}} [user] Who runs it
 * @property {() => Promise<boolean>} isReady
 * @property {number} [timeoutMs]
 */

/**
 * Starts a server program and resolves when it is ready.
 *
 * @param {Program} program
 * @returns {Promise<Service>}
 * @throws {Error} With its output when it dies or does not become ready
 */
async function startService(program) {
	let stop = await run(program);
	return {
		stop: () => stop(),
		restart: async () => {
			await stop();
			stop = await run(program);
		},
	};
}

/** @param {Program} program @returns {Promise<() => Promise<void>>} Ends it */
async function run({ name, program, args, folder, endSignal, user, isReady, timeoutMs = 30_000 }) {
	const log = path.join(folder, `${name}.log`);
	const out = fs.openSync(log, 'a');
	const child = spawn(process.execPath, [path.join(__dirname, 'supervisor.js'), endSignal, program, ...args], {
		cwd: folder,
		stdio: ['ignore', out, out],
		// WHY a group of its own: Ctrl-C in the terminal must reach us first, so that things are ended in order.
		detached: true,
		...user,
	});
	fs.closeSync(out);
	let alive = true;
	const exited = new Promise((resolve) => {
		child.once('error', resolve);
		child.once('exit', resolve);
	}).then(() => {
		alive = false;
	});
	const stop = async () => {
		if (!alive) return;
		child.kill('SIGTERM');
		const timer = setTimeout(() => process.kill(-(/** @type {number} */ (child.pid)), 'SIGKILL'), 10_000);
		await exited;
		clearTimeout(timer);
	};
	const deadline = Date.now() + timeoutMs;
	while (!(alive && (await isReady()))) {
		if (!alive || Date.now() > deadline) {
			const state = alive ? `was not ready after ${timeoutMs / 1000} s` : 'ended before it was ready';
			await stop();
			throw new Error(`${name} ${state}. Its output:\n${fs.readFileSync(log, 'utf8')}`);
		}
		await wait(50);
	}
	return stop;
}

module.exports = { startService };
