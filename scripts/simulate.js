'use strict';

// `npm run simulate`: see test/simulator/README.md. Builds what it needs first.
const path = require('node:path');
const { prepare } = require('./prepare');

const ROOT = path.resolve(__dirname, '..');

async function main() {
	await prepare(ROOT);
	require('./register-typescript');
	await require('../test/simulator/main').main(process.argv.slice(2));
}

main().catch((error) => {
	console.error(error.stack);
	process.exitCode = 1;
});
