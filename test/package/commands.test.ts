import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pages } from '../../scripts/markdown';
import { ROOT } from '../support/root';

const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));

/**
 * Every command that the pages tell people to type, with the page.
 * @param pattern whose group is the command
 */
const named = (pattern: RegExp) =>
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
	const files = named(/node (?:scripts\/run\.js )?((?:scripts|sandbox|benchmark)\/[\w/.-]+\.[jt]s)/g);
	expect(files.map(({ command }) => command)).toContain('scripts/owner.ts');
	expect(files.filter(({ command }) => !existsSync(join(ROOT, command)))).toEqual([]);
});

describe('the command that installs a tarball', () => {
	const { name, version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
	const commands = [
		...named(/^(npm install --prefix .*\.tgz)$/gm),
		...named(/^docker exec .*'(npm install --prefix .*\.tgz)'$/gm),
	];

	test('stands in the README and in both guides', () => {
		expect([...new Set(commands.map(({ page }) => page))].sort()).toEqual([
			'README.md',
			'docs/install.md',
			'docs/zh/install.md',
		]);
	});

	let folder: string;
	beforeAll(() => {
		folder = mkdtempSync(join(tmpdir(), 'jsms-tarballs-'));
		// Older and newer than the one that is meant.
		for (const one of ['0.0.1', version, '99.0.0']) {
			writeFileSync(join(folder, 'package.json'), JSON.stringify({ name, version: one }));
			execFileSync('npm', ['pack', '--silent'], { cwd: folder });
		}
	});
	afterAll(() => rmSync(folder, { recursive: true, force: true }));

	test.each(commands.map(({ page, command }) => [page, command]))(
		'installs the file that it names where others lie beside it: %s, %s',
		(_, command) => {
			const home = mkdtempSync(join(folder, 'home-'));
			const here = command.replace(/\/(?:path\/to|tmp)\//, `${folder}/`).replace('~/', `${home}/`);
			execFileSync('sh', ['-c', `${here} --offline --no-audit --no-fund`], { stdio: 'pipe' });
			const installed = join(home, '.n8n', 'nodes', 'node_modules', name, 'package.json');
			expect(JSON.parse(readFileSync(installed, 'utf8')).version).toBe(version);
		},
		60_000,
	);
});
