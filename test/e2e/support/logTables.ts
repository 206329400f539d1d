import type { N8nClient } from '../../../scripts/n8n/client';

interface Table {
	id: string;
	name: string;
	projectId: string;
}

/** A row of a table of any kind: a column has whatever was written into it. */
export type Row = { id: number } & Record<string, string | number | boolean | null>;

/**
 * n8n's own Data Tables, read and changed as its page for them does.
 */
export class DataTables {
	constructor(readonly client: N8nClient) {}

	async #find(name: string) {
		const filter = encodeURIComponent(JSON.stringify({ name }));
		const { data } = await this.client.request<{ data: Table[] }>('GET', `/rest/data-tables-global?filter=${filter}`);
		const table = data.find((one) => one.name === name);
		if (!table) throw new Error(`n8n has no table "${name}".`);
		return table;
	}

	async #address(name: string) {
		const { id, projectId } = await this.#find(name);
		return `/rest/projects/${projectId}/data-tables/${id}`;
	}

	/** All rows of a table, oldest first. */
	async rows(name: string): Promise<Row[]> {
		const address = await this.#address(name);
		const rows: Row[] = [];
		for (;;) {
			const { count, data } = await this.client.request<{ count: number; data: Row[] }>(
				'GET',
				`${address}/rows?take=100&skip=${rows.length}&sortBy=id:asc`,
			);
			rows.push(...data);
			if (rows.length >= count) return rows;
		}
	}

	/** Changes one row as a person does in its cells. */
	async change(name: string, id: number, data: object) {
		await this.client.request('PATCH', `${await this.#address(name)}/rows`, {
			filter: { type: 'and', filters: [{ columnName: 'id', condition: 'eq', value: id }] },
			data,
		});
	}

	/**
	 * Drags columns to the front.
	 * @param columns Their names, in their order
	 */
	async order(name: string, columns: string[]) {
		const address = `${await this.#address(name)}/columns`;
		const all = await this.client.request<Array<{ id: string; name: string }>>('GET', address);
		for (const [targetIndex, column] of columns.entries()) {
			const id = all.find((one) => one.name === column)?.id;
			await this.client.request('PATCH', `${address}/${id}/move`, { targetIndex });
		}
	}

	/** Where a person looks at a table. */
	async page(name: string): Promise<string> {
		const { id, projectId } = await this.#find(name);
		return `${this.client.url}/projects/${projectId}/datatables/${id}`;
	}

	async remove(name: string) {
		await this.client.request('DELETE', await this.#address(name));
	}
}
