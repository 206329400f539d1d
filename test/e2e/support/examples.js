'use strict';

const { readExamples } = require('../../support/examples');

/**
 * Runs every workflow published under examples/, the way its reader would: each has its test in ../examples, whose
 * `needsN8n` is the first major version that knows all it uses.
 *
 * @param {() => import('./instance').Instance} get
 * @param {number} major Version of this n8n
 */
function describeExamples(get, major) {
	describe('published examples', () => {
		beforeEach(() => get().sandbox.reset());

		for (const { name, file } of readExamples()) {
			const example = require(`../examples/${name}`);
			if (major >= (example.needsN8n ?? 1)) describe(name, () => example(get, file));
		}
	});
}

module.exports = { describeExamples };
