import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { ROOT } from '../support/root';

/**
 * The source files of a folder.
 * @param folder from the root of the repository
 * @param ending of the files wanted
 * @returns text by path from the root
 */
export function sourcesBelow(folder: string, ending: string): Record<string, string> {
	const files = readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' });
	return Object.fromEntries(
		files
			.filter((file) => file.endsWith(ending))
			.map((file) => [join(folder, file), readFileSync(join(ROOT, folder, file), 'utf8')]),
	);
}

/**
 * @param file from the root of the repository
 * @param target relative path as it stands in that file's import
 * @returns from the root
 */
export const resolveFrom = (file: string, target: string): string =>
	relative(ROOT, resolve(ROOT, dirname(file), target));
