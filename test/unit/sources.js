'use strict';

const { readdirSync, readFileSync } = require('node:fs');
const { dirname, join, relative, resolve } = require('node:path');

const ROOT = resolve(__dirname, '../..');

/**
 * The source files of a folder.
 *
 * @param {string} folder from the root of the repository
 * @param {string} ending of the files wanted
 * @returns {Record<string, string>} text by path from the root
 */
function sourcesBelow(folder, ending) {
	const files = readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' });
	return Object.fromEntries(
		files
			.filter((file) => file.endsWith(ending))
			.map((file) => [join(folder, file), readFileSync(join(ROOT, folder, file), 'utf8')]),
	);
}

/**
 * @param {string} file from the root of the repository
 * @param {string} target relative path as it stands in that file's import
 * @returns {string} from the root
 */
const resolveFrom = (file, target) => relative(ROOT, resolve(ROOT, dirname(file), target));

module.exports = { resolveFrom, sourcesBelow };
