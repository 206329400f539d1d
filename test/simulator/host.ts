/** What the simulator takes from Node.js: kept here as it was before the virtual clock takes over. */
import { spawnSync } from 'node:child_process';
import crypto from 'node:crypto';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import vm from 'node:vm';
import { TSX } from '../../scripts/tsx';

export interface Replacements {
	globals?: Record<string, unknown>;
	math?: Partial<Math>;
	abortSignal?: { timeout?: (ms: number) => AbortSignal };
	performance?: { now?: () => number };
	randomUUID?: typeof crypto.randomUUID;
}

export const ROOT = path.resolve(__dirname, '../..');
export const SIMULATOR = __dirname;

const realSetImmediate = setImmediate;
const RealDate = Date;

/** Of the global object as it is before the virtual clock takes over. */
export const real = {
	Date: RealDate,
	now: () => RealDate.now(),
	cpuMs: () => {
		const { user, system } = process.cpuUsage();
		return (user + system) / 1000;
	},
	/** One turn of the real event loop. Nothing in a simulation does real I/O, so after it all promises have moved on. */
	turn: () => new Promise<void>((resolve) => realSetImmediate(resolve)),
};

/** Replaces properties of global objects for the rest of this Node.js process. */
export function replaceGlobals({
	globals = {},
	math = {},
	abortSignal = {},
	performance: clock = {},
	randomUUID,
}: Replacements): void {
	Object.assign(globalThis, globals);
	Object.assign(Math, math);
	Object.assign(AbortSignal, abortSignal);
	for (const [name, value] of Object.entries(clock)) Object.defineProperty(performance, name, { value });
	if (randomUUID) crypto.randomUUID = randomUUID;
}

export const onUnhandledRejection = (listener: (reason: unknown) => void) => process.on('unhandledRejection', listener);

/**
 * Runs the simulator's command in a process of its own, where the clock can be replaced.
 *
 * @returns what it printed
 * @throws when it fails
 */
export function runSimulator(args: readonly string[]): string {
	const script = path.join(__dirname, 'cli.ts');
	const { stdout, stderr, status } = spawnSync(process.execPath, [...TSX, script, ...args], {
		encoding: 'utf8',
		maxBuffer: 2 ** 28,
	});
	if (status !== 0) throw new Error(`The simulator ended with ${status}: ${stderr}\n${stdout}`);
	return stdout;
}

export const print = (text: string): void => {
	process.stdout.write(`${text}\n`);
};

export const setExitCode = (code: number) => {
	process.exitCode = code;
};

export { createRequire, fs, path, vm };
