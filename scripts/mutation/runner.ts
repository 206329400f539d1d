import fs from 'node:fs';
import path from 'node:path';
import TestRunner, { type Test, type TestRunnerOptions, type TestWatcher } from 'jest-runner';

/** In the copy of the project that Stryker works on: the tests of each file, and how long they took together. */
const FILES = path.resolve('test-files.json');
type Files = Record<string, { names: string[]; ms: number }>;

/**
 * Stryker tells jest only the names of the tests that reach a change: jest would load every test file to look for them, and go on
 * after the first test that fails. This runner loads the files with such tests, fast ones first, and ends with the first failure.
 */
export default class Runner extends TestRunner {
	override async runTests(tests: Test[], watcher: TestWatcher, options: TestRunnerOptions) {
		const { testNamePattern } = this._globalConfig;
		if (testNamePattern === undefined || testNamePattern === '') return await this.note(tests, watcher, options);
		const wanted = new RegExp(testNamePattern, 'i');
		const files = JSON.parse(fs.readFileSync(FILES, 'utf8')) as Files;
		let failed = false;
		this.on('test-file-success', ([, { numFailingTests }]) => void (failed ||= numFailingTests > 0));
		this.on('test-file-failure', () => void (failed = true));
		const some = tests.filter((test) => files[test.path]?.names.some((name) => wanted.test(name)));
		for (const test of some.sort((one, other) => files[one.path].ms - files[other.path].ms)) {
			if (!failed) await super.runTests([test], watcher, options);
		}
	}

	/** The first run, of all tests without a change. */
	private async note(tests: Test[], watcher: TestWatcher, options: TestRunnerOptions) {
		const files: Files = {};
		this.on('test-file-success', ([test, { testResults, perfStats }]) => {
			files[test.path] = { names: testResults.map(({ fullName }) => fullName), ms: perfStats.end - perfStats.start };
		});
		await super.runTests(tests, watcher, options);
		fs.writeFileSync(FILES, JSON.stringify(files));
	}
}
