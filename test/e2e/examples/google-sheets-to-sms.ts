import type { INodeParameters } from 'n8n-workflow';
import type { ExportedWorkflow } from '../../support/n8nTypes';
import type { Instance } from '../support/instance';
import { createDataTable, type DataTable } from '../support/dataTables';
import { importWorkflow } from '../support/workflows';

const COLUMNS = ['row_number', 'name', 'mobile', 'order', 'date', 'sms_result', 'sms_msg_id', 'sms_note'];

/** A Data Table stands in for the sheet: it takes what the Google Sheets node was told to write. */
export default (get: () => Instance, file: string) => {
	let table: DataTable;
	afterEach(() => table.drop());

	test('every row gets its result; a second start sends only what can be retried', async () => {
		const { client, sandbox } = get();
		const people = [
			['A-1', '13800005101', ''],
			['A-2', '13800000009', null],
			['A-3', '13800000006', ''],
			['A-4', '13800005104', 'sent'],
			['A-5', '13800005105', ''],
		];
		const rows = people.map(([order, mobile, sms_result], index) => ({
			row_number: String(index + 2),
			name: '李雷',
			mobile,
			order,
			date: '12-01',
			sms_result,
			sms_msg_id: '',
			sms_note: '',
		}));
		table = await createDataTable(get(), 'stand-in for the sheet', COLUMNS, rows);
		const saved = await importWorkflow(get(), file, {}, standInsFor(file, table.chosen));
		const sent = () => sandbox.ledger.map(({ mobile, temp_para: { order } }) => [order, mobile]);
		const run = async () => {
			const execution = await client.run(saved, 'Start');
			expect([execution.status, execution.error]).toEqual(['success', undefined]);
			return execution.json('Send the batch').map(({ input }) => (input as { order: string }).order);
		};

		// The last row of the response gets lost: A-5 was sent, but nobody is told.
		sandbox.fault({ kind: 'dropRows', count: 1, path: '/v1/messages/batch' });
		expect(await run()).toEqual(['A-1', 'A-2', 'A-3', 'A-5']);
		const both = [
			['A-1', '13800005101'],
			['A-5', '13800005105'],
		];
		expect(sent()).toEqual(both);
		const results = async () => (await table.rows()).map((row) => [row.order, row.sms_result, row.sms_note]);
		const written = [
			['A-1', 'sent', ''],
			['A-2', 'retry', expect.stringContaining('50009')],
			['A-3', 'failed', expect.stringContaining('50006')],
			['A-4', 'sent', ''],
			['A-5', 'unknown', expect.any(String)],
		];
		expect(await results()).toEqual(written);
		expect((await table.rows())[0].sms_msg_id).toBe(String(sandbox.ledger[0].msg_id));

		expect(await run()).toEqual(['A-2']);
		expect(sent()).toEqual(both);
		expect(await results()).toEqual(written);
	});
};

/** The nodes of Google replaced; filter and columns are those of the file. */
function standInsFor(file: string, chosen: INodeParameters) {
	const { nodes } = require(`../../../${file}`) as ExportedWorkflow;
	const write = nodes.find(({ name }) => name === 'Write the results');
	const { row_number: keyValue, ...value } = (write?.parameters.columns as { value: INodeParameters }).value;
	const type = 'n8n-nodes-base.dataTable';
	const row = { resource: 'row', ...chosen };
	const columns = { mappingMode: 'defineBelow', value, matchingColumns: [], schema: Object.keys(value).map(columnOf) };
	return {
		'Read the sheet': { type, typeVersion: 1, parameters: { ...row, operation: 'get', returnAll: true } },
		'Write the results': {
			type,
			typeVersion: 1,
			parameters: {
				...row,
				operation: 'update',
				matchType: 'allConditions',
				filters: { conditions: [{ keyName: 'row_number', condition: 'eq', keyValue }] },
				columns,
				options: {},
			},
		},
	};
}

const columnOf = (id: string) => ({
	id,
	displayName: id,
	required: false,
	defaultMatch: false,
	display: true,
	type: 'string',
});
