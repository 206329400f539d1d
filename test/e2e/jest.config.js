'use strict';

const { typescript } = require('../jest-typescript');

/**
 * Tests against real n8n servers. One after the other: an n8n takes a processor and most of a gigabyte for itself.
 *
 * @type {import('jest').Config}
 */
module.exports = {
	rootDir: '../..',
	testEnvironment: 'node',
	testMatch: ['<rootDir>/test/e2e/**/*.test.ts'],
	modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/artifacts/'],
	...typescript,
	maxWorkers: 1,
	verbose: true,
	testTimeout: 120_000,
	// A test that failed before it closed its server or browser must be reported, not keep the run alive for ever.
	forceExit: true,
	globalSetup: '<rootDir>/test/e2e/support/setup.ts',
	reporters: [
		['default', { summaryThreshold: 0 }],
		['<rootDir>/scripts/jest-summary-reporter.js', { name: 'e2e' }],
	],
};
