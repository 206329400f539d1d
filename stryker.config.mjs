const out = 'artifacts/mutation';

/** @type {import('@stryker-mutator/api/core').PartialStrykerOptions} */
export default {
	mutate: ['nodes/**/*.ts', 'credentials/**/*.ts'],
	testRunner: 'jest',
	// The project's jest.config.js would load n8n's engine anew for every test file of every mutant.
	jest: { configFile: 'scripts/mutation/jest.config.js', enableFindRelatedTests: false },
	testRunnerNodeArgs: ['--require', './scripts/tsx.js'],
	coverageAnalysis: 'perTest',
	// What acts only while a module is loaded: labels and fields of the editor, tables.
	ignoreStatic: true,
	packageManager: 'npm',
	concurrency: 2,
	incrementalFile: `${out}/incremental.json`,
	reporters: ['html', 'json', 'clear-text', 'progress-append-only'],
	clearTextReporter: { logTests: false, allowColor: false, reportTests: false },
	htmlReporter: { fileName: `${out}/index.html` },
	jsonReporter: { fileName: `${out}/report.json` },
	tempDirName: `${out}/sandbox`,
	ignorePatterns: ['/dist', '/artifacts', '/benchmark', '/examples', '/docs', '/icons', '/coverage'],
	timeoutMS: 10_000,
	dryRunTimeoutMinutes: 15,
	disableTypeChecks: false,
	thresholds: { high: 99, low: 95, break: 90 },
};
