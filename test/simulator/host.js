'use strict';

/**
 * What the simulator takes from Node.js. n8n's lint rules forbid these in TypeScript files, and with good reason for nodes: so
 * they come from here. Types: host.d.ts beside this file.
 */
const { spawnSync } = require('node:child_process');
const crypto = require('node:crypto');
const fs = require('node:fs');
const { createRequire } = require('node:module');
const path = require('node:path');
const vm = require('node:vm');
const { TSX } = require('../../scripts/tsx');

const realSetImmediate = setImmediate;
const RealDate = Date;

/** Of the global object as it is before the virtual clock takes over. */
const real = {
	Date: RealDate,
	now: () => RealDate.now(),
	cpuMs: () => {
		const { user, system } = process.cpuUsage();
		return (user + system) / 1000;
	},
	/** One turn of the real event loop. Nothing in a simulation does real I/O, so after it all promises have moved on. */
	turn: () => new Promise((resolve) => realSetImmediate(resolve)),
};

/** Replaces properties of global objects for the rest of this Node.js process. */
function replaceGlobals({ globals = {}, math = {}, abortSignal = {}, performance: clock = {}, randomUUID }) {
	Object.assign(globalThis, globals);
	Object.assign(Math, math);
	Object.assign(AbortSignal, abortSignal);
	for (const [name, value] of Object.entries(clock)) Object.defineProperty(performance, name, { value });
	if (randomUUID) crypto.randomUUID = randomUUID;
}

const onUnhandledRejection = (listener) => process.on('unhandledRejection', listener);

function runSimulator(args) {
	const script = path.join(__dirname, 'cli.ts');
	const { stdout, stderr, status } = spawnSync(process.execPath, [...TSX, script, ...args], {
		encoding: 'utf8',
		maxBuffer: 2 ** 28,
	});
	if (status !== 0) throw new Error(`The simulator ended with ${status}: ${stderr}\n${stdout}`);
	return stdout;
}

module.exports = {
	ROOT: path.resolve(__dirname, '../..'),
	SIMULATOR: __dirname,
	createRequire,
	fs,
	onUnhandledRejection,
	path,
	print: (text) => process.stdout.write(`${text}\n`),
	real,
	replaceGlobals,
	runSimulator,
	setExitCode: (code) => {
		process.exitCode = code;
	},
	vm,
};
