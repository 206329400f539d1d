import { createHash } from 'node:crypto';

import { path, print } from './host';
import { findOf } from './oracle/judge';
import { play } from './play';
import type { ModuleSource } from './process/modules';
import { generate } from './world/generate';
import type { World } from './world/types';
import { KEPT, readWorld, worldsIn } from './worldFile';

/** What became of a world that is run with every `npm test`. */
export interface KeptResult {
	name: string;
	violations: string[];
	/** Of all that happened: the same in every process and every order of worlds. */
	hash: string;
}

/** Seeds whose worlds are run with every `npm test`, beside the worlds in files. */
export const FIXED_SEEDS: readonly number[] = [];

/** Runs the fixed worlds and all kept ones, and prints the results as JSON. */
export async function runKept(modules: ModuleSource, inReverse: boolean): Promise<void> {
	const worlds: Array<[string, World]> = [
		...worldsIn(KEPT).map((file): [string, World] => [path.basename(file), readWorld(file).world]),
		...FIXED_SEEDS.map((seed): [string, World] => [`seed ${seed}`, generate(seed)]),
	];
	if (inReverse) worlds.reverse();
	const results: KeptResult[] = [];
	for (const [name, world] of worlds) {
		const { history, violations } = await play(world, modules);
		const all = [history.trace, history.runs.map(({ execution, from, end, result }) => [execution, from, end, result])];
		results.push({
			name,
			violations: violations.map((one) => `${findOf(one)}: ${one.text}`),
			hash: createHash('sha1').update(JSON.stringify(all)).digest('hex'),
		});
	}
	print(JSON.stringify(results));
}
