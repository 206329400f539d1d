'use strict';

/** Runs after `n8n-node build`: tidies what it copied, then refuses a package that should not be published. */
const { readdir, rm } = require('node:fs/promises');
const { join } = require('node:path');
const { series } = require('gulp');

require('./scripts/tsx');
const { DIST_FOLDERS, missingAssets, packageProblems } = require('./scripts/check-package');
const { filesToPack } = require('./scripts/pack');

const DIST = join(__dirname, 'dist');

/** `n8n-node build` copies every picture of the repository into dist, screenshots of the documentation included. */
async function keepOnlyAssetsOfThePackage() {
	const strangers = (await readdir(DIST)).filter((name) => !DIST_FOLDERS.includes(name));
	await Promise.all(strangers.map((name) => rm(join(DIST, name), { recursive: true })));
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

exports.default = series(keepOnlyAssetsOfThePackage, checkWhatWillBePublished);
