'use strict';

const { describe } = require('./describe');

/** As many as the package remembers. */
const OPTIONS = { mode: 'entries', maxEntries: 100_000 };

/**
 * The least that Send Once Keys can cost: the keys of a list recorded in n8n's store in one call, looked up in a second one
 * right behind it, and nothing else.
 */
class Store {
	constructor() {
		this.description = describe('Store');
	}

	async execute() {
		const items = this.getInputData();
		const keys = items.map(({ json }) => json.mobile);
		await this.helpers.checkProcessedAndRecord(keys, 'node', OPTIONS);
		await this.helpers.checkProcessedAndRecord(keys.slice(-1), 'node', OPTIONS);
		return [items];
	}
}

module.exports = { Store };
