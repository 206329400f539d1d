import { execFileSync } from 'node:child_process';
import path from 'node:path';

export const ROOT = path.resolve(__dirname, '..');

/** Every page of the repository, as paths from its root; new ones count before they are committed. */
export function pages(): string[] {
	return execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.md'], {
		cwd: ROOT,
		encoding: 'utf8',
	})
		.trim()
		.split('\n')
		.sort();
}
