/**
 * Who publishes the package, and where it lives. package.json says it; n8n's linter wants the same addresses written out in
 * other files, too. `node scripts/run.js scripts/owner.ts --name "..." --email ... --homepage https://github.com/OWNER/REPOSITORY` sets all of them.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';

const ROOT = path.resolve(__dirname, '..');

export interface Owner {
	name: string;
	email: string;
	/** the repository on GitHub, without an ending slash */
	homepage: string;
}

/** @returns as package.json has it */
export function owned(root: string): Owner {
	const { author, homepage } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
	return { ...author, homepage };
}

/** @returns every file known to git with a name or address of the owner, relative to the root */
export function ownedFiles(root: string): string[] {
	const patterns = Object.values(owned(root)).flatMap((value) => ['-e', value]);
	const list = execFileSync('git', ['grep', '--cached', '-lzIF', ...patterns], { cwd: root, encoding: 'utf8' });
	return list.split('\0').filter((file) => file !== '' && file !== 'package-lock.json');
}

/**
 * Writes a new owner over the present one, in all files.
 * @param wanted what is left out stays
 */
export function setOwner(root: string, wanted: Partial<Owner>) {
	const present = owned(root);
	for (const file of ownedFiles(root).map((name) => path.join(root, name))) {
		let text = readFileSync(file, 'utf8');
		for (const [key, value] of Object.entries(wanted)) text = text.replaceAll(present[key as keyof Owner], value);
		writeFileSync(file, text);
	}
}

if (require.main === module) {
	const { values } = parseArgs({
		options: { name: { type: 'string' }, email: { type: 'string' }, homepage: { type: 'string' } },
	});
	setOwner(ROOT, { ...values });
	console.log(owned(ROOT));
}
