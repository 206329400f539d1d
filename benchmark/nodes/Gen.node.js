'use strict';

const { contact } = require('./contact');
const { describe } = require('./describe');

/** Hands out as many contacts as the call of the webhook asks for (`?n=`), after as many others (`&after=`). */
class Gen {
	constructor() {
		this.description = describe('Gen');
	}

	async execute() {
		const { n, after = 0 } = this.getInputData()[0].json.query;
		return [Array.from({ length: Number(n) }, (_, index) => ({ json: contact(Number(after) + index) }))];
	}
}

module.exports = { Gen };
