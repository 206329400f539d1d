/**
 * `npm run lint`: n8n's linter in strict mode. Folders with a configuration of their own (benchmark, sandbox, scripts, test) are
 * linted by that one: they hold programs for Node.js, and n8n's rules for nodes forbid what a program needs. Arguments go to n8n-node.
 */
import { spawnSync } from 'node:child_process';
import path from 'node:path';

const ROOT = path.resolve(__dirname, '..');

// WHY: without this flag ESLint reads only the configuration of the folder it starts in, which strict mode lets nobody change.
const env = { ...process.env, ESLINT_FLAGS: 'v10_config_lookup_from_file' };
const { status, error } = spawnSync('npx', ['n8n-node', 'lint', ...process.argv.slice(2)], {
	cwd: ROOT,
	env,
	stdio: 'inherit',
	shell: process.platform === 'win32',
});
if (error) throw error;
process.exitCode = status ?? 1;
