'use strict';

const { execFileSync } = require('node:child_process');
const path = require('node:path');

const ROOT = path.resolve(__dirname, '..');

/** Every page of the repository, as paths from its root; new ones count before they are committed. @returns {string[]} */
function pages() {
	return execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.md'], {
		cwd: ROOT,
		encoding: 'utf8',
	})
		.trim()
		.split('\n')
		.sort();
}

module.exports = { ROOT, pages };
