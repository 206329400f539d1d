'use strict';

/**
 * `node scripts/run.js <program.ts> ...`: runs a program of this repository that is written in TypeScript, also from a bare clone.
 * Types are removed, not checked; `npm run typecheck` checks them.
 */

// WHY only Node's own modules until `prepare` has run: on a bare clone nothing else is there yet.
const Module = require('node:module');
const path = require('node:path');
const { prepare } = require('./prepare');

async function main() {
	if (Number(process.versions.node.split('.')[0]) < 20) {
		throw new Error(`Node.js 20 or newer is needed, this is ${process.versions.node}.`);
	}
	await prepare(path.resolve(__dirname, '..'), { build: false });
	require('./tsx');
	// The program sees itself as the one that was started: `process.argv` and `require.main` are its own.
	process.argv.splice(1, 2, path.resolve(process.argv[2]));
	Module.runMain();
}

main().catch((error) => {
	console.error(error.message);
	process.exitCode = 1;
});
