/**
 * Runs every operation under every fault and says whether a message was sent twice or a row was lost; ends with 1 if so.
 * Every result is in artifacts/fault-matrix.md.
 *
 *   npm run fault-matrix                     all operations
 *   npm run fault-matrix -- --only Message   those whose title begins so; prints the results instead
 */
import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';

import { startSandbox } from '../sandbox';
import { itemsWithRows, runCell, type Cell } from './fault-matrix/cell';
import { allFaults, type MatrixFault } from './fault-matrix/faults';
import { allOperations, type MatrixOperation } from './fault-matrix/operations';
import { SETTINGS, summaryOf, toPage, toTable, type Table } from './fault-matrix/page';

const PAGE = path.join(__dirname, '../artifacts/fault-matrix.md');

// The pauses between tries are drawn at random; here they only cost time.
const random = Math.random;
Math.random = () => random() / 50;

/** Rows are worked off side by side, because many of them wait for a timeout; each lane has a service of its own. */
const LANES = 4;

/** Of a table, with what is to be done. */
interface Row {
	name: string;
	operation: MatrixOperation;
	fault: MatrixFault;
	cells: Cell[];
}

async function fillRows(rows: Row[]) {
	const open = [...rows];
	const lane = async () => {
		const sandbox = await startSandbox({
			settings: { quota: 'unlimited', frequencyRules: 'off', recordBodies: false },
		});
		try {
			for (let row = open.shift(); row; row = open.shift()) {
				const { operation, fault, cells } = row;
				const expected = operation.reads ? await itemsWithRows(sandbox, operation) : undefined;
				for (const settings of SETTINGS) {
					cells.push(await runCell(sandbox, operation, fault, settings, expected));
				}
			}
		} finally {
			await sandbox.close();
		}
	};
	await Promise.all(Array.from({ length: LANES }, lane));
}

async function makeTables(only: string) {
	const faults = await allFaults();
	const operations = allOperations().filter(({ title, kind }) => title.startsWith(only) && kind !== 'pull');
	const tables = operations.map((operation) => ({
		title: operation.title,
		rows: faults.map((fault): Row => ({ name: fault.name, operation, fault, cells: [] })),
	}));
	const rows = tables.flatMap((table) => table.rows);
	await fillRows(rows.filter(({ fault }) => !fault.slow));
	// By themselves: reading a huge answer beside them could eat up the time that their good requests need.
	await fillRows(rows.filter(({ fault }) => fault.slow));
	return tables;
}

function violationsOf(tables: Table[]) {
	return tables.flatMap(({ title, rows }) =>
		rows.flatMap(({ name, cells }) =>
			cells.flatMap((cell, index) =>
				cell.violations.map((violation) => `${title}, ${name}, ${SETTINGS[index].title}: ${violation}`),
			),
		),
	);
}

async function main() {
	const { only } = parseArgs({ options: { only: { type: 'string' } } }).values;
	const tables = await makeTables(only ?? '');
	if (only === undefined) {
		fs.mkdirSync(path.dirname(PAGE), { recursive: true });
		fs.writeFileSync(PAGE, toPage(tables));
	} else {
		for (const table of tables) console.log(toTable(table));
	}
	const violations = violationsOf(tables);
	for (const violation of violations) console.error(violation);
	console.log(summaryOf(tables));
	return violations.length > 0 ? 1 : 0;
}

main().then(
	(code) => process.exit(code),
	(error) => {
		console.error(error);
		process.exit(1);
	},
);
