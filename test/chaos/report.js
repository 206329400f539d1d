'use strict';

const Table = require('cli-table3');

/** What a person sees of a run: lines on the way, then tables. */

/** @param {number} started Milliseconds since 1970 */
function progressLine(started) {
	return (text) => console.log(`  [${String(Math.round((Date.now() - started) / 1000)).padStart(3)} s] ${text}`);
}

/** @param {Array<[string, string | number]>} figures */
function printFigures(figures) {
	const table = new Table({ head: ['What', 'How many'], style: { head: [], border: [] } });
	table.push(...figures.map(([what, count]) => [what, typeof count === 'number' ? count.toLocaleString('en') : count]));
	console.log(`\n${table}`);
}

/** @param {Array<{title: string, passed: boolean, exceptions: unknown[]}>} checks */
function printChecks(checks) {
	const table = new Table({ head: ['The account', 'Holds'], style: { head: [], border: [] } });
	table.push(...checks.map(({ title, passed, exceptions }) => [title, passed ? 'yes' : `NO: ${shorten(exceptions)}`]));
	console.log(`\n${table}\n`);
}

function shorten(list) {
	const more = list.length > 5 ? ` and ${list.length - 5} more` : '';
	return `${list.slice(0, 5).join(', ')}${more}`;
}

/** Counts by name, in words. @param {Record<string, number>} counts */
function inWords(counts) {
	const parts = Object.entries(counts).filter(([, count]) => count > 0);
	return parts.map(([name, count]) => `${count} ${name}`).join(', ') || 'none';
}

module.exports = { inWords, printChecks, printFigures, progressLine };
