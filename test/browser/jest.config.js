'use strict';

const { typescript } = require('../jest-typescript');

/**
 * The editor in a real browser: one n8n, one browser, one story told from log-in to result.
 *
 * @type {import('jest').Config}
 */
module.exports = {
	rootDir: '../..',
	testEnvironment: 'node',
	testMatch: ['<rootDir>/test/browser/**/*.test.ts'],
	modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/artifacts/'],
	...typescript,
	maxWorkers: 1,
	// A busy machine may take its time; a step that hangs is ended by its own, shorter limits.
	testTimeout: 120_000,
	// A test that failed before it closed its server or browser must be reported, not keep the run alive for ever.
	forceExit: true,
	globalSetup: '<rootDir>/test/browser/support/setup.ts',
	reporters: [
		['default', { summaryThreshold: 0 }],
		['<rootDir>/scripts/jest-summary-reporter.js', { name: 'browser' }],
	],
};
