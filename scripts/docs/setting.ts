import { table } from './table';

const DEFAULT_SETTINGS = 'default settings';
const WITH_SETTING = 'LAZY_ACQUIRE';

type Row = Array<string | number>;

interface Section {
	part: string;
	head: string[];
	rows: Row[];
}

/**
 * What n8n's setting for expressions gains, from the results that `npm run bench` wrote.
 * @throws where the results have no such part, row or column
 */
export function settingTable(): string {
	const { sections } = require('../../benchmark/results/latest.json') as { sections: Section[] };
	const calls = find(sections, 'lazy');
	const page = find(sections, 'verification');
	const ownNode = (row: Row) =>
		`${String(cell(calls, row, 'Ratio')).replaceAll('*', '')} ${cell(calls, row, 'Against')}`;
	return table(
		[
			'Per second',
			'Default settings',
			`With ${WITH_SETTING}`,
			"Time against n8n's own node, default settings",
			`The same with ${WITH_SETTING}`,
		],
		[
			...pairs(calls, 'What').map(([name, before, after]) => [
				name,
				...[before, after].map((row) => rate(calls, row)),
				...[before, after].map(ownNode),
			]),
			...pairs(page, 'Request').map(([name, before, after]) => [
				`Verification: ${name}`,
				...[before, after].map((row) => rate(page, row)),
				'',
				'',
			]),
		],
	);
}

function find(sections: Section[], part: string): Section {
	const found = sections.find((one) => one.part === part);
	if (!found) throw new Error(`The results of the benchmark have no part "${part}".`);
	return found;
}

/** What was measured, without the setting and with it. */
function pairs(section: Section, nameColumn: string): Array<[name: string, before: Row, after: Row]> {
	const rowsWith = (setting: string) => section.rows.filter((row) => cell(section, row, 'n8n') === setting);
	const after = rowsWith(WITH_SETTING);
	return rowsWith(DEFAULT_SETTINGS).map((row, index) => [String(cell(section, row, nameColumn)), row, after[index]]);
}

const rate = (section: Section, row: Row) => String(Math.round(Number(cell(section, row, 'Per second'))));

function cell({ part, head }: Section, row: Row, column: string): string | number {
	const index = head.indexOf(column);
	if (index === -1) throw new Error(`The part "${part}" of the benchmark has no column "${column}".`);
	return row[index];
}
