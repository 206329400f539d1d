'use strict';

const { join } = require('node:path');

const root = join(__dirname, '../..');

/** @type {import('jest').Config} */
module.exports = {
	rootDir: root,
	testEnvironment: 'node',
	testMatch: ['<rootDir>/test/safety/**/*.test.{ts,js}'],
	transform: { '^.+\\.ts$': ['ts-jest', { tsconfig: '<rootDir>/test/tsconfig.json' }] },
	// Beside each node lies its codex, <name>.node.json: for `import './JSms.node'` the source must come first.
	moduleFileExtensions: ['ts', 'js', 'json'],
	modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/artifacts/'],
	// Most of the time is waiting for timeouts; what is measured is measured in a process of its own.
	maxWorkers: 2,
	// Property tests take as long as JSMS_RUNS asks for.
	testTimeout: 900_000,
	reporters: ['default', ['<rootDir>/scripts/jest-summary-reporter.js', { name: 'safety' }]],
};
