import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

export interface Service {
	/** Ends it and waits for that */
	stop: () => Promise<void>;
	/** Ends it and starts it again the same way */
	restart: () => Promise<void>;
}

export interface Program {
	/** For messages */
	name: string;
	program: string;
	args: string[];
	/** Where it is run, and where its output goes */
	folder: string;
	/** Makes it end quickly */
	endSignal: NodeJS.Signals;
	/** Who runs it */
	user?: { uid: number; gid: number };
	isReady: () => Promise<boolean>;
	timeoutMs?: number;
}

/**
 * Starts a server program and resolves when it is ready.
 * @throws {Error} With its output when it dies or does not become ready
 */
export async function startService(program: Program): Promise<Service> {
	let stop = await run(program);
	return {
		stop: () => stop(),
		restart: async () => {
			await stop();
			stop = await run(program);
		},
	};
}

/** @returns Ends it */
async function run({
	name,
	program,
	args,
	folder,
	endSignal,
	user,
	isReady,
	timeoutMs = 30_000,
}: Program): Promise<() => Promise<void>> {
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
		const timer = setTimeout(() => process.kill(-(child.pid as number), 'SIGKILL'), 10_000);
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
