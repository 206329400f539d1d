'use strict';

/**
 * Writes docs/fault-matrix.md: what becomes of every operation under every fault, and whether anybody was sent to twice or
 * lost. Ends with 1 if so.
 *
 *   npm run fault-matrix                           writes the page
 *   npm run fault-matrix -- --check                compares instead: also ends with 1 when the page says something else
 *   npm run fault-matrix -- --check --only Message  the same for the operations whose title begins so
 */
const fs = require('node:fs');
const path = require('node:path');

const { startSandbox } = require('../sandbox');
const { runCell } = require('./fault-matrix/cell');
const { allFaults } = require('./fault-matrix/faults');
const { allOperations } = require('./fault-matrix/operations');
const { SETTINGS, summaryOf, toPage, toTable } = require('./fault-matrix/page');

const PAGE = path.join(__dirname, '../docs/fault-matrix.md');

// The pauses between tries are drawn at random; here they only cost time.
const random = Math.random;
Math.random = () => random() / 50;

/** Rows are worked off side by side, because many of them wait for a timeout; each lane has a service of its own. */
const LANES = 4;

async function fillRows(rows, lanes = LANES) {
	const open = [...rows];
	for (const row of rows) row.cells = [];
	const lane = async () => {
		const sandbox = await startSandbox({
			settings: { quota: 'unlimited', frequencyRules: 'off', recordBodies: false },
		});
		try {
			for (let row = open.shift(); row; row = open.shift()) {
				for (const settings of SETTINGS) {
					row.cells.push(await runCell(sandbox, row.operation, row.fault, settings));
				}
			}
		} finally {
			await sandbox.close();
		}
	};
	await Promise.all(Array.from({ length: lanes }, lane));
}

async function makeTables(only) {
	const faults = await allFaults();
	const operations = allOperations().filter(({ title, kind }) => title.startsWith(only) && kind !== 'pull');
	const tables = operations.map((operation) => ({
		title: operation.title,
		rows: faults.map((fault) => ({ name: fault.name, operation, fault, cells: [] })),
	}));
	const rows = tables.flatMap((table) => table.rows);
	await fillRows(rows.filter(({ fault }) => !fault.slow));
	// By themselves: reading a huge answer beside them could eat up the time that their good requests need.
	await fillRows(rows.filter(({ fault }) => fault.slow));
	return tables;
}

function violationsOf(tables) {
	return tables.flatMap(({ title, rows }) =>
		rows.flatMap(({ name, cells }) =>
			cells.flatMap((cell, index) =>
				cell.violations.map((violation) => `${title}, ${name}, ${SETTINGS[index].title}: ${violation}`),
			),
		),
	);
}

/** The lines that the page does not hold, table by table. */
function differences(page, tables) {
	return tables.flatMap((table) => {
		const fresh = toTable(table);
		if (page.includes(fresh)) return [];
		const old = new Set(page.split('\n'));
		return [table.title, ...fresh.split('\n').filter((line) => !old.has(line))];
	});
}

async function main({ check, only }) {
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
