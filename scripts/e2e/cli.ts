/**
 * `npm run test:e2e`: the packed package in the two pinned n8n. `-- --n8n latest` runs the tests of n8n 2.x in the newest
 * one that can be installed, and writes it into the README's table of versions when all of them pass. Other arguments go to jest.
 */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

import { noteTried, versionTable } from '../docs/versions';
import { withTable } from '../docs/write';
import { cacheDir } from '../n8n/cache';
import { missingPackage } from '../n8n/missing';
import { TSX } from '../tsx';
import { legs } from '../n8n/versions';
import { findN8n, installNewest } from './newest';
import { readOptions } from './options';

const ROOT = path.resolve(__dirname, '../..');

function runJest(args: string[], env: Record<string, string>): number {
	const jest = require.resolve('jest/bin/jest');
	const { status, error } = spawnSync(
		process.execPath,
		[jest, '-c', 'test/e2e/jest.config.js', '--runInBand', ...args],
		{ cwd: ROOT, stdio: 'inherit', env: { ...process.env, ...env } },
	);
	if (error) throw error;
	return status ?? 1;
}

/** Installs an n8n in a process of its own, because the version is chosen by its environment. */
function install(version: string): string | undefined {
	const { status, error } = spawnSync(process.execPath, [...TSX, path.join(ROOT, 'scripts/n8n/install.ts'), 'main'], {
		cwd: ROOT,
		stdio: 'inherit',
		env: { ...process.env, JSMS_N8N_VERSION: version },
	});
	if (error) throw error;
	if (status === 0) return undefined;
	const missing = missingPackage(fs.readFileSync(path.join(cacheDir(), `n8n-${version}.log`), 'utf8'));
	if (missing === undefined) throw new Error(`n8n ${version} was not installed; the reason is above.`);
	return missing;
}

function main(): number {
	const { n8n, jest } = readOptions(process.argv.slice(2));
	if (n8n === undefined) return runJest(jest, {});
	const found = findN8n(n8n);
	const version = n8n === 'latest' ? installNewest(found, install, console.log) : found;
	console.log(`The end-to-end tests run in n8n ${version}.`);
	const status = runJest(['test/e2e/main.test.ts', ...jest], { JSMS_N8N_VERSION: version });
	// A part of the tests proves nothing about the whole.
	if (status !== 0 || jest.length > 0) return status;
	noteTried({ n8n: version, node: String(legs.main.nodeMajor), on: new Date().toISOString().slice(0, 10) });
	const readme = path.join(ROOT, 'README.md');
	const table = { file: 'README.md', name: 'versions' as const, make: () => versionTable() };
	fs.writeFileSync(readme, withTable(fs.readFileSync(readme, 'utf8'), table));
	console.log(`README.md names n8n ${version} now.`);
	return 0;
}

try {
	process.exitCode = main();
} catch (error) {
	console.error(error instanceof Error ? error.message : error);
	process.exitCode = 1;
}
