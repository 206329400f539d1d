'use strict';

const { readFileSync } = require('node:fs');
const { join } = require('node:path');
const { pagesWithTables } = require('../../scripts/docs/write');
const { ROOT } = require('../../scripts/markdown');

test.each(pagesWithTables().map(({ file, text }) => [file, text]))(
	'the tables in %s say what the code and the newest benchmark say (mend with: npm run docs)',
	(file, text) => expect(readFileSync(join(ROOT, file), 'utf8')).toBe(text),
);
