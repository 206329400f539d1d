'use strict';

const clock = require('./clock');
const { describe } = require('./describe');

/** Passes the contacts on, so that there is an earlier node to refer to, and starts the clock. */
class Before {
	constructor() {
		this.description = describe('Before');
	}

	async execute() {
		const items = this.getInputData().map(({ json }, item) => ({ json, pairedItem: { item } }));
		clock.start();
		return [items];
	}
}

module.exports = { Before };
