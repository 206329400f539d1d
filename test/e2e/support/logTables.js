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

	/** Drags columns to the front. @param {string} name @param {string[]} columns Their names, in their order */
	async order(name, columns) {
		const address = `${await this.#address(name)}/columns`;
		const all = await this.client.request('GET', address);
		for (const [targetIndex, column] of columns.entries()) {
			const { id } = all.find((one) => one.name === column);
			await this.client.request('PATCH', `${address}/${id}/move`, { targetIndex });
		}
	}

	/** Where a person looks at a table. @param {string} name @returns {Promise<string>} */
	async page(name) {
		const { id, projectId } = await this.#find(name);
		return `${this.client.url}/projects/${projectId}/datatables/${id}`;
	}

	/** @param {string} name */
	async remove(name) {
		await this.client.request('DELETE', await this.#address(name));
	}
}

module.exports = { DataTables };
