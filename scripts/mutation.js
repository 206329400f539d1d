'use strict';

/**
 * `npm run mutation`: changes the pack's code in thousands of small ways and looks whether a test notices each one.
 *
 *   npm run mutation                        everything; the report is artifacts/mutation/index.html
 *   npm run mutation -- --only <glob,…>     some files
 *   npm run mutation -- --since [commit]    only the lines changed since a commit (default: the one docs/mutation.md was
 *                                           measured at); for CI: bounded in time
 *   npm run mutation -- --table <report…>   writes docs/mutation.md from reports of this or earlier runs
 *
 * Ends with `mutation: N passed, N failed`: mutants that were noticed, and survivors beyond those allowed.
 */
const { spawnSync, execFileSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');
const { isEquivalent, readReports, summarize, totalOf } = require('./mutation/report');
const { PAGE, checkPage, measuredAt, writePage } = require('./mutation/page');

const ROOT = path.resolve(__dirname, '..');
const OUT = 'artifacts/mutation';
/** Share of the mutants in changed lines that tests must notice. */
const LEAST = 0.9;
/** CI has ten minutes for the changed lines; starting up and the first run of the tests come on top of this. */
const CHANGED_MINUTES = 6;

const git = (...args) => execFileSync('git', args, { cwd: ROOT, encoding: 'utf8' }).trim();

function main([mode, ...rest]) {
	switch (mode) {
		case undefined:
			return judge(run([]));
		case '--only':
			return judge(run(['--mutate', rest[0]]));
		case '--since':
			return changedSince(rest[0] ?? usualBase());
		case '--table':
			return writePage(
				readReports(rest.length > 0 ? rest : [`${OUT}/report.json`]),
				git('rev-parse', '--short', 'HEAD'),
			);
		default:
			throw new Error(`Unknown: ${mode}. Nothing, --only <globs>, --since [commit] or --table <reports>.`);
	}
}

/** What a change is compared with: the commit of the published table, where history holds it, or ten commits back. */
function usualBase() {
	const count = Number(git('rev-list', '--count', '--first-parent', 'HEAD'));
	const published = measuredAt();
	return published && isAncestor(published) ? published : `HEAD~${Math.min(10, count - 1)}`;
}

function isAncestor(commit) {
	return spawnSync('git', ['merge-base', '--is-ancestor', commit, 'HEAD'], { cwd: ROOT, stdio: 'ignore' }).status === 0;
}

/** Runs Stryker; returns the mutants by file. */
function run(args, environment = {}) {
	const { status } = spawnSync(
		process.execPath,
		[path.join(ROOT, 'node_modules/@stryker-mutator/core/bin/stryker.js'), 'run', ...args],
		{
			cwd: ROOT,
			stdio: 'inherit',
			env: { ...process.env, ...environment },
		},
	);
	if (status !== 0) throw new Error(`Stryker ended with ${status}`);
	return readReports([`${OUT}/report.json`]);
}

function changedSince(commit) {
	const ranges = changedLines(commit);
	if (ranges.length === 0) {
		console.log(`No line of nodes/ or credentials/ has changed since ${commit}; checking ${PAGE} instead.`);
		const problems = checkPage();
		for (const problem of problems) console.log(`- ${problem}`);
		return close(problems.length === 0 ? 1 : 0, problems.length);
	}
	console.log(`Changed since ${commit}: ${ranges.join(' ')}`);
	fs.rmSync(path.join(ROOT, OUT, 'report.json'), { force: true });
	const deadline = Date.now() + CHANGED_MINUTES * 60_000;
	judge(
		run(['--mutate', ranges.join(','), '--force'], { MUTATION_DEADLINE: String(deadline), MUTATION_CONCURRENCY: '2' }),
	);
}

/** `file:first-last` for every stretch of lines that is new or other than it was, in the work tree as it is. */
function changedLines(commit) {
	const ranges = [];
	let file;
	for (const line of git('diff', '-U0', '--no-color', '--diff-filter=d', commit, '--', 'nodes', 'credentials').split(
		'\n',
	)) {
		if (line.startsWith('+++ ')) file = line.slice('+++ b/'.length);
		const hunk = /^@@ \S+ \+(\d+)(?:,(\d+))? @@/.exec(line);
		if (!hunk || !file.endsWith('.ts')) continue;
		const [first, count] = [Number(hunk[1]), Number(hunk[2] ?? 1)];
		if (count > 0) ranges.push(`${file}:${first}-${first + count - 1}`);
	}
	return ranges;
}

function judge(mutants) {
	const survivors = mutants.filter((one) => one.kind === 'survived' && !isEquivalent(one));
	for (const { file, line, was, becomes } of survivors) console.log(`${file}:${line}: ${was} -> ${becomes}`);
	const { detected, survived } = totalOf(summarize(mutants));
	const allowed = Math.floor((detected + survived) * (1 - LEAST));
	const late = mutants.filter(({ kind }) => kind === 'untested').length;
	console.log(
		`${detected} of ${detected + survived} mutants noticed; ${survived} survived, ${allowed} may. ${late} could not be tested.`,
	);
	close(detected, Math.max(0, survived - allowed));
}

function close(passed, failed) {
	console.log(`mutation: ${passed} passed, ${failed} failed`);
	process.exitCode = failed > 0 ? 1 : 0;
}

try {
	main(process.argv.slice(2));
} catch (error) {
	console.error(error.message);
	close(0, 1);
}
