/** The published fault matrix holds for the code of today. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { CATALOG } from '../../nodes/JSms/resources';
import { TSX } from '../../scripts/tsx';
import { ROOT } from '../support/root';

const page = readFileSync(join(ROOT, 'docs/fault-matrix.md'), 'utf8');

it.each(
	CATALOG.flatMap(({ name, operations }) =>
		operations.filter(({ kind }) => kind !== 'pull').map((operation) => `${name}: ${operation.name}`),
	),
)('shows %s', (title) => {
	expect(page).toContain(`\n## ${title}\n`);
});

it('shows no double send and no lost row', () => {
	expect(page).toMatch(/\d+ cells: no double send, no lost row\./);
});

// The whole page takes minutes; `npm run fault-matrix -- --check` compares all of it.
it('is what the code of today does, for the operations that send most', () => {
	const script = join(ROOT, 'scripts/fault-matrix.ts');
	const { status, stdout, stderr } = spawnSync(process.execPath, [...TSX, script, '--only', 'Message'], {
		encoding: 'utf8',
	});
	expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
	expect(stdout).toMatch(/no double send, no lost row/);
});
