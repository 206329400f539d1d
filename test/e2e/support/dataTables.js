'use strict';

/**
 * n8n's own tables, through the endpoints of its editor.
 *
 * @typedef {object} DataTable
 * @property {() => Promise<Array<Record<string, unknown>>>} rows All rows, as they are now, without the columns that n8n adds
 * @property {() => Promise<void>} drop
 */

/**
 * @param {Pick<import('./instance').Instance, 'client'>} instance
 * @param {string} name
 * @param {string[]} columns Their names; all are text
 * @param {Array<Record<string, string>>} [rows]
 * @returns {Promise<DataTable>}
 */
async function createDataTable({ client }, name, columns, rows = []) {
	const { id: project } = await client.request('GET', '/rest/projects/personal');
	const tables = `/rest/projects/${project}/data-tables`;
	const { id } = await client.request('POST', tables, {
		name,
		columns: columns.map((column) => ({ name: column, type: 'string' })),
	});
	if (rows.length > 0) await client.request('POST', `${tables}/${id}/insert`, { data: rows, returnType: 'count' });
	return {
		rows: async () => {
			const { data } = await client.request('GET', `${tables}/${id}/rows?sortBy=id:asc`);
			return data.map((row) => Object.fromEntries(columns.map((column) => [column, row[column]])));
		},
		drop: () => client.request('DELETE', `${tables}/${id}`),
	};
}

module.exports = { createDataTable };
