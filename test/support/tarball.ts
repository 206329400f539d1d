import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { cleanNpmEnv, npmCli } from '../../scripts/n8n/npm';
import { ROOT } from './root';

/**
 * Makes the tarball that would be published.
 * @param folder where it goes
 * @returns its path
 */
export function packInto(folder: string): string {
	const output = execFileSync(
		process.execPath,
		[npmCli(), 'pack', '--json', '--ignore-scripts', '--pack-destination', folder],
		{ cwd: ROOT, env: cleanNpmEnv(), encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
	);
	const [{ filename }] = Object.values(JSON.parse(output) as Record<string, { filename: string }>);
	return path.join(folder, filename);
}
