'use strict';

const fs = require('node:fs');
const path = require('node:path');
const { EQUIVALENT } = require('./equivalent');

/** What Stryker calls the ends of a mutant, in our words. */
const KINDS = {
	Killed: 'killed',
	Timeout: 'timeout',
	Survived: 'survived',
	NoCoverage: 'survived',
	Ignored: 'ignored',
	RuntimeError: 'untested',
	CompileError: 'untested',
	Pending: 'untested',
};

/**
 * The mutants of reports in Stryker's JSON, later reports replacing files of earlier ones.
 *
 * @param {string[]} files
 * @returns {Array<{ file: string, line: number, text: string, was: string, becomes: string, kind: string }>} `text` is the
 *   line of the source, `was` the piece of it that the mutant changes
 */
function readReports(files) {
	const byFile = new Map();
	for (const report of files) {
		for (const [file, { source, mutants }] of Object.entries(JSON.parse(fs.readFileSync(report, 'utf8')).files)) {
			byFile.set(
				file,
				mutants.map((mutant) => describe(file, source, mutant)),
			);
		}
	}
	return [...byFile].sort(([one], [other]) => one.localeCompare(other)).flatMap(([, mutants]) => mutants);
}

function describe(file, source, { location: { start, end }, replacement, status }) {
	const lines = source.split('\n');
	const piece = lines.slice(start.line - 1, end.line);
	piece[piece.length - 1] = piece.at(-1).slice(0, end.column - 1);
	piece[0] = piece[0].slice(start.column - 1);
	return {
		file,
		line: start.line,
		text: lines[start.line - 1].trim(),
		was: oneLine(piece.join('\n')),
		becomes: oneLine(replacement ?? ''),
		kind: KINDS[status],
	};
}

/** `nodes/JSms` stands for the files right in it. */
const folderOf = (file) => path.posix.dirname(file).split('/').slice(0, 3).join('/');

/**
 * Where the tests lie that each folder was measured with, by the same reports as `readReports` takes.
 *
 * @param {string[]} files
 * @returns {Map<string, Set<string>>} folders of tests by folder of the code
 */
function readTests(files) {
	const byFolder = new Map();
	for (const report of files) {
		const { files: sources, testFiles } = JSON.parse(fs.readFileSync(report, 'utf8'));
		for (const folder of Object.keys(sources).map(folderOf)) {
			const tests = byFolder.get(folder) ?? new Set();
			for (const test of Object.keys(testFiles)) tests.add(path.posix.dirname(test));
			byFolder.set(folder, tests);
		}
	}
	return byFolder;
}

const oneLine = (text) => text.replace(/\s+/g, ' ').trim();

/** True for a survivor that behaves like the code it replaces; the list says why. */
function isEquivalent({ file, text, becomes }) {
	return EQUIVALENT.some(
		(one) => one.file === file && one.text === text && (one.becomes === undefined || one.becomes === becomes),
	);
}

/** Counts by folder. */
function summarize(mutants) {
	const folders = new Map();
	for (const mutant of mutants) {
		const folder = folderOf(mutant.file);
		const counts = folders.get(folder) ?? {
			folder,
			killed: 0,
			timeout: 0,
			survived: 0,
			equivalent: 0,
			ignored: 0,
			untested: 0,
		};
		folders.set(folder, counts);
		counts[mutant.kind === 'survived' && isEquivalent(mutant) ? 'equivalent' : mutant.kind] += 1;
	}
	return [...folders.values()].map((counts) => ({ ...counts, ...rates(counts) }));
}

function rates({ killed, timeout, survived }) {
	const detected = killed + timeout;
	return { detected, score: detected + survived === 0 ? 1 : detected / (detected + survived) };
}

/** The sum over folders. */
function totalOf(rows) {
	const sum = (key) => rows.reduce((total, row) => total + row[key], 0);
	const keys = ['killed', 'timeout', 'survived', 'equivalent', 'ignored', 'untested'];
	const counts = Object.fromEntries(keys.map((key) => [key, sum(key)]));
	return { ...counts, ...rates(counts) };
}

module.exports = { folderOf, isEquivalent, readReports, readTests, summarize, totalOf };
