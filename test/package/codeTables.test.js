'use strict';

const fs = require('node:fs');
const path = require('node:path');
const { ROOT } = require('../../scripts/markdown');
const { filesWithTables } = require('../../scripts/code-table');

test.each(filesWithTables().map(({ file, text }) => [path.relative(ROOT, file), file, text]))(
	'the table of codes in %s is the one the node uses (mend with: npm run docs)',
	(_, file, text) => expect(fs.readFileSync(file, 'utf8')).toBe(text),
);
