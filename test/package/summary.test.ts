import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { ROOT } from '../support/root';

/** Suites that start servers force jest's exit, lest a server that a failed test left behind keeps the run alive. */
it.each([true, false])('a suite ends with its closing line, alone on the last line (forced exit: %s)', (forceExit) => {
	const folder = mkdtempSync(path.join(os.tmpdir(), 'jsms-summary-'));
	try {
		writeFileSync(path.join(folder, 'one.test.js'), "test('one', () => {});\ntest.skip('two', () => {});\n");
		const config = {
			rootDir: folder,
			testEnvironment: 'node',
			transform: {},
			forceExit,
			reporters: ['default', [path.join(ROOT, 'scripts/jest-summary-reporter.js'), { name: 'example' }]],
		};
		writeFileSync(path.join(folder, 'jest.config.json'), JSON.stringify(config));
		const jest = [require.resolve('jest/bin/jest'), '-c', path.join(folder, 'jest.config.json')];
		const output = execFileSync(process.execPath, jest, {
			cwd: folder,
			encoding: 'utf8',
			stdio: ['ignore', 'pipe', 'ignore'],
		});
		expect(output.split('\n').slice(-2)).toEqual(['example: 1 passed, 0 failed, 1 skipped', '']);
	} finally {
		rmSync(folder, { recursive: true });
	}
});
