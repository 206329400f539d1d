/** One run of what is measured. */
export interface Run {
	/** In an engine the time of the node's `execute`; in a server from the end of the node before to the start of the node behind */
	ms: number;
	/** CPU time of that process meanwhile, all threads */
	cpuMs: number;
	/** Items that came out, on the first output */
	count: number;
}

/** One way of doing the same thing, to be compared with others. */
export interface Variant<T> {
	name: string;
	/** Does it once */
	run: () => Promise<T>;
	/** Fewer (or more) than the others, for what takes long */
	repeats?: number;
}

/**
 * Runs several variants in turns, so that whatever else the machine does meets all of them alike.
 * The order is turned by one each round: nobody always goes first.
 * @returns All results by variant
 */
export async function interleave<T>(variants: Variant<T>[], repeats: number): Promise<Record<string, T[]>> {
	const results: Record<string, T[]> = Object.fromEntries(variants.map(({ name }) => [name, []]));
	const rounds = Math.max(...variants.map((variant) => variant.repeats ?? repeats));
	for (let round = 0; round < rounds; round += 1) {
		for (let turn = 0; turn < variants.length; turn += 1) {
			const variant = variants[(turn + round) % variants.length];
			if (round < (variant.repeats ?? repeats)) results[variant.name].push(await variant.run());
		}
	}
	return results;
}

/** @param values At least one */
export function median(values: number[]) {
	const sorted = [...values].sort((a, b) => a - b);
	const middle = Math.floor(sorted.length / 2);
	return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Median of the ratios of runs that stood beside each other: a slow moment of the machine hits both and cancels out. */
export function medianRatio(values: number[], base: number[]) {
	const pairs = Math.min(values.length, base.length);
	return median(values.slice(0, pairs).map((value, index) => value / base[index]));
}

export const wall = (runs: Array<Pick<Run, 'ms'>>) => runs.map(({ ms }) => ms);

export const cpu = (runs: Run[]) => runs.map(({ cpuMs }) => cpuMs);
