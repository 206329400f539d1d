'use strict';

const fs = require('node:fs');
const { README, readmeWithTable } = require('../../scripts/code-table');

test('the table of codes in the README is the one the node uses (mend with: npm run docs)', () => {
	expect(fs.readFileSync(README, 'utf8')).toBe(readmeWithTable());
});
