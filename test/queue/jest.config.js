'use strict';

const { typescript } = require('../jest-typescript');

/** @type {import('jest').Config} */
module.exports = {
	rootDir: __dirname,
	testEnvironment: 'node',
	testMatch: ['<rootDir>/*.test.ts'],
	...typescript,
	// A test that failed before it closed its server or browser must be reported, not keep the run alive for ever.
	forceExit: true,
	globalSetup: '<rootDir>/support/setup.ts',
	// Starting five servers on a busy machine takes its time; a worker's death is noticed after seconds.
	testTimeout: 240_000,
	reporters: ['default', ['<rootDir>/../../scripts/jest-summary-reporter.js', { name: 'queue' }]],
};
