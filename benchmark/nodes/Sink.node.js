'use strict';

const clock = require('./clock');
const { describe } = require('./describe');

/** Reads the clock and counts what arrived; its one item is what the webhook answers. */
class Sink {
	constructor() {
		this.description = describe('Sink');
	}

	async execute() {
		const time = clock.read();
		const items = this.getInputData();
		return [[{ json: { ...time, count: items.length, last: items.at(-1)?.json ?? null } }]];
	}
}

module.exports = { Sink };
