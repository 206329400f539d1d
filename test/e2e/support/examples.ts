import { readExamples } from '../../support/examples';
import type { Instance } from './instance';

/**
 * Runs every workflow published under examples/, the way its reader would: each has its test in ../examples, whose
 * `needsN8n` is the first major version that knows all it uses.
 * @param major Version of this n8n
 */
export function describeExamples(get: () => Instance, major: number) {
	describe('published examples', () => {
		beforeEach(() => get().sandbox.reset());

		for (const { name, file } of readExamples()) {
			const example = require(`../examples/${name}`);
			if (major >= (example.needsN8n ?? 1)) describe(name, () => example(get, file));
		}
	});
}
