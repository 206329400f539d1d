import fs from 'node:fs';
import path from 'node:path';
import { ensureN8n } from '../../scripts/n8n/install';
import { prepare } from '../../scripts/prepare';
import type { Config } from '@jest/types';
import { ROOT } from './root';

/**
 * A jest globalSetup for a suite in real n8n: before any test the package is built and the n8n versions are in the cache,
 * with progress shown. A version that cannot be installed ends the run here, loudly and with a closing line that counts
 * as a failure: a version that is left out must not look like one that passed.
 * @param suite Name for the closing line, as the suite's reporter writes it
 * @param files The test file that needs a version, relative to the suite's
 * folder; one that the command line leaves out needs no install
 * @param check Throws when something else is missing on this machine
 */
export function setUpN8n(
	suite: string,
	files: Partial<Record<'main' | 'compat', string>>,
	check: () => void = () => undefined,
): (globalConfig: Config.GlobalConfig) => Promise<void> {
	return async (globalConfig) => {
		const wanted = new RegExp(globalConfig.testPathPattern ?? '');
		console.log();
		try {
			check();
			await prepare(ROOT);
			for (const [leg, file] of Object.entries(files) as Array<['main' | 'compat', string]>) {
				if (wanted.test(path.join(ROOT, 'test', suite, file))) await ensureN8n(leg);
			}
		} catch (error) {
			// WHY not process.stdout: when a set-up fails, jest silences it before the process ends.
			process.once('exit', () => fs.writeSync(1, `${suite}: 0 passed, 1 failed (the set-up)\n`));
			throw error;
		}
	};
}
