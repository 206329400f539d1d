'use strict';

const { execFileSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');
const ts = require('typescript');
const { EQUIVALENT } = require('./equivalent');
const { folderOf, summarize, totalOf } = require('./report');

const ROOT = path.resolve(__dirname, '../..');
const PAGE = 'docs/mutation.md';
const [BEGIN, END] = ['<!-- measured: begin -->', '<!-- measured: end -->'];

/** Least score by folder, in percent; what is not named here counts only in the sum. */
const AIMS = {
	'nodes/JSms/api': 95,
	'nodes/JSms/batch': 95,
	'nodes/JSms/memory': 95,
	'nodes/JSms/execute': 95,
	total: 90,
};

const COLUMNS = ['folder', 'mutants', 'killed', 'timeout', 'survived', 'equivalent', 'score'];
const MISSING = 'Not measured yet in these folders: ';
const percent = (score) => `${(Math.floor(score * 1000) / 10).toFixed(1)} %`;
const read = () => fs.readFileSync(path.join(ROOT, PAGE), 'utf8');

/** The commit that the page says it was measured at; undefined where it names none. */
function measuredAt() {
	return /^Measured .* at commit `([0-9a-f]+)`/m.exec(read())?.[1];
}

/**
 * Writes the measured part of the page. What it says of folders that were not measured now stays.
 *
 * @param {string} commit of the code
 * @param {Map<string, Set<string>>} tests that ran: their folders by folder of the code
 * @throws where a folder that was not measured has changed since the page was written
 */
function writePage(mutants, commit, tests) {
	const page = read();
	const measured = new Set(mutants.map(({ file }) => file));
	const kept = keptOf(page, new Set([...measured].map(folderOf)));
	const rows = [...kept.rows, ...summarize(mutants)].sort((one, other) => one.folder.localeCompare(other.folder));
	const lines = [
		`Measured ${new Date().toISOString().slice(0, 10)}, code as at commit \`${commit}\`. Folders that are not in the table are not measured yet.`,
		'',
		...testsIn(new Map([...kept.tests, ...namesOf(tests)])),
		`| ${COLUMNS.join(' | ')} |`,
		`| --- |${' ---: |'.repeat(COLUMNS.length - 1)}`,
		...rows.map(rowOf),
		rowOf({ folder: 'total', ...totalOf(rows) }),
		'',
		...missingIn([...kept.missing, ...missingBeside(measured)]),
		...equivalentsIn((file) => measured.has(file) || kept.folders.has(folderOf(file))),
	];
	const [head, tail] = [page.slice(0, page.indexOf(BEGIN) + BEGIN.length), page.slice(page.indexOf(END))];
	fs.writeFileSync(path.join(ROOT, PAGE), `${head}\n\n${lines.join('\n')}\n\n${tail}`);
}

/**
 * What the page says of folders other than these.
 *
 * @param {Set<string>} measured folders of the code
 */
function keptOf(page, measured) {
	const rows = readRows(page)
		.filter(({ folder }) => folder !== 'total' && !measured.has(folder))
		.map((row) => ({ ...row, ...totalOf([row]) }));
	const folders = new Set(rows.map(({ folder }) => folder));
	const changed = folders.size > 0 ? changedFolders(measuredAt()) : new Set();
	const stale = [...folders].filter((folder) => changed.has(folder));
	if (stale.length > 0) throw new Error(`${stale.join(', ')}: changed since ${PAGE} was written, so measure that, too`);
	const lines = page.matchAll(/^- `([^`]+)`: (all|`test\/.*)$/gm);
	const tests = new Map(Array.from(lines, ([, folder, names]) => [folder, names]));
	const [, missing = ''] = new RegExp(`^${MISSING}(.*)\\.$`, 'm').exec(page) ?? [];
	return {
		rows,
		folders,
		tests: Array.from(folders, (folder) => [folder, tests.get(folder) ?? 'all']),
		missing: [...missing.matchAll(/`` (\S+) ``|`([^`\s]+)`/g)]
			.map(([, one, other]) => one ?? other)
			.filter((file) => folders.has(folderOf(file))),
	};
}

/** Folders of the code that are not as they were at a commit. */
function changedFolders(commit) {
	const names = execFileSync('git', ['diff', '--name-only', commit, '--', 'nodes', 'credentials'], {
		cwd: ROOT,
		encoding: 'utf8',
	});
	return new Set(
		names
			.split('\n')
			.filter((name) => name.endsWith('.ts'))
			.map(folderOf),
	);
}

/** Which tests ran, in words, by folder of the code. */
function namesOf(tests) {
	return new Map(
		[...tests].map(([folder, names]) => [
			folder,
			['test/unit', 'test/workflow', 'test/safety'].every((name) => names.has(name))
				? 'all'
				: [...names]
						.sort()
						.map((name) => `\`${name}\``)
						.join(', '),
		]),
	);
}

