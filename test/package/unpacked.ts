/** The package as an installation receives it, in a temporary folder. Needs a build. */
import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { packInto } from '../../scripts/pack';

export const ROOT = join(__dirname, '..', '..');

/**
 * Packs and unpacks this repository once per test file.
 * @returns the unpacked package; a copy of it to spoil;
 * and what removes them all
 */
export function unpackPackage(): { folder: string; copy: () => string; remove: () => void } {
	const home = mkdtempSync(join(tmpdir(), 'package-test-'));
	const folder = packInto(ROOT, home);
	// In place of the n8n-workflow that n8n itself puts there.
	symlinkSync(join(ROOT, 'node_modules'), join(home, 'node_modules'), 'junction');
	let copies = 0;
	return {
		folder,
		copy() {
			const target = join(home, `copy-${copies++}`);
			cpSync(folder, target, { recursive: true });
			return target;
		},
		remove: () => rmSync(home, { recursive: true }),
	};
}
