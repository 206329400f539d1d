import { JSMS, START, jsmsWorkflow } from './workflows';
import { xlsxOf, type Cell } from './xlsx';
import type { Instance } from './instance';

const FILE = 'File';
const EXTRACT = 'Extract from File';

/** Excel's day for 1 December 2026. */
const DAY = 46357;

export function describeSpreadsheets(get: () => Instance) {
	/**
	 * File → Extract from File → JSms.
	 * @param options Of Extract from File
	 */
	const send = async (operation: string, file: Buffer, options: object = {}) => {
		const { client, sandbox } = get();
		sandbox.reset();
		const workflow = jsmsWorkflow(get(), {
			resource: 'message',
			operation: 'sendBatch',
			recipientsFrom: 'inputItems',
			mobile: '={{ $json.phone }}',
			templateId: 1250,
			parameterMode: 'pairs',
			parameters: { parameter: [{ name: 'number', value: '={{ $json.number }}' }] },
		});
		const [start, items, jsms] = workflow.nodes;
		const data = {
			data: file.toString('base64'),
			mimeType: 'application/octet-stream',
			fileName: `people.${operation}`,
		};
		items.parameters.jsCode = `return [{ json: {}, binary: { data: ${JSON.stringify(data)} } }];`;
		items.name = FILE;
		const extract = {
			...items,
			id: 'extract',
			name: EXTRACT,
			type: 'n8n-nodes-base.extractFromFile',
			typeVersion: 1,
			parameters: { operation, binaryPropertyName: 'data', options },
		};
		const to = (node: string) => ({ main: [[{ node, type: 'main' as const, index: 0 }]] });
		const saved = await client.createWorkflow({
			...workflow,
			nodes: [start, items, extract, jsms],
			connections: { [START]: to(FILE), [FILE]: to(EXTRACT), [EXTRACT]: to(JSMS) },
		});
		const execution = await client.run(saved, START);
		expect([execution.status, execution.error]).toEqual(['success', undefined]);
		return {
			sent: sandbox.ledger.map(({ mobile, temp_para: { number } }) => [mobile, number]),
			failed: execution.json(JSMS, 1).map(({ error_message: message, error_hint: hint }) => [message, hint]),
			unknown: execution.json(JSMS, 2),
		};
	};

	describe('spreadsheets through Extract from File', () => {
		test('a CSV with a byte order mark, apostrophes and numbers that Excel shortened', async () => {
			const lines = [
				'phone,number',
				'13800000001,1',
				"'13800000002,2",
				'+86 138-0000-0003,3',
				'"13,800,000,004",4',
				'1.3800000005E10,5',
				'1.38E+10,6',
				'#N/A,7',
				',8',
			];
			expect(await send('csv', Buffer.from(`\uFEFF${lines.join('\r\n')}\r\n`))).toEqual({
				sent: ['1', '2', '3', '4', '5'].map((number) => [`1380000000${number}`, number]),
				failed: [SHORTENED, NO_NUMBER, EMPTY],
				unknown: [],
			});
		});

		test('an XLSX with numbers, apostrophes and dates, read as values', async () => {
			expect(await send('xlsx', xlsxOf(ROWS))).toEqual({
				// A date is a number of days in the file, and its format is lost.
				sent: ['1', '2', '3', String(DAY)].map((number, index) => [`1380000000${index + 1}`, number]),
				failed: [SHORTENED, NO_NUMBER],
				unknown: [],
			});
		});
	});
}

/** Sentence and hint of the rows that fail. */
const SHORTENED = [
	'The mobile number is not valid (50006 invalid mobile)',
	expect.stringContaining('A spreadsheet shortened the number (1.38E+10)'),
];
const REMOVE = 'Give one mobile number, or remove the item before this node.';
const NO_NUMBER = ["'Mobile Number' contains no phone number", REMOVE];
const EMPTY = ["'Mobile Number' is empty", REMOVE];

const ROWS: Array<Cell[]> = [
	['phone', 'number'],
	[13800000001, 1],
	["'13800000002", '2'],
	[{ value: 13800000003, format: 'scientific' }, 3],
	['13800000004', { value: DAY, format: 'date' }],
	['1.38E+10', '5'],
	['#N/A', '6'],
];
