'use strict';

const { ROOT } = require('../../e2e/support/instance');
const { prepare } = require('../../../scripts/demo/prepare');
const { ensureN8n } = require('../../../scripts/n8n/install');
const { findChromium } = require('./browser');

/** Before any test: a browser is there, the pack is built and n8n is in the cache, with progress shown. */
module.exports = async () => {
	console.log();
	findChromium();
	await prepare(ROOT);
	await ensureN8n('main');
};
