import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { prepare } from './prepare';

const ROOT = path.resolve(__dirname, '..');

/** `npm test`: makes a bare clone ready, then runs every test that needs no running n8n. Arguments go to jest. */
async function main() {
	await prepare(ROOT);
	const jest = require.resolve('jest/bin/jest', { paths: [ROOT] });
	const { status, error } = spawnSync(process.execPath, [jest, ...process.argv.slice(2)], {
		cwd: ROOT,
		stdio: 'inherit',
	});
	if (error) throw error;
	process.exitCode = status ?? 1;
}

main().catch((error) => {
	console.error(error.message);
	process.exitCode = 1;
});
