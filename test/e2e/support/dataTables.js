'use strict';

const fs = require('node:fs');
const path = require('node:path');
const { ROOT } = require('./instance');

const TYPE = 'n8n-nodes-base.dataTable';

/**
 * n8n's own tables, through the endpoints of its editor.
 *
 * @typedef {object} DataTable
 * @property {(file: string) => Record<string, Record<string, unknown>>} chosenIn What a reader fills in who imports this workflow, for
 *   `importWorkflow`: with n8n 1.x the table, from the list of each Data Table node. n8n 2.x finds it by its name
 * @property {Record<string, unknown>} chosen The table, as a parameter of a Data Table node that a test makes itself
 * @property {() => Promise<Array<Record<string, unknown>>>} rows All rows, as they are now, without the columns that n8n adds
 * @property {() => Promise<void>} drop
 */

/**
 * @param {Pick<import('./instance').Instance, 'client' | 'installation'>} instance
 * @param {string} name
 * @param {string[]} columns Their names; all are text
 * @param {Array<Record<string, string>>} [rows]
 * @returns {Promise<DataTable>}
 */
async function createDataTable({ client, installation }, name, columns, rows = []) {
	const { id: project } = await client.request('GET', '/rest/projects/personal');
	const tables = `/rest/projects/${project}/data-tables`;
	const { id } = await client.request('POST', tables, {
		name,
		columns: columns.map((column) => ({ name: column, type: 'string' })),
	});
	if (rows.length > 0) await client.request('POST', `${tables}/${id}/insert`, { data: rows, returnType: 'count' });
	const chosen = { dataTableId: { __rl: true, mode: 'list', value: id, cachedResultName: name } };
	const findsByName = !installation.version.startsWith('1.');
	return {
		chosen: findsByName ? { dataTableId: { __rl: true, mode: 'name', value: name } } : chosen,
		chosenIn: (file) => (findsByName ? {} : Object.fromEntries(dataTableNodes(file).map((node) => [node, chosen]))),
		rows: async () => {
			const { data } = await client.request('GET', `${tables}/${id}/rows?sortBy=id:asc`);
			return data.map((row) => Object.fromEntries(columns.map((column) => [column, row[column]])));
		},
		drop: () => client.request('DELETE', `${tables}/${id}`),
	};
}

/** Names of those that work with a table that exists. @param {string} file A workflow, relative to the repository @returns {string[]} */
function dataTableNodes(file) {
	const { nodes } = JSON.parse(fs.readFileSync(path.join(ROOT, file), 'utf8'));
	return nodes.filter(({ type, parameters }) => type === TYPE && parameters.dataTableId).map(({ name }) => name);
}

module.exports = { createDataTable };
