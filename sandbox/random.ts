/** Random numbers from 0 up to but not including 1; the same seed gives the same ones (mulberry32). */
export function generator(seed: number): () => number {
	let state = seed >>> 0;
	return () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}

/** A shuffled copy (Fisher-Yates); the same seed gives the same order. */
export function shuffled<T>(list: readonly T[], seed: number): T[] {
	const random = generator(seed);
	const result = [...list];
	for (let last = result.length - 1; last > 0; last--) {
		const other = Math.floor(random() * (last + 1));
		[result[last], result[other]] = [result[other], result[last]];
	}
	return result;
}
