import fs from 'node:fs';
import path from 'node:path';
import { table } from './table';

type Section = { title: string; head: string[]; rows: Array<Array<string | number>> };

/** The two lists that the README shows: one that a person could send by hand, and one that is a campaign. */
const LISTS = ['1,000 recipients', '100,000 recipients'];

/** What the newest benchmark says to somebody who wonders which way to take, from the results that `npm run bench` wrote. */
export function speedTable() {
	const { machine, sections } = JSON.parse(
		fs.readFileSync(path.join(__dirname, '../../benchmark/results/latest.json'), 'utf8'),
	) as { machine: { server: string }; sections: Section[] };
	const ways = find(sections, 'Against what one would use instead');
	const floor = find(sections, 'Send Batch against the floor (inside a running n8n)');
	const columns = LISTS.map((list) => column(ways, list));
	// In brackets stands how many runs a median is of.
	const rows = ways.rows.map((row) => [row[0], ...columns.map((index) => String(row[index]).replace(/ \(\d+\)$/, ''))]);
	const longest = floor.rows.find(([recipients]) => recipients === '100,000');
	const cell = (name: string) => String(longest?.[column(floor, name)]).replaceAll('*', '');
	return [
		table(['Way', ...LISTS], rows),
		'',
		`Inside a running ${machine.server.replace(/ under .*/, '')}, servers respond after 50 ms; times with ≈ are calculated. With a server that responds at once, 100,000 recipients take`,
		`${cell('JSms')}: ${cell('JSms / floor')} the time of a bare node that only posts the same requests. With every field evaluated by n8n it would be ${cell('Direct reading off')}.`,
	].join('\n');
}

function find(sections: Section[], title: string) {
	const found = sections.find((one) => one.title.startsWith(title));
	if (!found) throw new Error(`The results of the benchmark have no part "${title}".`);
	return found;
}

function column({ title, head }: Section, name: string) {
	const index = head.indexOf(name);
	if (index === -1) throw new Error(`The part "${title}" of the benchmark has no column "${name}".`);
	return index;
}
