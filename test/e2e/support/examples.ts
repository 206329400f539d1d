import { readExamples } from '../../support/examples';
import type { Instance } from './instance';

/** A file of ../examples. */
interface ExampleTest {
	default: (get: () => Instance, file: string) => void;
	/** The first major version of n8n that knows all it uses. */
	needsN8n?: number;
}

/**
 * Runs every workflow published under examples/, the way its reader would: each has its test in ../examples.
 * @param major Version of this n8n
 */
export function describeExamples(get: () => Instance, major: number) {
	describe('published examples', () => {
		beforeEach(() => get().sandbox.reset());

		for (const { name, file } of readExamples()) {
			const { default: describeExample, needsN8n = 1 } = require(`../examples/${name}`) as ExampleTest;
			if (major >= needsN8n) describe(name, () => describeExample(get, file));
		}
	});
}
