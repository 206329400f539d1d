'use strict';

/**
 * Row number `index` of the contact list; all numbers differ.
 *
 * @param {number} index
 */
function contact(index) {
	return {
		mobile: String(13_000_000_000 + index),
		name: `Person ${index}`,
		order: `A-${100_000 + index}`,
		date: '1 December',
	};
}

module.exports = { contact };
