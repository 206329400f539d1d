'use strict';

const { existsSync, readFileSync } = require('node:fs');
const { join } = require('node:path');
const { ROOT, pages } = require('../../scripts/markdown');

const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));

/** Every command that the pages tell people to type, with the page. @param {RegExp} pattern whose group is the command */
const named = (pattern) =>
	pages().flatMap((page) =>
		[...readFileSync(join(ROOT, page), 'utf8').matchAll(pattern)].map(([, command]) => ({ page, command })),
	);

test('every npm script that a page names is in package.json', () => {
	// Lists go on without repeating "npm run": `npm run test:e2e`, `test:browser`.
	const commands = [...named(/npm run ([\w:-]+)/g), ...named(/`(test:[\w:-]+)`/g), ...named(/npm (start|test)\b/g)];
	expect(commands.map(({ command }) => command)).toEqual(
		expect.arrayContaining(['start', 'test', 'bench', 'test:queue']),
	);
	expect(commands.filter(({ command }) => !(command in scripts))).toEqual([]);
});

test('every script file that a page says to run is there', () => {
	const files = named(/node ((?:scripts|sandbox|benchmark)\/[\w/.-]+\.js)/g);
	expect(files.map(({ command }) => command)).toContain('scripts/internal-names.js');
	expect(files.filter(({ command }) => !existsSync(join(ROOT, command)))).toEqual([]);
});
