'use strict';

/** Runs after `n8n-node build`: tidies what it copied, then refuses a package that should not be published. */
const { readFile, readdir, rm, writeFile } = require('node:fs/promises');
const { join } = require('node:path');
const { series } = require('gulp');
const prettier = require('prettier');

const { DIST_FOLDERS, missingAssets, packageProblems } = require('./scripts/check-package');
const { filesToPack } = require('./scripts/pack');

const DIST = join(__dirname, 'dist');

/** `n8n-node build` copies every picture of the repository into dist, screenshots of the documentation included. */
async function keepOnlyAssetsOfThePack() {
	const strangers = (await readdir(DIST)).filter((name) => !DIST_FOLDERS.includes(name));
	await Promise.all(strangers.map((name) => rm(join(DIST, name), { recursive: true })));
}

/** Tells importers of default exports what they get; the pack has none, neither inside nor for n8n. */
const ES_MODULE_MARK = 'Object.defineProperty(exports, "__esModule", { value: true });\n';

/** The compiler indents with four spaces each, a tenth of the package; written like the sources it stays easy to read. */
async function formatLikeTheSources() {
	const files = (await readdir(DIST, { recursive: true })).filter((name) => name.endsWith('.js'));
	const style = await prettier.resolveConfig(__filename);
	for (const name of files) {
		const file = join(DIST, name);
		const compiled = (await readFile(file, 'utf8')).replace(ES_MODULE_MARK, '');
		await writeFile(file, await prettier.format(compiled, { ...style, parser: 'babel' }));
	}
}

async function checkWhatWillBePublished() {
	const files = filesToPack(__dirname);
	const problems = [...packageProblems(__dirname, files), ...missingAssets(__dirname, files)];
	if (problems.length === 0) return;
	const error = new Error(['This package must not be published:', ...problems].join('\n- '));
	// The sentences say it all; a stack trace would only hide them.
	error.showStack = false;
	throw error;
}

exports.default = series(keepOnlyAssetsOfThePack, formatLikeTheSources, checkWhatWillBePublished);
