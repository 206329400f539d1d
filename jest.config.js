'use strict';

const { availableParallelism } = require('node:os');
const { sharedEngine, typescript } = require('./test/jest-typescript');

const project = (name, testMatch, settings = {}) => ({
	displayName: name,
	testEnvironment: 'node',
	testMatch: testMatch.map((pattern) => `<rootDir>/test/${pattern}.test.ts`),
	...typescript,
	// Builds, unpacked packages and the copies that mutation testing works on hold package.json and the classes a second time.
	modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/artifacts/'],
	...settings,
});

/** @type {import('jest').Config} */
module.exports = {
	// One more than there are processors: some tests wait for other programs.
	maxWorkers: availableParallelism() + 1,
	// The first test of a file loads n8n's engine, which takes seconds on a busy machine.
	testTimeout: 30_000,
	reporters: ['default', '<rootDir>/scripts/jest-summary-reporter.js'],
	projects: [
		project('unit', ['unit/**/*', 'support/**/*']),
		project('workflow', ['workflow/**/*'], sharedEngine),
		project('simulator', ['simulator/**/*'], { modulePathIgnorePatterns: ['<rootDir>/artifacts/'] }),
		project('sandbox', ['sandbox/**/*']),
		project('scripts', ['scripts/**/*']),
		project('package', ['package/**/*'], { modulePathIgnorePatterns: ['<rootDir>/artifacts/'] }),
	],
};
