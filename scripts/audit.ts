/**
 * `npm run audit`: what a user of the package takes in, and what a developer installs.
 *
 * Advisories of development packages are shown, not counted: they concern nobody but developers, most sit deep inside
 * n8n-core, and some registries cannot be asked for them.
 */
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { prepare } from './prepare';
import { compareBuilds } from './reproducible';

const ROOT = path.resolve(__dirname, '..');

/** Licences that let anybody use a package for development. */
const FREE = [
	'0BSD',
	'AFL-2.1',
	'Apache-2.0',
	'BSD-2-Clause',
	'BSD-3-Clause',
	'BlueOak-1.0.0',
	'CC-BY-3.0',
	'CC-BY-4.0',
];
FREE.push('CC0-1.0', 'ISC', 'MIT', 'MIT-0', 'MPL-2.0', 'Python-2.0', 'Unlicense', 'WTFPL', 'Zlib');
/**
 * n8n's packages carry its Sustainable Use License, or the one of its enterprise parts. They are development packages here:
 * nothing of them is in what is published.
 */
const FROM_N8N = /^(n8n-|@n8n\/|@n8n_io\/)/;

const npm = (...args: string[]) =>
	spawnSync('npm', args, { cwd: ROOT, encoding: 'utf8', shell: process.platform === 'win32' });

/** Nothing comes along with the package, so nothing of it can have an advisory. */
function shipped() {
	const { status, stdout, stderr } = npm('audit', '--omit=dev', '--audit-level=none');
	const { dependencies, optionalDependencies, bundledDependencies } = require('../package.json') as Record<
		string,
		unknown
	>;
	const findings = [];
	if (dependencies ?? optionalDependencies ?? bundledDependencies) findings.push('package.json lists dependencies.');
	if (status !== 0) findings.push(`${stdout}${stderr}`.trim());
	return { findings, note: 'no dependencies, no advisories' };
}

/** Each package of the lockfile comes with a checksum and from nowhere but the registry that npm is set to. */
function lockfile() {
	const file = path.join(ROOT, 'package-lock.json');
	const bin = path.join(path.dirname(require.resolve('lockfile-lint/package.json')), 'bin/lockfile-lint.js');
	const rules = ['--validate-https', '--allowed-hosts', 'npm', '--validate-integrity', '--format', 'plain'];
	const { status, stdout, stderr } = spawnSync(process.execPath, [bin, '--path', file, '--type', 'npm', ...rules], {
		encoding: 'utf8',
	});
	const { packages: all } = require(file) as { packages: Record<string, { link?: boolean; integrity?: string }> };
	const packages = Object.entries(all).filter(([folder, { link }]) => folder !== '' && !link);
	const without = packages.filter(([, { integrity }]) => !integrity?.startsWith('sha512-')).map(([folder]) => folder);
	return {
		findings: [
			...(status === 0 ? [] : [`${stdout}${stderr}`.trim()]),
			...without.map((folder) => `${folder} has no checksum (sha512).`),
		],
		note: `${packages.length} packages, each with its checksum`,
	};
}

type Licenses = Record<string, { licenses: string | string[] }>;
type LicenseChecker = {
	init: (options: object, done: (error: Error | null, found: Licenses) => void) => void;
};

/** @returns by name@version, as installed */
function installed(): Promise<Licenses> {
	const checker = require('license-checker-rseidelsohn') as LicenseChecker;
	return new Promise((resolve, reject) => {
		checker.init({ start: ROOT, excludePackagesStartingWith: `${require('../package.json').name}@` }, (error, found) =>
			error ? reject(error) : resolve(found),
		);
	});
}

/** Whether one of the licences between which a package leaves the choice, or all that it demands together, are free. */
function isFree(expression: string) {
	const terms = expression.replace(/[()]/g, '').split(/ OR /);
	return terms.some((term) => term.split(/ AND /).every((name: string) => FREE.includes(name.replace(/\*$/, ''))));
}

async function licences() {
	const counts = new Map<string, number>();
	const findings = [];
	for (const [name, { licenses }] of Object.entries(await installed())) {
		const licence = FROM_N8N.test(name) && !isFree(String(licenses)) ? "n8n's own" : [licenses].flat().join(' OR ');
		counts.set(licence, (counts.get(licence) ?? 0) + 1);
		if (licence !== "n8n's own" && !isFree(licence)) findings.push(`${name} has the licence "${licence}".`);
	}
	const list = [...counts].sort((a, b) => b[1] - a[1]).map(([licence, count]) => `${licence} ${count}`);
	return { findings, note: list.join(', ') };
}

function advisories() {
	const { stdout } = npm('audit', '--audit=true', '--json');
	const { metadata } = JSON.parse(stdout || '{}');
	if (!metadata) return 'not asked: this registry has no advisories';
	const { total, ...levels } = metadata.vulnerabilities as Record<string, number>;
	const named = Object.entries(levels).filter(([, count]) => count > 0);
	return total === 0 ? 'none' : named.map(([level, count]) => `${count} ${level}`).join(', ');
}

async function main() {
	await prepare(ROOT);
	const checks = { 'What ships': shipped, Lockfile: lockfile, Licences: licences, 'Same bytes twice': compareBuilds };
	let failed = 0;
	for (const [title, check] of Object.entries(checks)) {
		const { findings, note } = await check();
		if (findings.length > 0) failed++;
		console.log(`${title}: ${findings.length > 0 ? 'NOT IN ORDER' : note}`);
		for (const finding of findings) console.log(`  ${finding}`);
	}
	console.log(`Advisories of development packages: ${advisories()}`);
	console.log(`audit: ${Object.keys(checks).length - failed} passed, ${failed} failed`);
	return failed === 0;
}

main().then(
	(fine) => {
		process.exitCode = fine ? 0 : 1;
	},
	(error) => {
		console.error(error);
		console.log('audit: 0 passed, 1 failed');
		process.exitCode = 1;
	},
);
