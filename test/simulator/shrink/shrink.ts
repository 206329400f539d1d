import type { World } from '../world/types';
import { smaller } from './smaller';

export interface Shrunk {
	world: World;
	/** Worlds that were tried. */
	tries: number;
}

/**
 * Makes a world smaller as long as it still shows what it is kept for: delta debugging on its JSON.
 * @param shows whether a world shows it
 */
export async function shrink(world: World, shows: (world: World) => Promise<boolean>, budget: number): Promise<Shrunk> {
	let best = world;
	let tries = 0;
	for (let isSmaller = true; isSmaller && tries < budget; ) {
		isSmaller = false;
		for (const candidate of smaller(best)) {
			if (tries >= budget) break;
			tries += 1;
			if (!(await shows(candidate))) continue;
			best = candidate;
			isSmaller = true;
			break;
		}
	}
	return { world: best, tries };
}
