import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { quietEnvironment } from './environment';
import { freePorts } from './ports';
import type { Installation } from './install';

const COMMANDS = { main: 'start', worker: 'worker', webhook: 'webhook' };
// n8n itself gives running executions 30 s before it exits.
const GRACE_MS = 40_000;

/** Process groups to end when this process ends. */
const running = new Set<number>();
let exitHandlerSet = false;

type Ending = { code: number | null; signal: string | null; error?: Error };

export interface N8nProcess {
	/** e.g. http://127.0.0.1:41234, without a slash at the end */
	url: string;
	pid: number;
	/** File with everything the process printed */
	log: string;
	/** How long it took to become ready, milliseconds */
	readyMs: number;
	exited: Promise<Ending>;
	/** Asks it to end, ends it when it does not */
	stop: () => Promise<void>;
	/** Sends one signal to this process alone */
	kill: (signal: NodeJS.Signals) => void;
}

/**
 * Starts one n8n process and resolves when it is ready for work.
 * @throws {Error} With the end of its output when it dies or does not become ready
 */
export async function startN8n({
	installation,
	userFolder,
	role = 'main',
	args = [],
	env,
	port,
	timeoutMs = 120_000,
}: {
	installation: Installation;
	/** Its own folder: database, settings, installed community packages */ userFolder: string;
	role?: 'main' | 'worker' | 'webhook';
	/** Further arguments, e.g. `--concurrency=5` */ args?: string[];
	/** Further environment variables */ env?: Record<string, string>;
	/** Port of the editor; free one when absent */ port?: number;
	/** How long it may take to become ready */ timeoutMs?: number;
}): Promise<N8nProcess> {
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
	const exited = new Promise<Ending>((resolve) => {
		child.once('error', (error) => resolve({ code: null, signal: null, error }));
		child.once('exit', (code, signal) => resolve({ code, signal }));
	});
	if (child.pid === undefined) throw new Error(`n8n could not be started: ${(await exited).error?.message}`);
	const { pid } = child;
	endWithThisProcess(pid);
	let alive = true;
	void exited.then(() => {
		alive = false;
		endGroup(pid);
	});

	const stop = async () => {
		if (alive) {
			child.kill('SIGTERM');
			const timer = setTimeout(() => endGroup(pid), GRACE_MS);
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
		pid,
		log,
		readyMs: Date.now() - started,
		exited,
		stop,
		kill: (signal) => void child.kill(signal),
	};
}

async function answers(url: string) {
	try {
		const response = await fetch(url, { signal: AbortSignal.timeout(2_000) });
		return response.ok && typeof (await response.json()) === 'object';
	} catch {
		return false;
	}
}

function endOf(file: string) {
	return fs.readFileSync(file, 'utf8').trimEnd().split('\n').slice(-25).join('\n');
}

function endWithThisProcess(pid: number) {
	running.add(pid);
	if (exitHandlerSet) return;
	exitHandlerSet = true;
	process.on('exit', () => {
		for (const group of running) endGroup(group);
	});
}

/** Ends a process group at once, whoever is left in it. */
function endGroup(pid: number) {
	running.delete(pid);
	try {
		process.kill(-pid, 'SIGKILL');
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
	}
}
