'use strict';

const fs = require('node:fs');
const path = require('node:path');
const { ensureN8n } = require('../../scripts/n8n/install');
const { prepare } = require('../../scripts/prepare');

const ROOT = path.resolve(__dirname, '../..');

/**
 * A jest globalSetup for a suite in real n8n: before any test the pack is built and the n8n versions are in the cache,
 * with progress shown. A version that cannot be installed ends the run here, loudly and with a closing line that counts
 * as a failure: a version that is left out must not look like one that passed.
 *
 * @param {string} suite Name for the closing line, as the suite's reporter writes it
 * @param {Partial<Record<'main' | 'compat', string>>} files The test file that needs a version, relative to the suite's
 *   folder; one that the command line leaves out needs no install
 * @param {() => void} [check] Throws when something else is missing on this machine
 * @returns {(globalConfig: import('@jest/types').Config.GlobalConfig) => Promise<void>}
 */
function setUpN8n(suite, files, check = () => undefined) {
	return async (globalConfig) => {
		const wanted = new RegExp(globalConfig.testPathPattern ?? '');
		console.log();
		try {
			check();
			await prepare(ROOT);
			for (const [leg, file] of Object.entries(files)) {
				if (wanted.test(path.join(ROOT, 'test', suite, file))) await ensureN8n(leg);
			}
		} catch (error) {
			// WHY not process.stdout: when a set-up fails, jest silences it before the process ends.
			process.once('exit', () => fs.writeSync(1, `${suite}: 0 passed, 1 failed (the set-up)\n`));
			throw error;
		}
	};
}

module.exports = { setUpN8n };
