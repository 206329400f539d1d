'use strict';

const { join } = require('node:path');
const { typescript } = require('../jest-typescript');

const root = join(__dirname, '../..');

/** @type {import('jest').Config} */
module.exports = {
	rootDir: root,
	testEnvironment: 'node',
	testMatch: ['<rootDir>/test/safety/**/*.test.ts'],
	...typescript,
	modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/artifacts/'],
	// Most of the time is waiting for timeouts; what is measured is measured in a process of its own.
	maxWorkers: 3,
	// Property tests take as long as JSMS_RUNS asks for.
	testTimeout: 900_000,
	reporters: ['default', ['<rootDir>/scripts/jest-summary-reporter.js', { name: 'safety' }]],
};
