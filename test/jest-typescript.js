'use strict';

const path = require('node:path');

/** What jest needs to load TypeScript; spread into each configuration. Types are removed, not checked. */
module.exports = {
	transform: { '^.+\\.ts$': ['ts-jest', { tsconfig: path.join(__dirname, 'tsconfig.json') }] },
	// Beside each node lies its codex, <name>.node.json: for `import './JSms.node'` the source must come first.
	moduleFileExtensions: ['ts', 'js', 'json'],
};
