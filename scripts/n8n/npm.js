'use strict';

const { spawn } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');

// Where packages come from and through what. Everything else npm hands down to its children (the prefix of the outer
// project, ignore-scripts, omit, ...) is meant for this repository and would change what gets installed elsewhere.
const KEPT_SETTINGS =
	/^npm_config_(registry|replace_registry_host|cache|userconfig|globalconfig|(https?_)?proxy|noproxy|cafile|strict_ssl|fetch_.*|maxsockets|prefer_offline|offline|@.*|\/\/.*)$/i;

/**
 * The environment for an npm run that has nothing to do with this repository's own npm settings.
 *
 * @param {Record<string, string>} [extra]
 * @returns {NodeJS.ProcessEnv}
 */
function cleanNpmEnv(extra = {}) {
	const env = {};
	for (const [name, value] of Object.entries(process.env)) {
		if (/^npm_/i.test(name) && !KEPT_SETTINGS.test(name)) continue;
		if (/^(INIT_CWD|NODE_OPTIONS|NODE_ENV)$/.test(name)) continue;
		env[name] = value;
	}
	return { ...env, ...extra };
}

/**
 * npm's JavaScript entry, so that npm can be run under any Node.js version.
 *
 * @returns {string}
 */
function npmCli() {
	const candidates = [
		process.env.npm_execpath,
		path.join(path.dirname(process.execPath), '../lib/node_modules/npm/bin/npm-cli.js'),
		path.join(path.dirname(process.execPath), 'node_modules/npm/bin/npm-cli.js'),
		...(process.env.PATH ?? '').split(path.delimiter).map((folder) => path.join(folder, 'npm')),
	];
	for (const candidate of candidates) {
		if (!candidate || !fs.existsSync(candidate)) continue;
		const file = fs.realpathSync(candidate);
		if (path.basename(file) === 'npm-cli.js') return file;
	}
	throw new Error('npm was not found. It comes with Node.js: reinstall Node.js, or put npm on the PATH.');
}

/**
 * Runs npm and resolves when it succeeded. Its output goes to `log`.
 *
 * @param {string[]} args
 * @param {object} options
 * @param {string} options.cwd
 * @param {string} options.log File the output is appended to
 * @param {string} [options.node] Node.js binary to run npm with
 * @param {Record<string, string>} [options.env]
 * @returns {Promise<void>}
 */
function runNpm(args, { cwd, log, node = process.execPath, env }) {
	return run(node, [npmCli(), ...args], {
		cwd,
		log,
		label: `npm ${args.join(' ')}`,
		env: cleanNpmEnv({
			// WHY: install scripts call plain `node`; it has to be the version the result is meant for.
			PATH: `${path.dirname(node)}${path.delimiter}${process.env.PATH}`,
			...env,
		}),
	});
}

/**
 * @param {string} command
 * @param {string[]} args
 * @param {{cwd: string, log: string, label: string, env: NodeJS.ProcessEnv}} options
 * @returns {Promise<void>}
 */
function run(command, args, { cwd, log, label, env }) {
	const out = fs.openSync(log, 'a');
	fs.writeSync(out, `\n$ ${label}\n`);
	return new Promise((resolve, reject) => {
		const child = spawn(command, args, { cwd, env, stdio: ['ignore', out, out] });
		// WHY: an interrupted run must not leave an install going on in the background.
		const stop = () => child.kill('SIGTERM');
		process.once('exit', stop);
		const done = (error) => {
			process.off('exit', stop);
			fs.closeSync(out);
			if (error) reject(error);
			else resolve();
		};
		child.once('error', (error) => done(error));
		child.once('exit', (code, signal) => {
			done(code === 0 ? undefined : new Error(`\`${label}\` ended with ${signal ?? `exit code ${code}`}`));
		});
	});
}

module.exports = { cleanNpmEnv, npmCli, runNpm, run };
