'use strict';

// WHY only Node's own modules in here: it runs before `npm ci` has put anything else in place.
const fs = require('node:fs');
const path = require('node:path');
const { cacheDir } = require('./n8n/cache');
const { runNpm } = require('./n8n/npm');
const { withProgress } = require('./n8n/progress');

/**
 * Makes a bare clone ready: development packages as in the lockfile, and the package built. Does nothing that is done.
 *
 * @param {string} root Folder of the repository
 * @param {{build?: boolean}} [options] `build: false` leaves the package as it is
 * @returns {Promise<void>}
 * @throws {Error} When npm fails, with the end of its output
 */
async function prepare(root, { build = true } = {}) {
	if (isOutdated(root)) {
		// --ignore-scripts: nothing here needs an install script, and some would have to compile (see .npmrc).
		await step('Installing the development packages (npm ci)', root, ['ci', '--ignore-scripts']);
	}
	if (!build || isBuilt(root)) return;
	try {
		await step('Building the package (npm run build)', root, ['run', 'build']);
	} catch (error) {
		// WHY: its checks come last, so a build that failed would look like a finished one next time.
		fs.rmSync(path.join(root, 'dist'), { recursive: true, force: true });
		throw error;
	}
}

/** Keeps npm's many lines in a file; they are shown only when they are needed. */
async function step(title, root, args) {
	const log = path.join(cacheDir(), 'prepare.log');
	fs.mkdirSync(path.dirname(log), { recursive: true });
	fs.writeFileSync(log, '');
	try {
		await withProgress(
			title,
			() => '',
			() => runNpm(args, { cwd: root, log }),
		);
	} catch (error) {
		const output = fs.readFileSync(log, 'utf8').trimEnd().split('\n').slice(-40).join('\n');
		throw new Error(`${output}\n\n${error.message}; the end of its output is above, all of it in ${log}`);
	}
}

/** Whether node_modules lacks something the lockfile asks for. npm notes what it installed in a lockfile of its own. */
function isOutdated(root) {
	const installed = path.join(root, 'node_modules', '.package-lock.json');
	if (!fs.existsSync(installed)) return true;
	const wanted = readJson(path.join(root, 'package-lock.json')).packages;
	const present = readJson(installed).packages;
	return Object.entries(wanted).some(
		([folder, entry]) =>
			// Optional ones are for other platforms as often as not; extraneous ones npm leaves out.
			folder !== '' &&
			!(entry.optional || entry.devOptional || entry.extraneous) &&
			present[folder]?.version !== entry.version,
	);
}

/** Whether what is in dist/ is newer than all it is made from. */
function isBuilt(root) {
	const { n8n } = readJson(path.join(root, 'package.json'));
	const built = [...n8n.nodes, ...n8n.credentials].map((file) => path.join(root, file));
	if (!built.every((file) => fs.existsSync(file))) return false;
	const sources = ['nodes', 'credentials', 'icons', 'package.json', 'tsconfig.json', 'gulpfile.js'];
	const changed = Math.max(...sources.map((name) => newest(path.join(root, name))));
	return Math.min(...built.map((file) => fs.statSync(file).mtimeMs)) > changed;
}

/** When the newest file at or below a path was changed, milliseconds since 1970. */
function newest(file) {
	if (!fs.existsSync(file)) return 0;
	const stat = fs.statSync(file);
	if (!stat.isDirectory()) return stat.mtimeMs;
	return Math.max(stat.mtimeMs, ...fs.readdirSync(file).map((name) => newest(path.join(file, name))));
}

function readJson(file) {
	return JSON.parse(fs.readFileSync(file, 'utf8'));
}

module.exports = { prepare };
