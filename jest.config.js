'use strict';

const typescript = {
	transform: { '^.+\\.ts$': ['ts-jest', { tsconfig: '<rootDir>/test/tsconfig.json' }] },
	// Beside each node lies its codex, <name>.node.json: for `import './JSms.node'` the source must come first.
	moduleFileExtensions: ['ts', 'js', 'json'],
};

const project = (name, testMatch, settings = {}) => ({
	displayName: name,
	testEnvironment: 'node',
	testMatch: testMatch.map((pattern) => `<rootDir>/test/${pattern}`),
	// Builds, unpacked packages and the copies that mutation testing works on hold package.json and the classes a second time.
	modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/artifacts/'],
	...settings,
});

/** @type {import('jest').Config} */
module.exports = {
	// The first test of a file loads n8n's engine, which takes seconds on a busy machine.
	testTimeout: 30_000,
	reporters: ['default', '<rootDir>/scripts/jest-summary-reporter.js'],
	projects: [
		project('unit', ['unit/**/*.test.ts', 'support/**/*.test.ts'], typescript),
		project('workflow', ['workflow/**/*.test.ts'], typescript),
		project('simulator', ['simulator/**/*.test.ts'], { ...typescript, modulePathIgnorePatterns: ['<rootDir>/artifacts/'] }),
		project('sandbox', ['sandbox/**/*.test.js'], { transform: {} }),
		project('scripts', ['scripts/**/*.test.ts'], typescript),
		project('package', ['package/**/*.test.js'], { transform: {}, modulePathIgnorePatterns: ['<rootDir>/artifacts/'] }),
	],
};
