/** `npm run docs`: writes the tables of the pages that come from elsewhere, and the names that saved workflows can hold. */
import fs from 'node:fs';
import path from 'node:path';
import { writeNewNames } from '../internal-names';
import { chineseCodeTable, codeTable } from './codes';
import { operationTable } from './operations';
import { settingTable } from './setting';
import { speedTable } from './speed';
import { versionTable } from './versions';

const ROOT = path.resolve(__dirname, '../..');
const SOURCES = {
	codes: 'nodes/JSms/model/returnCodes.ts',
	operations: 'nodes/JSms/resources',
	setting: 'benchmark/results/latest.json',
	speed: 'benchmark/results/latest.json',
	versions: 'scripts/n8n/tried.json',
};

type Table = { file: string; name: keyof typeof SOURCES; make: () => string };

const TABLES: Table[] = [
	{ file: 'README.md', name: 'operations', make: operationTable },
	{ file: 'README.md', name: 'speed', make: speedTable },
	{ file: 'README.md', name: 'versions', make: () => versionTable() },
	{ file: 'docs/speed.md', name: 'setting', make: settingTable },
	{ file: 'docs/return-codes.md', name: 'codes', make: () => codeTable() },
	{ file: 'docs/zh/return-codes.md', name: 'codes', make: chineseCodeTable },
];

/**
 * A text with one of its tables as it should be.
 * @throws where the marks around the table are gone
 */
export function withTable(text: string, { file, name, make }: Table) {
	const start = `<!-- ${name}: written by \`npm run docs\`, from ${SOURCES[name]} -->`;
	const end = `<!-- /${name} -->`;
	const [from, to] = [text.indexOf(start), text.indexOf(end)];
	if (from === -1 || to === -1) throw new Error(`${file} has lost the marks around its table: ${start} and ${end}`);
	return `${text.slice(0, from + start.length)}\n\n${make()}\n\n${text.slice(to)}`;
}

/**
 * Every page with such tables, as it should be.
 * @returns paths from the root
 */
export function pagesWithTables(): Array<{ file: string; text: string }> {
	return [...new Set(TABLES.map(({ file }) => file))].map((file) => ({
		file,
		text: TABLES.filter((one) => one.file === file).reduce(withTable, fs.readFileSync(path.join(ROOT, file), 'utf8')),
	}));
}

if (require.main === module) {
	for (const { file, text } of pagesWithTables()) fs.writeFileSync(path.join(ROOT, file), text);
	writeNewNames();
}
