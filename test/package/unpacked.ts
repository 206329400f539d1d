/** The package as an installation receives it, in a temporary folder. Needs a build. */
import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { ICredentialType, INodeType } from 'n8n-workflow';

import { packInto } from '../../scripts/pack';
import { ROOT } from '../support/root';

/** A module of the build; give it the types of its source. */
export const built = (file: string): unknown => require(join(ROOT, 'dist', file));

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

type NodeName = 'JSms' | 'JSmsTrigger' | 'JSmsReceiptTrigger' | 'JSmsVerificationTrigger';
type CredentialName = 'JSmsApi' | 'JSmsDeveloperApi';
type Classes = Record<NodeName, new () => INodeType> & Record<CredentialName, new () => ICredentialType>;

/** What a package exports. */
export const classesOf = (folder: string) => require(folder) as Classes;
