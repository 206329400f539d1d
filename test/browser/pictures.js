'use strict';

/** Puts the pictures of the last `npm run test:browser` into the documentation: `node test/browser/pictures.js`. */
const fs = require('node:fs');
const path = require('node:path');
const { ROOT } = require('../e2e/support/instance');
const { ARTIFACTS, INBOX_ARTIFACTS } = require('./support/browser');
const { PICTURES } = require('./support/showcase');

const MAX_BYTES = 150_000;
const folder = path.join(ROOT, 'docs', 'images');

fs.mkdirSync(folder, { recursive: true });
const pictures = [...PICTURES.map((name) => [ARTIFACTS, name]), [INBOX_ARTIFACTS, 'inbox.png']];
for (const [taken, name] of pictures) {
	const from = path.join(taken, name);
	if (!fs.existsSync(from)) throw new Error(`${from} does not exist. Run this first: npm run test:browser`);
	const { size } = fs.statSync(from);
	if (size > MAX_BYTES) throw new Error(`${name} has ${size} bytes; a README loads quickly with at most ${MAX_BYTES}.`);
	fs.copyFileSync(from, path.join(folder, name));
	console.log(`docs/images/${name}: ${size} bytes`);
}
