import fs from 'node:fs';
import path from 'node:path';
import { legs } from '../n8n/versions';
import { table } from './table';

const FILE = path.join(__dirname, '../n8n/tried.json');

export interface Tried {
	/** what was tried with the n8n of this leg */
	main: string;
	compat: string;
	/** the last n8n that `npm run test:e2e -- --n8n` passed with */
	newest?: { n8n: string; node: string; on: string };
}

const readTried = (): Tried => JSON.parse(fs.readFileSync(FILE, 'utf8'));

/** Notes that the end-to-end tests passed with an n8n. */
export function noteTried(newest: NonNullable<Tried['newest']>) {
	fs.writeFileSync(FILE, `${JSON.stringify({ ...readTried(), newest }, null, '\t')}\n`);
}

/** The n8n versions this package was tried with, newest first. */
export function versionTable({ main, compat, newest } = readTried()) {
	const rows = [
		[legs.main.n8n, legs.main.nodeMajor, main],
		[legs.compat.n8n, legs.compat.nodeMajor, compat],
	];
	// The n8n of the other suites says more about itself.
	if (newest && newest.n8n !== legs.main.n8n) {
		rows.unshift([newest.n8n, newest.node, `all operations, triggers and examples in regular mode (${newest.on})`]);
	}
	return table(['n8n', 'Node.js', 'What was tested'], rows);
}
