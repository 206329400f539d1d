'use strict';

/**
 * `npm run mutation`: changes the pack's code in thousands of small ways and looks whether a test notices each one.
 *
 *   npm run mutation                        everything; the report is artifacts/mutation/index.html
 *   npm run mutation -- --only <glob,…>     some files
 *   npm run mutation -- --since [commit]    only the lines changed since a commit (default: the one docs/mutation.md was
 *                                           measured at); for CI: ends within ten minutes
 *   npm run mutation -- --table <report…>   writes docs/mutation.md from reports of this or earlier runs; folders that
 *                                           they do not measure keep their row, if their code is as it was
 *
 * Ends with `mutation: N passed, N failed`: mutants that were noticed, and survivors beyond those allowed.
 */
const { spawn, spawnSync, execFileSync } = require('node:child_process');
const { once } = require('node:events');
const fs = require('node:fs');
const path = require('node:path');
const { isEquivalent, readReports, readTests, summarize, totalOf } = require('./mutation/report');
const { PAGE, checkPage, measuredAt, writePage } = require('./mutation/page');

const ROOT = path.resolve(__dirname, '..');
const OUT = `artifacts/${process.env.MUTATION_OUT ?? 'mutation'}`;
/** Share of the mutants in changed lines that tests must notice. */
const LEAST = 0.9;
/** Changed lines: after so many minutes no further mutant is tried, and after so many everything is given up. */
const [ENOUGH_MINUTES, LAST_MINUTES] = [7.5, 9.5];

const git = (...args) => execFileSync('git', args, { cwd: ROOT, encoding: 'utf8' }).trim();

async function main([mode, ...rest]) {
	switch (mode) {
		case undefined:
			return judge(await run([]));
		case '--only':
			return judge(found(await run(['--mutate', rest[0]])));
		case '--since':
			return await changedSince(rest[0] ?? usualBase());
		case '--table': {
			const reports = rest.length > 0 ? rest : [`${OUT}/report.json`];
			// The commit that the code comes from: later ones have other tests and pages.
			const commit = git('log', '-1', '--format=%h', '--', 'nodes', 'credentials');
			return writePage(readReports(reports), commit, readTests(reports));
		}
		default:
			throw new Error(`Unknown: ${mode}. Nothing, --only <globs>, --since [commit] or --table <reports>.`);
	}
}

/** What a change is compared with: the commit of the published table, where history holds it, or ten commits back. */
function usualBase() {
	const published = measuredAt();
	if (published && isAncestor(published)) return published;
	const earlier = Number(git('rev-list', '--count', '--first-parent', 'HEAD')) - 1;
	const base = `HEAD~${Math.min(10, earlier)}`;
	console.log(
		`${published ? `${published}, where ${PAGE} was measured, is not in this history` : `${PAGE} has no table yet`}: comparing with ${base}.`,
	);
	return base;
}

function isAncestor(commit) {
	return spawnSync('git', ['merge-base', '--is-ancestor', commit, 'HEAD'], { cwd: ROOT, stdio: 'ignore' }).status === 0;
}

/**
 * Runs Stryker.
 *
 * @param {string[]} args
 * @param {{ environment?: Record<string, string>, minutes?: number }} [limits] `minutes` after which it is ended, with its processes
 * @returns {Promise<Array<object> | undefined>} the mutants; undefined when time was over
 */
async function run(args, { environment = {}, minutes } = {}) {
	const bin = path.join(ROOT, 'node_modules/@stryker-mutator/core/bin/stryker.js');
	const stryker = spawn(process.execPath, [bin, 'run', ...args], {
		cwd: ROOT,
		stdio: 'inherit',
		env: { ...process.env, ...environment },
		// A group of its own, which can be ended as a whole: a mutant may hang in a process below.
		detached: minutes !== undefined,
	});
	let late = false;
	const end = () => process.kill(-stryker.pid, 'SIGKILL');
	const timer =
		minutes !== undefined &&
		setTimeout(() => {
			late = true;
			end();
		}, minutes * 60_000);
	if (minutes !== undefined) process.once('SIGINT', end).once('SIGTERM', end);
	else process.once('SIGTERM', () => stryker.kill());
	const [status] = await once(stryker, 'exit');
	clearTimeout(timer);
	if (late) return undefined;
	if (status !== 0) throw new Error(`Stryker ended with ${status}`);
	return readReports([`${OUT}/report.json`]);
}

async function changedSince(commit) {
	const ranges = changedLines(commit);
	if (ranges.length === 0) {
		console.log(`No line of nodes/ or credentials/ has changed since ${commit}.`);
		return judgePage();
	}
	console.log(`Changed since ${commit}: ${ranges.join(' ')}`);
	fs.rmSync(path.join(ROOT, OUT, 'report.json'), { force: true });
	const deadline = Date.now() + ENOUGH_MINUTES * 60_000;
	const mutants = await run(['--mutate', ranges.join(','), '--force'], {
		environment: { MUTATION_DEADLINE: String(deadline), MUTATION_CONCURRENCY: process.env.MUTATION_CONCURRENCY ?? '2' },
		minutes: LAST_MINUTES,
	});
	if (mutants) return judge(mutants);
	console.log(`Not finished within ${LAST_MINUTES} minutes on this machine, so nothing is judged.`);
	close(0, 0);
}

/** Without changes there is only the published table to look at. */
function judgePage() {
	if (!measuredAt()) {
		console.log(`Nothing was published in ${PAGE} yet either, so there is nothing to check.`);
		return close(0, 0);
	}
	console.log(`Checking the table of ${PAGE} instead.`);
	const problems = checkPage();
	for (const problem of problems) console.log(`- ${problem}`);
	close(problems.length === 0 ? 1 : 0, problems.length);
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

/** A pattern that fits nothing must not pass for code without survivors. */
function found(mutants) {
	if (mutants.length === 0) throw new Error('Nothing to change was found: several patterns need commas between them');
	return mutants;
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

main(process.argv.slice(2)).catch((error) => {
	console.error(error.message);
	close(0, 1);
});
