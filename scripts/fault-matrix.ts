/**
 * Writes docs/fault-matrix.md: what becomes of every operation under every fault, and whether anybody was sent to twice or
 * lost. Ends with 1 if so.
 *
 *   npm run fault-matrix                           writes the page
 *   npm run fault-matrix -- --check                compares instead: also ends with 1 when the page says something else
 *   npm run fault-matrix -- --check --only Message  the same for the operations whose title begins so
 */
import fs from 'node:fs';
import path from 'node:path';

import { startSandbox } from '../sandbox';
import { itemsWithRows, runCell, type Cell } from './fault-matrix/cell';
import { allFaults, type MatrixFault } from './fault-matrix/faults';
import { allOperations, type MatrixOperation } from './fault-matrix/operations';
import { SETTINGS, summaryOf, toPage, toTable, type Table } from './fault-matrix/page';

const PAGE = path.join(__dirname, '../docs/fault-matrix.md');

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

async function fillRows(rows: Row[], lanes = LANES) {
	const open = [...rows];
	for (const row of rows) row.cells = [];
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
	await Promise.all(Array.from({ length: lanes }, lane));
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

/** The lines that the page does not hold, table by table. */
function differences(page: string, tables: Table[]) {
	return tables.flatMap((table) => {
		const fresh = toTable(table);
		if (page.includes(fresh)) return [];
		const old = new Set(page.split('\n'));
		return [table.title, ...fresh.split('\n').filter((line) => !old.has(line))];
	});
}

async function main({ check, only }: { check: boolean; only: string }) {
	const tables = await makeTables(only);
	const violations = violationsOf(tables);
	for (const violation of violations) console.error(violation);
	console.log(summaryOf(tables));
	if (!check) {
		fs.writeFileSync(PAGE, toPage(tables));
		return violations.length > 0 ? 1 : 0;
	}
	const page = fs.readFileSync(PAGE, 'utf8');
	// On a busy machine a good request, too, can run out of time: what differs is tried again alone.
	const different = tables.filter((table) => !page.includes(toTable(table))).flatMap(({ rows }) => rows);
	await fillRows(
		different.filter(({ fault }) => fault.slow),
		1,
	);
	const changed = differences(page, tables);
	if (changed.length > 0) console.error(['docs/fault-matrix.md says something else:', ...changed].join('\n'));
	return violations.length + changed.length > 0 ? 1 : 0;
}

const options = process.argv.slice(2);
const only = options.includes('--only') ? options[options.indexOf('--only') + 1] : '';

main({ check: options.includes('--check') || only !== '', only }).then(
	(code) => process.exit(code),
	(error) => {
		console.error(error);
		process.exit(1);
	},
);
