/** Builds the commit twice, in different folders, time zones and languages: the tarball has to have the same bytes. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { npmPack } from './pack';

const ROOT = path.resolve(__dirname, '..');
const SURROUNDINGS = [
	{ TZ: 'UTC', LANG: 'C' },
	{ TZ: 'Asia/Shanghai', LANG: 'en_US.UTF-8' },
];

/** SHA-256 of the tarball that a fresh clone of HEAD gives, with the development packages that are installed here. */
function packClone(surroundings: Record<string, string>) {
	const folder = mkdtempSync(path.join(tmpdir(), 'reproducible-'));
	const run = (command: string, args: string[], cwd = folder) =>
		execFileSync(command, args, {
			cwd,
			encoding: 'utf8',
			env: { ...process.env, ...surroundings },
			stdio: ['ignore', 'pipe', 'pipe'],
			shell: process.platform === 'win32',
		});
	try {
		run('git', ['clone', '--quiet', '--local', ROOT, 'clone']);
		const clone = path.join(folder, 'clone');
		symlinkSync(path.join(ROOT, 'node_modules'), path.join(clone, 'node_modules'), 'junction');
		run('npm', ['run', 'build'], clone);
		const { filename } = npmPack(clone, []);
		return createHash('sha256')
			.update(readFileSync(path.join(clone, filename)))
			.digest('hex');
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

/** @returns A finding when the bytes differ; the checksum otherwise */
export function compareBuilds(): { findings: string[]; note: string } {
	const [first, second] = SURROUNDINGS.map(packClone);
	return {
		findings: first === second ? [] : [`Two builds of the same commit differ: ${first} and ${second}.`],
		note: `two builds of the commit give the tarball with SHA-256 ${first}`,
	};
}
