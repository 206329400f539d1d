'use strict';

const { describe } = require('./describe');

/** Makes the rows that sending would give, without sending: the memory that the result itself takes. */
class Rows {
	constructor() {
		this.description = describe('Rows', {
			properties: [{ displayName: 'Template', name: 'template', type: 'number', default: 0 }],
		});
	}

	async execute() {
		const template = this.getNodeParameter('template', 0);
		return [
			this.getInputData().map(({ json: { mobile, name, order, date } }, item) => ({
				json: {
					status: 'sent',
					mobile,
					msg_id: String(274_000_000_000 + item),
					temp_id: template,
					temp_para: { name, order, date },
				},
				pairedItem: { item },
			})),
		];
	}
}

module.exports = { Rows };
