const out = `artifacts/${process.env.MUTATION_OUT ?? 'mutation'}`;

/** @type {import('@stryker-mutator/api/core').PartialStrykerOptions} */
export default {
	mutate: ['nodes/**/*.ts', 'credentials/**/*.ts'],
	plugins: ['./scripts/mutation/plugins.mjs'],
	testRunner: 'resident',
	ignorers: ['labels'],
	coverageAnalysis: 'perTest',
	ignoreStatic: true,
	packageManager: 'npm',
	concurrency: Number(process.env.MUTATION_CONCURRENCY ?? 1),
	incremental: true,
	incrementalFile: `${out}/incremental.json`,
	reporters: ['html', 'json', 'clear-text'],
	clearTextReporter: { logTests: false, allowColor: false, reportTests: false },
	htmlReporter: { fileName: `${out}/index.html` },
	jsonReporter: { fileName: `${out}/report.json` },
	tempDirName: `${out}/sandbox`,
	ignorePatterns: ['/dist', '/artifacts', '/benchmark', '/examples', '/docs', '/icons', '/coverage'],
	timeoutMS: 60_000,
	dryRunTimeoutMinutes: 15,
	disableTypeChecks: false,
	thresholds: { high: 95, low: 90, break: null },
};
