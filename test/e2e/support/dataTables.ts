import type { INodeParameters } from 'n8n-workflow';
import fs from 'node:fs';
import path from 'node:path';
import type { ExportedWorkflow } from '../../support/n8nTypes';
import type { Instance } from './instance';
import { ROOT } from '../../support/root';

const TYPE = 'n8n-nodes-base.dataTable';

/** n8n's own tables, through the endpoints of its editor. */
export interface DataTable {
	/** What a reader fills in who imports this workflow, for `importWorkflow`: with n8n 1.x the table, from the list of each Data Table node. n8n 2.x finds it by its name */
	chosenIn: (file: string) => Record<string, Record<string, unknown>>;
	/** The table, as a parameter of a Data Table node that a test makes itself */
	chosen: INodeParameters;
	/** All rows, as they are now, without the columns that n8n adds */
	rows: () => Promise<Array<Record<string, unknown>>>;
	drop: () => Promise<void>;
}

/** @param columns Their names; all are text */
export async function createDataTable(
	{ client, installation }: Pick<Instance, 'client' | 'installation'>,
	name: string,
	columns: string[],
	rows: Array<Record<string, string | null>> = [],
): Promise<DataTable> {
	const { id: project } = await client.request<{ id: string }>('GET', '/rest/projects/personal');
	const tables = `/rest/projects/${project}/data-tables`;
	const { id } = await client.request<{ id: string }>('POST', tables, {
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
			const { data } = await client.request<{ data: Array<Record<string, unknown>> }>(
				'GET',
				`${tables}/${id}/rows?sortBy=id:asc`,
			);
			return data.map((row) => Object.fromEntries(columns.map((column) => [column, row[column]])));
		},
		drop: () => client.request('DELETE', `${tables}/${id}`),
	};
}

/**
 * Names of those that work with a table that exists.
 * @param file A workflow, relative to the repository
 */
function dataTableNodes(file: string): string[] {
	const { nodes } = JSON.parse(fs.readFileSync(path.join(ROOT, file), 'utf8')) as ExportedWorkflow;
	return nodes.filter(({ type, parameters }) => type === TYPE && parameters.dataTableId).map(({ name }) => name);
}
