'use strict';

const fs = require('node:fs');
const path = require('node:path');

const ROOT = path.resolve(__dirname, '../..');
const FOLDER = path.join(ROOT, 'examples');

/** Where the pictures of their canvases are published, relative to the repository. */
const PICTURES = 'docs/images/examples';

/** So that a page with several of them loads quickly. The largest have notes in two languages. */
const MAX_PICTURE_BYTES = 110_000;

const STICKY_NOTE = 'n8n-nodes-base.stickyNote';

/**
 * A workflow published under examples/.
 *
 * @typedef {object} Example
 * @property {string} name As its file is called, without the ending
 * @property {string} file Relative to the repository
 * @property {any} workflow As n8n exports it
 * @property {string} picture Of its canvas, relative to the repository; there once it was taken
 */

/** @returns {Example[]} all of them, by name */
function readExamples() {
	return fs
		.readdirSync(FOLDER)
		.filter((file) => file.endsWith('.json'))
		.sort()
		.map((file) => {
			const name = path.basename(file, '.json');
			return {
				name,
				file: `examples/${file}`,
				workflow: JSON.parse(fs.readFileSync(path.join(FOLDER, file), 'utf8')),
				picture: `${PICTURES}/${name}.png`,
			};
		});
}

module.exports = { MAX_PICTURE_BYTES, ROOT, STICKY_NOTE, readExamples };
