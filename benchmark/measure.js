'use strict';

/**
 * One way of doing the same thing, to be compared with others.
 *
 * @template T
 * @typedef {object} Variant
 * @property {string} name
 * @property {() => Promise<T>} run Does it once
 * @property {number} [repeats] Fewer (or more) than the others, for what takes long
 */

/**
 * Runs several variants in turns, so that whatever else the machine does meets all of them alike.
 * The order is turned by one each round: nobody always goes first.
 *
 * @template T
 * @param {Variant<T>[]} variants
 * @param {number} repeats
 * @returns {Promise<Record<string, T[]>>} All results by variant
 */
async function interleave(variants, repeats) {
	const results = Object.fromEntries(variants.map(({ name }) => [name, []]));
	const rounds = Math.max(...variants.map((variant) => variant.repeats ?? repeats));
	for (let round = 0; round < rounds; round += 1) {
		for (let turn = 0; turn < variants.length; turn += 1) {
			const variant = variants[(turn + round) % variants.length];
			if (round < (variant.repeats ?? repeats)) results[variant.name].push(await variant.run());
		}
	}
	return results;
}

/** @param {number[]} values At least one */
function median(values) {
	const sorted = [...values].sort((a, b) => a - b);
	const middle = Math.floor(sorted.length / 2);
	return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/**
 * Median of the ratios of runs that stood beside each other: a slow moment of the machine hits both and cancels out.
 *
 * @param {number[]} values
 * @param {number[]} base
 */
function medianRatio(values, base) {
	const pairs = Math.min(values.length, base.length);
	return median(values.slice(0, pairs).map((value, index) => value / base[index]));
}

module.exports = { interleave, median, medianRatio };
