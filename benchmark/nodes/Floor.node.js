'use strict';

const { describe } = require('./describe');

/**
 * The floor: the least a node can do to send a list. It takes everything on trust: fields of the items are there and
 * are text, every answer is good, and its rows stand in the order of the request. No expression, no check, no result
 * but "sent". Same bodies, same HTTP helper, same number of requests under way, same rows as the JSms node.
 */
class Floor {
	constructor() {
		this.description = describe('Floor', {
			credentials: [{ name: 'jSmsApi', required: true }],
			properties: [
				{ displayName: 'Template', name: 'template', type: 'number', default: 0 },
				{ displayName: 'Per Request', name: 'perRequest', type: 'number', default: 1000 },
				{ displayName: 'Concurrency', name: 'concurrency', type: 'number', default: 4 },
			],
		});
	}

	async execute() {
		const items = this.getInputData();
		const [template, perRequest, concurrency] = ['template', 'perRequest', 'concurrency'].map((name) =>
			this.getNodeParameter(name, 0),
		);
		const { baseUrl } = await this.getCredentials('jSmsApi');
		const rows = new Array(items.length);
		let next = 0;
		const work = async () => {
			while (next < items.length) {
				const first = next;
				next += perRequest;
				const part = items.slice(first, next);
				const body = JSON.stringify({
					temp_id: template,
					recipients: part.map(({ json: { mobile, name, order, date } }) => ({
						mobile,
						temp_para: { name, order, date },
					})),
				});
				const answer = await this.helpers.httpRequestWithAuthentication.call(this, 'jSmsApi', {
					method: 'POST',
					url: `${baseUrl}/messages/batch`,
					headers: { Accept: 'application/json', 'Content-Type': 'application/json' },
					body,
					encoding: 'text',
				});
				JSON.parse(answer).recipients.forEach(({ msg_id }, index) => {
					const { mobile, name, order, date } = part[index].json;
					rows[first + index] = {
						json: { status: 'sent', mobile, msg_id, temp_id: template, temp_para: { name, order, date } },
						pairedItem: { item: first + index },
					};
				});
			}
		};
		await Promise.all(Array.from({ length: concurrency }, work));
		return [rows];
	}
}

module.exports = { Floor };
