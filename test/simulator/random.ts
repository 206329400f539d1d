/** Gives numbers from 0 up to, not including, 1. */
export type Random = () => number;

/** Mulberry32: small, fast, and good enough for choosing worlds. */
export function randomFrom(seed: number): Random {
	let state = seed >>> 0;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
	};
}

/**
 * A stream of its own for each subject of a world (the store, the service, each process): what one of them draws does not shift
 * what the others get, so a world from which a step was removed stays the same world elsewhere.
 */
export function streamOf(seed: number, subject: string): Random {
	let hash = 0x811c9dc5 ^ seed;
	for (const character of subject) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
	return randomFrom(hash ^ (hash >>> 15));
}

/** Ways to choose with a stream. */
export interface Choice {
	chance(probability: number): boolean;
	/** A whole number, both ends included. */
	whole(min: number, max: number): number;
	one<T>(...values: T[]): T;
	/** Weight and value; the weights need not add up to anything. */
	weighted<T>(...pairs: Array<[number, T]>): T;
}

export function choosing(random: Random): Choice {
	return {
		chance: (probability) => random() < probability,
		whole: (min, max) => min + Math.floor(random() * (max - min + 1)),
		one: (...values) => values[Math.floor(random() * values.length)],
		weighted: (...pairs) => {
			let left = random() * pairs.reduce((sum, [weight]) => sum + weight, 0);
			for (const [weight, value] of pairs) if ((left -= weight) < 0) return value;
			return pairs[0][1];
		},
	};
}
