'use strict';

const { spawn } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');
const { setTimeout: wait } = require('node:timers/promises');
const { quietEnvironment } = require('./environment');
const { freePorts } = require('./ports');

const COMMANDS = { main: 'start', worker: 'worker', webhook: 'webhook' };
// n8n itself gives running executions 30 s before it exits.
const GRACE_MS = 40_000;

/** Process groups to end when this process ends. */
const running = new Set();
let exitHandlerSet = false;

/**
 * @typedef {object} N8nProcess
 * @property {string} url e.g. http://127.0.0.1:41234, without a slash at the end
 * @property {number} pid
 * @property {string} log File with everything the process printed
 * @property {number} readyMs How long it took to become ready, milliseconds
 * @property {Promise<{code: number | null, signal: string | null}>} exited
 * @property {() => Promise<void>} stop Asks it to end, ends it when it does not
 * @property {(signal: NodeJS.Signals) => void} kill Sends one signal to this process alone
 */

/**
 * Starts one n8n process and resolves when it is ready for work.
 *
 * @param {object} options
 * @param {import('./install').Installation} options.installation
 * @param {string} options.userFolder Its own folder: database, settings, installed community packages
 * @param {'main' | 'worker' | 'webhook'} [options.role]
 * @param {string[]} [options.args] Further arguments, e.g. `--concurrency=5`
 * @param {Record<string, string>} [options.env] Further environment variables
 * @param {number} [options.port] Port of the editor; free one when absent
 * @param {number} [options.timeoutMs] How long it may take to become ready
 * @returns {Promise<N8nProcess>}
 * @throws {Error} With the end of its output when it dies or does not become ready
 */
async function startN8n({ installation, userFolder, role = 'main', args = [], env, port, timeoutMs = 120_000 }) {
	const [freePort, brokerPort, healthPort] = await freePorts(3);
	const listen = port ?? freePort;
	fs.mkdirSync(userFolder, { recursive: true });
	const log = path.join(userFolder, `${role}.log`);
	const out = fs.openSync(log, 'w');
	const started = Date.now();
	const child = spawn(
		installation.node,
		['--require', path.join(__dirname, 'parentWatch.js'), installation.bin, COMMANDS[role], ...args],
		{
			cwd: userFolder,
			env: quietEnvironment({
				leg: installation.leg,
				userFolder,
				port: listen,
				brokerPort,
				// WHY: only a worker has a health server apart from its (unused) editor port.
				env:
					role === 'worker'
						? { QUEUE_HEALTH_CHECK_ACTIVE: 'true', QUEUE_HEALTH_CHECK_PORT: String(healthPort), ...env }
						: env,
			}),
			stdio: ['ignore', out, out],
			// WHY a process group of its own: n8n's task runner is a child of n8n and has to go with it, and Ctrl-C in
			// the terminal must reach us first so that things are ended in order.
			detached: true,
		},
	);
	fs.closeSync(out);
	const exited = new Promise((resolve) => {
		child.once('error', (error) => resolve({ code: null, signal: null, error }));
		child.once('exit', (code, signal) => resolve({ code, signal }));
	});
	if (child.pid === undefined) throw new Error(`n8n could not be started: ${(await exited).error?.message}`);
	endWithThisProcess(child.pid);
	let alive = true;
	void exited.then(() => {
		alive = false;
		endGroup(child.pid);
	});

	const stop = async () => {
		if (alive) {
			child.kill('SIGTERM');
			const timer = setTimeout(() => endGroup(child.pid), GRACE_MS);
			await exited;
			clearTimeout(timer);
		}
	};
	const url = `http://127.0.0.1:${listen}`;
	// WHY /rest/settings: a main answers its health check before its routes exist. WHY JSON: until then it answers every
	// path with "n8n is starting up" and status 200.
	const probe =
		role === 'worker'
			? `http://127.0.0.1:${healthPort}/healthz/readiness`
			: `${url}${role === 'main' ? '/rest/settings' : '/healthz/readiness'}`;
	while (!(await answers(probe))) {
		if (!alive || Date.now() - started > timeoutMs) {
			const state = alive ? `was not ready after ${timeoutMs / 1000} s` : `ended before it was ready`;
			await stop();
			throw new Error(`n8n ${installation.version} (${role}) ${state}. End of ${log}:\n${endOf(log)}`);
		}
		await wait(100);
	}
	return {
		url,
		pid: child.pid,
		log,
		readyMs: Date.now() - started,
		exited,
		stop,
		kill: (signal) => void child.kill(signal),
	};
}

/** @param {string} url */
async function answers(url) {
	try {
		const response = await fetch(url, { signal: AbortSignal.timeout(2_000) });
		return response.ok && typeof (await response.json()) === 'object';
	} catch {
		return false;
	}
}

/** @param {string} file */
function endOf(file) {
	return fs.readFileSync(file, 'utf8').trimEnd().split('\n').slice(-25).join('\n');
}

/** @param {number} pid */
function endWithThisProcess(pid) {
	running.add(pid);
	if (exitHandlerSet) return;
	exitHandlerSet = true;
	process.on('exit', () => {
		for (const group of running) endGroup(group);
	});
}

/** Ends a process group at once, whoever is left in it. */
function endGroup(pid) {
	running.delete(pid);
	try {
		process.kill(-pid, 'SIGKILL');
	} catch (error) {
		if (error.code !== 'ESRCH') throw error;
	}
}

module.exports = { startN8n };
