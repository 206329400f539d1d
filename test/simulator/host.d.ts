/** The repository's root, absolute. */
export const ROOT: string;
/** This folder, absolute. */
export const SIMULATOR: string;
export const createRequire: (typeof import('node:module'))['createRequire'];
export const fs: typeof import('node:fs');
export const path: typeof import('node:path');
export const vm: typeof import('node:vm');

/** Time as it really passes, whatever the virtual clock says. */
export const real: {
	Date: DateConstructor;
	/** Milliseconds since 1970. */
	now(): number;
	/** Milliseconds of CPU time that this Node.js process has used. */
	cpuMs(): number;
	turn(): Promise<void>;
};

export interface Replacements {
	globals?: Record<string, unknown>;
	math?: Partial<Math>;
	abortSignal?: { timeout?: (ms: number) => AbortSignal };
	performance?: { now?: () => number };
	randomUUID?: () => string;
}

export function replaceGlobals(replacements: Replacements): void;
export function onUnhandledRejection(listener: (reason: unknown) => void): void;
/**
 * Runs the simulator's command in a process of its own, where the clock can be replaced.
 *
 * @returns what it printed
 * @throws when it fails
 */
export function runSimulator(args: readonly string[]): string;
export function print(text: string): void;
export function setExitCode(code: number): void;
