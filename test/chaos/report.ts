import Table from 'cli-table3';

/** What a person sees of a run: lines on the way, then tables. */

/** @param started Milliseconds since 1970 */
export function progressLine(started: number) {
	return (text: string) =>
		console.log(`  [${String(Math.round((Date.now() - started) / 1000)).padStart(3)} s] ${text}`);
}

export function printFigures(figures: Array<[string, string | number]>) {
	const table = new Table({ head: ['What', 'How many'], style: { head: [], border: [] } });
	table.push(...figures.map(([what, count]) => [what, typeof count === 'number' ? count.toLocaleString('en') : count]));
	console.log(`\n${table}`);
}

export function printChecks(checks: Array<{ title: string; passed: boolean; exceptions: unknown[] }>) {
	const table = new Table({ head: ['The account', 'Holds'], style: { head: [], border: [] } });
	table.push(...checks.map(({ title, passed, exceptions }) => [title, passed ? 'yes' : `NO: ${shorten(exceptions)}`]));
	console.log(`\n${table}\n`);
}

function shorten(list: unknown[]) {
	const more = list.length > 5 ? ` and ${list.length - 5} more` : '';
	return `${list.slice(0, 5).join(', ')}${more}`;
}

/** Counts by name, in words. */
export function inWords(counts: Record<string, number>) {
	const parts = Object.entries(counts).filter(([, count]) => count > 0);
	return parts.map(([name, count]) => `${count} ${name}`).join(', ') || 'none';
}
