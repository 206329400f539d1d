'use strict';

const fs = require('node:fs');
const path = require('node:path');
const ts = require('typescript');
const { EQUIVALENT } = require('./equivalent');
const { summarize, totalOf } = require('./report');

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
const percent = (score) => `${(Math.floor(score * 1000) / 10).toFixed(1)} %`;
const read = () => fs.readFileSync(path.join(ROOT, PAGE), 'utf8');

/** The commit that the page says it was measured at; undefined where it names none. */
function measuredAt() {
	return /^Measured .* at commit `([0-9a-f]+)`/m.exec(read())?.[1];
}

/**
 * Writes the measured part of the page.
 *
 * @param {string} commit of the code
 * @param {Map<string, Set<string>>} tests that ran: their folders by folder of the code
 */
function writePage(mutants, commit, tests) {
	const rows = summarize(mutants);
	const lines = [
		`Measured ${new Date().toISOString().slice(0, 10)}, code as at commit \`${commit}\`. Folders that are not in the table are not measured yet.`,
		'',
		...testsIn(tests),
		`| ${COLUMNS.join(' | ')} |`,
		`| --- |${' ---: |'.repeat(COLUMNS.length - 1)}`,
		...rows.map(rowOf),
		rowOf({ folder: 'total', ...totalOf(rows) }),
		'',
		...missingIn(mutants),
		...equivalentsIn(mutants),
	];
	const page = read();
	const [head, tail] = [page.slice(0, page.indexOf(BEGIN) + BEGIN.length), page.slice(page.indexOf(END))];
	fs.writeFileSync(path.join(ROOT, PAGE), `${head}\n\n${lines.join('\n')}\n\n${tail}`);
}

/** Says which tests ran, folder by folder where they were not all of them. */
function testsIn(testsByFolder) {
	const folders = [...testsByFolder].sort(([one], [other]) => one.localeCompare(other));
	const isAll = ([, tests]) => ['test/unit', 'test/workflow', 'test/safety'].every((name) => tests.has(name));
	if (folders.every(isAll)) return ['All tests ran.', ''];
	return [
		'Not all tests ran: each folder was measured with those of its own part, all or some of those that lie right in the folders named here.',
		'Further tests could only notice more.',
		'',
		...folders.map(
			([folder, tests]) =>
				`- \`${folder}\`: ${
					isAll([folder, tests])
						? 'all'
						: [...tests]
								.sort()
								.map((name) => `\`${name}\``)
								.join(', ')
				}`,
		),
		'',
	];
}

function rowOf({ folder, killed, timeout, survived, equivalent, score }) {
	const mutants = killed + timeout + survived + equivalent;
	const name = folder === 'total' ? '**total**' : `\`${folder}\``;
	return `| ${[name, mutants, killed, timeout, survived, equivalent, percent(score)].join(' | ')} |`;
}

/** Says which files of the folders in the table were not measured; those that hold nothing but types have nothing to measure. */
function missingIn(mutants) {
	const files = new Set(mutants.map(({ file }) => file));
	const folders = new Set([...files].map((file) => path.posix.dirname(file)));
	const missing = [...folders]
		.flatMap((folder) => fs.readdirSync(path.join(ROOT, folder)).map((name) => `${folder}/${name}`))
		.filter((file) => file.endsWith('.ts') && !files.has(file) && !holdsOnlyTypes(file));
	return missing.length === 0 ? [] : [`Not measured yet in these folders: ${missing.map(code).join(', ')}.`, ''];
}

function holdsOnlyTypes(file) {
	const { outputText } = ts.transpileModule(fs.readFileSync(path.join(ROOT, file), 'utf8'), {
		compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022, removeComments: true },
	});
	return /^\s*(export \{\};?)?\s*$/.test(outputText);
}

/** The list of equivalent mutants among the files that were measured, by file and line of code. */
function equivalentsIn(mutants) {
	const files = new Set(mutants.map(({ file }) => file));
	return EQUIVALENT.filter(({ file }) => files.has(file)).map(
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
