/** The fault matrix: what docs/send-safety-reference.md says of it is true, for the operations that send most. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

import { missingRows } from '../../scripts/fault-matrix/cell';
import { TSX } from '../../scripts/tsx';
import { ROOT } from '../support/root';

// All of it takes minutes: `npm run fault-matrix`.
it('shows no double send and no lost row for the operations that send most', () => {
	const script = join(ROOT, 'scripts/fault-matrix.ts');
	const { status, stdout, stderr } = spawnSync(process.execPath, [...TSX, script, '--only', 'Message'], {
		encoding: 'utf8',
	});
	expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
	expect(stdout).toMatch(/no double send, no lost row/);
});

describe('rows that are missing', () => {
	const told = (...items: number[]) => ({
		said: items.map(() => ({ status: 'sent' as const })),
		items: new Set(items),
		thrown: false,
	});

	it('of an operation that gives one row for each item: every other number', () => {
		expect(missingRows(told(0, 1, 2), 3)).toEqual([]);
		expect(missingRows(told(0, 2), 3)).toEqual(['2 of 3 rows came out']);
		expect(missingRows(told(0, 1, 2, 2), 3)).toEqual(['4 of 3 rows came out']);
	});

	it('of a read: none where an item has more rows than one, or never has any', () => {
		expect(missingRows(told(0, 0, 2, 2, 2), 3, new Set([0, 2]))).toEqual([]);
		expect(missingRows(told(), 3, new Set())).toEqual([]);
	});

	it('of a read: those of an item that has some when nothing goes wrong', () => {
		expect(missingRows(told(0, 0), 3, new Set([0, 2]))).toEqual(['item 2 has no row']);
	});

	it('of a run that stopped: none', () => {
		expect(missingRows({ ...told(), thrown: true }, 3)).toEqual([]);
	});
});
