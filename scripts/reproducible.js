'use strict';

/** Builds the commit twice, in different folders, time zones and languages: the tarball has to have the same bytes. */
const { execFileSync } = require('node:child_process');
const { createHash } = require('node:crypto');
const { mkdtempSync, readFileSync, rmSync, symlinkSync } = require('node:fs');
const { tmpdir } = require('node:os');
const path = require('node:path');

const ROOT = path.resolve(__dirname, '..');
const SURROUNDINGS = [
	{ TZ: 'UTC', LANG: 'C' },
	{ TZ: 'Asia/Shanghai', LANG: 'en_US.UTF-8' },
];

/** SHA-256 of the tarball that a fresh clone of HEAD gives, with the development packages that are installed here. */
function packClone(surroundings) {
	const folder = mkdtempSync(path.join(tmpdir(), 'reproducible-'));
	const run = (command, args, cwd = folder) =>
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
		const [{ filename }] = Object.values(JSON.parse(run('npm', ['pack', '--json', '--ignore-scripts'], clone)));
		return createHash('sha256')
			.update(readFileSync(path.join(clone, filename)))
			.digest('hex');
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

/** @returns {{findings: string[], note: string}} A finding when the bytes differ; the checksum otherwise */
function compareBuilds() {
	const [first, second] = SURROUNDINGS.map(packClone);
	return {
		findings: first === second ? [] : [`Two builds of the same commit differ: ${first} and ${second}.`],
		note: `two builds of the commit give the tarball with SHA-256 ${first}`,
	};
}

module.exports = { compareBuilds };
