/**
 * `npm run mutation`: StrykerJS changes the package's code in thousands of small ways, and the tests should notice each of them.
 *
 *   npm run mutation                          everything; the report is artifacts/mutation/index.html
 *   npm run mutation -- --mutate <glob,…>     some files; every option of `stryker run` will do
 *   npm run mutation -- --since [commit]      only the lines changed since a commit
 *
 * Fails when fewer mutants are noticed than `thresholds.break` of stryker.config.mjs asks for. Ends with
 * `mutation: N passed, N failed`: mutants that were noticed, and those that were not where they are too many.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';

const ROOT = path.resolve(__dirname, '..');
const REPORT = path.join(ROOT, 'artifacts/mutation/report.json');
/** Without a commit, `--since` looks at so many commits of the main line, as long as they change no more lines than that. */
const [COMMITS, LINES] = [10, 600];

type Range = { file: string; first: number; lines: number };

const git = (...args: string[]) => execFileSync('git', args, { cwd: ROOT, encoding: 'utf8' }).trim();

/** Every stretch of lines that is new or other than it was, in the work tree as it is. */
function changedSince(commit: string): Range[] {
	const ranges: Range[] = [];
	let file = '';
	const diff = git('diff', '-U0', '--no-color', '--diff-filter=d', commit, '--', 'nodes/**.ts', 'credentials/**.ts');
	for (const line of diff.split('\n')) {
		if (line.startsWith('+++ ')) file = line.slice('+++ b/'.length);
		const hunk = /^@@ \S+ \+(\d+)(?:,(\d+))? @@/.exec(line);
		if (hunk && hunk[2] !== '0') ranges.push({ file, first: Number(hunk[1]), lines: Number(hunk[2] ?? 1) });
	}
	return ranges;
}

const linesOf = (ranges: Range[]) => ranges.reduce((sum, { lines }) => sum + lines, 0);

/** The oldest of the last commits since which few enough lines have changed: what has landed since the last check, or more. */
function usualBase(): string {
	const [last = 'HEAD', ...earlier] = git(
		'rev-list',
		'--first-parent',
		'--skip=1',
		`--max-count=${COMMITS}`,
		'HEAD',
	).split('\n');
	const tooFar = earlier.findIndex((commit) => linesOf(changedSince(commit)) > LINES);
	return [last, ...earlier.slice(0, tooFar === -1 ? undefined : tooFar)].at(-1)!;
}

/** Of a change to half the package only a part, by chance, but the same whenever the commit is checked. */
function fewEnough(ranges: Range[]): Range[] {
	const head = git('rev-parse', 'HEAD');
	const chance = ({ file, first }: Range) => createHash('sha256').update(`${head} ${file} ${first}`).digest('hex');
	let left = LINES;
	return [...ranges]
		.sort((one, other) => chance(one).localeCompare(chance(other)))
		.map((range) => {
			const lines = Math.min(range.lines, left);
			left -= lines;
			return { ...range, lines };
		})
		.filter(({ lines }) => lines > 0);
}

function main([mode, commit, ...more]: string[]) {
	if (mode !== '--since') return stryker(process.argv.slice(2));
	const base = commit ?? usualBase();
	const all = changedSince(base);
	const ranges = commit === undefined ? fewEnough(all) : all;
	console.log(`${linesOf(ranges)} of ${linesOf(all)} lines changed since ${base}.`);
	if (ranges.length === 0) return console.log('mutation: 0 passed, 0 failed');
	const places = ranges.map(({ file, first, lines }) => `${file}:${first}-${first + lines - 1}`);
	stryker(['--mutate', places.join(','), ...more]);
}

function stryker(args: string[]) {
	fs.rmSync(REPORT, { force: true });
	const bin = path.join(ROOT, 'node_modules/@stryker-mutator/core/bin/stryker.js');
	const { status } = spawnSync(process.execPath, [bin, 'run', ...args], { cwd: ROOT, stdio: 'inherit' });
	const found = statuses();
	const count = (...names: string[]) => found.filter((one) => names.includes(one)).length;
	const failed = status === 0 ? 0 : Math.max(1, count('Survived', 'NoCoverage'));
	console.log(`mutation: ${count('Killed', 'Timeout')} passed, ${failed} failed`);
	process.exitCode = failed === 0 ? 0 : 1;
}

/** What Stryker's report says of each mutant; nothing where Stryker did not come to its end. */
function statuses(): string[] {
	if (!fs.existsSync(REPORT)) return [];
	type Report = { files: Record<string, { mutants: Array<{ status: string }> }> };
	const { files } = JSON.parse(fs.readFileSync(REPORT, 'utf8')) as Report;
	return Object.values(files).flatMap(({ mutants }) => mutants.map(({ status }) => status));
}

main(process.argv.slice(2));
