'use strict';

const path = require('node:path');
const { prepare } = require('../../../scripts/demo/prepare');
const { ensureN8n } = require('../../../scripts/n8n/install');

/**
 * Before any test: the pack is built and the n8n versions are in the cache, with progress shown. A version that cannot
 * be installed ends the run here, loudly: a leg that is left out must not look like a leg that passed.
 */
module.exports = async (globalConfig) => {
	console.log();
	await prepare(path.resolve(__dirname, '../../..'));
	const wanted = globalConfig.testPathPattern || globalConfig.testPathPatterns?.patterns?.join('|') || '';
	for (const leg of ['main', 'compat']) {
		if (!wanted || new RegExp(wanted).test(`/test/e2e/${leg}.test.js`)) await ensureN8n(leg);
	}
};
