'use strict';

const path = require('node:path');

/** What jest needs to load TypeScript; spread into each configuration. Types are removed, not checked. */
const typescript = {
	// jest's own place is in the system's temporary folder, where it would stay.
	cacheDirectory: path.join(__dirname, '../node_modules/.cache/jest'),
	transform: { '^.+\\.ts$': ['ts-jest', { tsconfig: path.join(__dirname, 'tsconfig.json') }] },
	// Beside each node lies its codex, <name>.node.json: for `import './JSms.node'` the source must come first.
	moduleFileExtensions: ['ts', 'js', 'json'],
};

const SHARED = '/node_modules/(n8n-core|n8n-workflow|reflect-metadata|@n8n/(di|backend-common))/';

/** The same for tests that run workflows in n8n's engine: each worker process of jest loads the engine once. */
const sharedEngine = {
	...typescript,
	testEnvironment: path.join(__dirname, 'support/sharedEngine.ts'),
	transform: { ...typescript.transform, [SHARED]: path.join(__dirname, 'support/sharedModule.js') },
	transformIgnorePatterns: [`/node_modules/(?!${SHARED.slice('/node_modules/'.length)})`],
};

module.exports = { sharedEngine, typescript };
