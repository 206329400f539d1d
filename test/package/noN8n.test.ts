import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { ROOT } from '../support/root';

describe('on a day when n8n cannot be installed', () => {
	let cache: string;
	beforeAll(() => {
		cache = fs.mkdtempSync(path.join(os.tmpdir(), 'jsms-no-n8n-'));
	});
	afterAll(() => fs.rmSync(cache, { recursive: true, force: true }));

	/** A suite's own command, with nothing in the cache and a registry where nobody listens. */
	function run(suite: string, ...args: string[]) {
		const jest = require.resolve('jest/bin/jest');
		const { status, stdout, stderr } = spawnSync(
			process.execPath,
			[jest, '-c', `test/${suite}/jest.config.js`, '--runInBand', ...args],
			{
				cwd: ROOT,
				encoding: 'utf8',
				env: {
					...process.env,
					JSMS_CACHE_DIR: cache,
					npm_config_registry: 'http://127.0.0.1:9',
					npm_config_fetch_retries: '0',
				},
			},
		);
		return { status, output: stdout + stderr };
	}

	it.each([
		['e2e', '2.41.1', []],
		['e2e', '1.123.81', ['e2e/compat.test']],
		['queue', '2.41.1', []],
	])('%s without n8n %s fails and says so in its closing line', (suite, version, args) => {
		const { status, output } = run(suite, ...args);
		expect(status).toBe(1);
		expect(output).toContain(`n8n ${version} could not be installed`);
		expect(output).toMatch(new RegExp(`^${suite}: 0 passed, 1 failed \\(the set-up\\)$`, 'm'));
		expect(output).not.toMatch(/✓|skipped/);
	});
});
