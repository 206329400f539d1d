import { execFileSync } from 'node:child_process';
import os from 'node:os';
import path from 'node:path';

const ROOT = path.resolve(__dirname, '..');

/** What the numbers were measured on. */
export function describeMachine() {
	return {
		processor: os.cpus()[0]?.model.trim() ?? 'unknown',
		cores: os.availableParallelism(),
		memoryGb: Math.round(os.totalmem() / 2 ** 30),
		system: `${os.type()} ${os.release()} ${os.arch()}`,
		node: process.version,
		engine: `n8n-core ${require('n8n-core/package.json').version}`,
		packageVersion: `${require('../package.json').version}${commit()}`,
		/** Processes that wanted a core in the last minute, before the benchmark began. */
		loadBefore: Number(os.loadavg()[0].toFixed(2)),
	};
}

/** Where the tree has no history, as in an unpacked archive, the version has to do. */
function commit() {
	try {
		const git = (...args: string[]) =>
			execFileSync('git', args, { cwd: ROOT, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
		const changed = git(
			'status',
			'--porcelain',
			'--',
			'nodes',
			'credentials',
			'benchmark',
			':!benchmark/results',
		).trim();
		return `, commit ${git('rev-parse', '--short', 'HEAD').trim()}${changed ? ' with changes' : ''}`;
	} catch {
		return '';
	}
}
