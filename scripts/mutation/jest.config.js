'use strict';

const { join } = require('node:path');
const { sharedEngine } = require('../../test/jest-typescript');

/** @type {import('jest').Config} Of the tests that `npm run mutation` lets loose on changed code; Stryker reads it. */
module.exports = {
	rootDir: join(__dirname, '../..'),
	roots: ['nodes', 'credentials', 'sandbox', 'test'].map((folder) => `<rootDir>/${folder}`),
	testMatch: ['unit', 'workflow'].map((folder) => `<rootDir>/test/${folder}/**/*.test.ts`),
	// They read sources, which Stryker has rewritten, or take too long.
	testPathIgnorePatterns: ['/unit/imports\\.', '/unit/execute/parameters\\.property\\.'],
	...sharedEngine,
	testEnvironment: join(__dirname, 'environment.ts'),
	runner: join(__dirname, 'runner.ts'),
	testTimeout: 10_000,
};