/** Says which tests ran, folder by folder where they were not all of them. */
function testsIn(names) {
	const folders = [...names].sort(([one], [other]) => one.localeCompare(other));
	if (folders.every(([, tests]) => tests === 'all')) return ['All tests ran.', ''];
	return [
		'Not all tests ran: each folder was measured with those of its own part, all or some of those that lie right in the folders named here.',
		'Further tests could only notice more.',
		'',
		...folders.map(([folder, tests]) => `- \`${folder}\`: ${tests}`),
		'',
	];
}

function rowOf({ folder, killed, timeout, survived, equivalent, score }) {
	const mutants = killed + timeout + survived + equivalent;
	const name = folder === 'total' ? '**total**' : `\`${folder}\``;
	return `| ${[name, mutants, killed, timeout, survived, equivalent, percent(score)].join(' | ')} |`;
}

/** Files that lie beside those that were measured and were not; those that hold nothing but types have nothing to measure. */
function missingBeside(files) {
	const folders = new Set([...files].map((file) => path.posix.dirname(file)));
	return [...folders]
		.flatMap((folder) => fs.readdirSync(path.join(ROOT, folder)).map((name) => `${folder}/${name}`))
		.filter((file) => file.endsWith('.ts') && !files.has(file) && !holdsOnlyTypes(file));
}

function missingIn(files) {
	return files.length === 0 ? [] : [`${MISSING}${files.sort().map(code).join(', ')}.`, ''];
}

function holdsOnlyTypes(file) {
	const { outputText } = ts.transpileModule(fs.readFileSync(path.join(ROOT, file), 'utf8'), {
		compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022, removeComments: true },
	});
	return /^\s*(export \{\};?)?\s*$/.test(outputText);
}

/** The list of equivalent mutants in some files, by file and line of code. */
function equivalentsIn(isMeasured) {
	return EQUIVALENT.filter(({ file }) => isMeasured(file)).map(
		({ file, text, becomes, reason }) =>
			`- \`${path.posix.basename(file)}\`: ${code(text)}${becomes === undefined ? '' : ` → ${code(becomes === '' ? '(nothing)' : becomes)}`}. ${reason}`,
	);
}

const code = (text) => `\`\` ${text} \`\``;

/** What is wrong with the page: sums, scores, aims, and equivalents whose line of code is gone. */
function checkPage() {
	const rows = readRows(read());
	const total = rows.pop();
	const problems = [];
	if (rows.length === 0 || total?.folder !== 'total') return [`${PAGE} has no table that ends with a total`];
	const sums = totalOf(rows);
	for (const key of ['killed', 'timeout', 'survived', 'equivalent']) {
		if (sums[key] !== total[key]) problems.push(`The total of '${key}' is not the sum of its column`);
	}
	for (const row of [...rows, total]) {
		const { folder, mutants, killed, timeout, survived, equivalent, score } = row;
		if (mutants !== killed + timeout + survived + equivalent) problems.push(`${folder}: the numbers do not add up`);
		if (score !== percent((killed + timeout) / (killed + timeout + survived || 1)))
			problems.push(`${folder}: wrong score`);
		if (parseFloat(score) < (AIMS[folder] ?? 0)) problems.push(`${folder}: below ${AIMS[folder]} %`);
	}
	for (const { file, text } of EQUIVALENT) {
		const lines = fs.existsSync(path.join(ROOT, file))
			? fs.readFileSync(path.join(ROOT, file), 'utf8').split('\n')
			: [];
		if (!lines.some((line) => line.trim() === text)) problems.push(`${file} no longer has the line: ${text}`);
	}
	return problems;
}

function readRows(page) {
	const measured = page.slice(page.indexOf(BEGIN), page.indexOf(END));
	return measured
		.split('\n')
		.filter((line) => /^\| (`|\*\*total)/.test(line))
		.map((line) => {
			const [folder, mutants, killed, timeout, survived, equivalent, score] = line
				.split('|')
				.slice(1, -1)
				.map((cell) => cell.trim().replace(/^[`*]+|[`*]+$/g, ''));
			const numbers = Object.entries({ mutants, killed, timeout, survived, equivalent });
			return { folder, score, ...Object.fromEntries(numbers.map(([key, text]) => [key, Number(text)])) };
		});
}

module.exports = { PAGE, checkPage, measuredAt, writePage };
