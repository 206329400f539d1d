'use strict';

/**
 * Runs one program and ends it when whoever started this process is gone, however that ended: a test run that is killed
 * must not leave a database behind.
 *
 * `node supervisor.js <signal that ends the program> <program> [arguments]`
 */
const { spawn } = require('node:child_process');

const parent = process.ppid;
const [endSignal, program, ...args] = process.argv.slice(2);
const child = spawn(program, args, { stdio: 'inherit' });
child.once('error', (error) => {
	console.error(error.message);
	process.exit(1);
});
child.once('exit', (code) => process.exit(code ?? 1));

const end = () => void child.kill(/** @type {NodeJS.Signals} */ (endSignal));
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, end);
setInterval(() => {
	if (process.ppid !== parent) end();
}, 500);
