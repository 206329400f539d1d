'use strict';

const { spawn } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');
const { setTimeout: wait } = require('node:timers/promises');

/**
 * @typedef {object} Service
 * @property {number} pid
 * @property {() => Promise<void>} stop Ends it and waits for that
 */

/**
 * Starts a server program and resolves when it is ready.
 *
 * @param {object} options
 * @param {string} options.name For messages
 * @param {string} options.program
 * @param {string[]} options.args
 * @param {string} options.folder Where it is run, and where its output goes
 * @param {NodeJS.Signals} options.endSignal Makes it end quickly
 * @param {{uid: number, gid: number}} [options.user] Who runs it
 * @param {() => Promise<boolean>} options.isReady
 * @param {number} [options.timeoutMs]
 * @returns {Promise<Service>}
 * @throws {Error} With its output when it dies or does not become ready
 */
async function startService({ name, program, args, folder, endSignal, user, isReady, timeoutMs = 30_000 }) {
	const log = path.join(folder, `${name}.log`);
	const out = fs.openSync(log, 'w');
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
	return { pid: /** @type {number} */ (child.pid), stop };
}

module.exports = { startService };
