'use strict';

/**
 * n8n's own Data Tables, read and changed as its page for them does.
 */
class DataTables {
	/** @param {import('../../../scripts/n8n/client').N8nClient} client */
	constructor(client) {
		this.client = client;
	}

	/** @param {string} name */
	async #find(name) {
		const filter = encodeURIComponent(JSON.stringify({ name }));
		const { data } = await this.client.request('GET', `/rest/data-tables-global?filter=${filter}`);
		const table = data.find((one) => one.name === name);
		if (!table) throw new Error(`n8n has no table "${name}".`);
		return table;
	}

	/** @param {string} name */
	async #address(name) {
		const { id, projectId } = await this.#find(name);
		return `/rest/projects/${projectId}/data-tables/${id}`;
	}

	/** All rows of a table, oldest first. @param {string} name @returns {Promise<Array<Record<string, any>>>} */
	async rows(name) {
		const address = await this.#address(name);
		const rows = [];
		for (;;) {
			const { count, data } = await this.client.request(
				'GET',
				`${address}/rows?take=100&skip=${rows.length}&sortBy=id:asc`,
			);
			rows.push(...data);
			if (rows.length >= count) return rows;
		}
	}

	/** Changes one row as a person does in its cells. @param {string} name @param {number} id @param {object} data */
	async change(name, id, data) {
		await this.client.request('PATCH', `${await this.#address(name)}/rows`, {
			filter: { type: 'and', filters: [{ columnName: 'id', condition: 'eq', value: id }] },
			data,
		});
	}

	/** @param {string} name */
	async remove(name) {
		await this.client.request('DELETE', await this.#address(name));
	}
}

module.exports = { DataTables };
