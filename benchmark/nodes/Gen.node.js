'use strict';

const { contact } = require('./contact');
const clock = require('./clock');
const { describe } = require('./describe');

/** Hands out as many contacts as the call of the webhook asks for (`?n=`), then starts the clock. */
class Gen {
	constructor() {
		this.description = describe('Gen');
	}

	async execute() {
		const { query } = this.getInputData()[0].json;
		const items = Array.from({ length: Number(query.n) }, (_, index) => ({ json: contact(index) }));
		clock.start();
		return [items];
	}
}

module.exports = { Gen };
