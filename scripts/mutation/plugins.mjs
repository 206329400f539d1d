import { createRequire } from 'node:module';
import fs from 'node:fs';
import path from 'node:path';
import { PluginKind, commonTokens, declareClassPlugin, declareValuePlugin, tokens } from '@stryker-mutator/api/plugin';

const require = createRequire(import.meta.url);

/** What a person reads in the editor: no logic, and no test should repeat it word by word. */
const LABELS = new Set([
	'displayName',
	'description',
	'hint',
	'placeholder',
	'action',
	'name',
	'documentationUrl',
	'subtitle',
	'text',
]);

/** When CI's time for it is over; the mutants that are left count as not tested. */
const DEADLINE = Number(process.env.MUTATION_DEADLINE ?? Infinity);

const keyOf = (property) => property.key?.name ?? property.key?.value;

/**
 * Leaves the table of return codes alone (`ROWS` in model/returnCodes: facts, which test/unit/model/documentedCodes.ts holds a second
 * time and the pages of the docs a third time) and the texts of the editor: in objects that describe a field, an entry of a list, an operation or a node.
 */
const labelIgnorer = {
	shouldIgnore(nodePath) {
		if (nodePath.isVariableDeclarator() && nodePath.node.id.name === 'ROWS') return 'Table of return codes';
		if (!nodePath.isStringLiteral() && !nodePath.isTemplateLiteral()) return undefined;
		let property = nodePath.parentPath;
		// A text put together from pieces.
		while (property?.isBinaryExpression() || property?.isConditionalExpression()) property = property.parentPath;
		if (!property?.isObjectProperty() || !LABELS.has(keyOf(property.node))) return undefined;
		const keys = new Set(property.parentPath.node.properties.map(keyOf));
		const isField = keys.has('displayName');
		const isEntry = keys.has('name') && keys.has('value');
		if (!isField && !isEntry) return undefined;
		// The name of a field is stored in workflows; that of an entry is what the list shows.
		if (keyOf(property.node) === 'name' && isField) return undefined;
		return 'Text of the editor';
	},
};

/** Runs the tests of the pack in this process; see resident.js. A kill counts only if the same test passes without the mutant. */
class ResidentRunner {
	static inject = tokens(commonTokens.logger);

	constructor(log) {
		this.log = log;
		/** By source file: how often a test file has killed a mutant of it; the likeliest comes first. */
		this.kills = new Map();
	}

	capabilities() {
		return { reloadEnvironment: true };
	}

	init() {
		this.runFile = require(path.resolve('scripts/mutation/resident.js')).runFile;
		this.files = testFiles();
		this.world = globalThis.__stryker__ ??= {};
	}

	async dryRun() {
		const { world } = this;
		world.activeMutant = undefined;
		const coverage = (world.mutantCoverage = { static: {}, perTest: {} });
		const tests = [];
		for (const file of this.files) {
			let here = await this.withCoverage(file, coverage);
			// On a busy machine a test may fail by chance; nobody should have to start again for that.
			if (here.some(({ status }) => status === 'failed')) here = await this.withCoverage(file, coverage);
			this.log.info(`${file}: ${here.length} tests`);
			for (const { id, status, ms, error } of here) {
				if (status === 'failed') this.log.error(`${id}: ${error}`);
				const base = { id, name: id, timeSpentMs: ms, fileName: path.resolve(file) };
				tests.push(
					status === 'failed'
						? { ...base, status: 1, failureMessage: error }
						: { ...base, status: status === 'passed' ? 0 : 2 },
				);
			}
		}
		return { status: 'complete', tests, mutantCoverage: coverage };
	}

	/** What hooks run counts for every test below them, what loading runs for every test of a unit test's file. */
	async withCoverage(file, coverage) {
		const { world } = this;
		const hooks = [];
		world.currentTestId = `load ${file}`;
		const results = await this.runFile(file, {
			onEvent: (event, idOf) => {
				if (event.name === 'run_describe_start') {
					hooks.push({ id: `hooks ${file} ${hooks.length} ${Math.random()}`, tests: [] });
					world.currentTestId = hooks.at(-1).id;
				}
				if (event.name === 'test_start') {
					world.currentTestId = idOf(event.test);
					for (const hook of hooks) hook.tests.push(world.currentTestId);
				}
				if (event.name === 'test_done') world.currentTestId = hooks.at(-1).id;
				if (event.name === 'run_describe_finish') {
					move(coverage, hooks.at(-1).id, hooks.pop().tests);
					world.currentTestId = hooks.at(-1)?.id;
				}
			},
		});
		world.currentTestId = undefined;
		move(coverage, `load ${file}`, file.startsWith('test/unit/') ? results.map(({ id }) => id) : []);
		return results;
	}

	async mutantRun(options) {
		const result = await this.tryMutant(options);
		// What is known so far, should the run not come to its end.
		this.log.info(
			`${JSON.stringify([result.status, options.activeMutant.fileName, options.activeMutant.location.start.line + 1, options.activeMutant.replacement, result.killedBy?.[0] ?? result.reason ?? result.errorMessage])}`,
		);
		return result;
	}

	async tryMutant({ activeMutant, testFilter, hitLimit, sandboxFileName }) {
		const { world } = this;
		if (Date.now() > DEADLINE) return { status: 'error', errorMessage: 'Out of time' };
		world.currentTestId = undefined;
		world.mutantCoverage = { static: {}, perTest: {} };
		const source = path.relative(process.cwd(), sandboxFileName);
		let count = 0;
		for (const [file, ids] of this.ordered(source, testFilter)) {
			const failed = await this.failureUnder(activeMutant.id, hitLimit, file, ids);
			count += ids?.size ?? 0;
			if (world.hitLimit !== undefined && world.hitCount > world.hitLimit)
				return { status: 'timeout', reason: 'too many rounds' };
			if (!failed) continue;
			const [again] = await this.failuresWithout(file, failed);
			if (again)
				return { status: 'error', errorMessage: `Fails without the mutant, too: ${failed.id}: ${again.error}` };
			if (failed.timedOut) return { status: 'timeout', reason: failed.id };
			this.remember(source, file);
			return {
				status: 'killed',
				killedBy: [failed.loading ? [...(ids ?? [failed.id])][0] : failed.id],
				failureMessage: failed.error,
				nrOfTests: count,
			};
		}
		return { status: 'survived', nrOfTests: count };
	}

	async failureUnder(mutant, hitLimit, file, only) {
		const { world } = this;
		Object.assign(world, { activeMutant: mutant, hitLimit, hitCount: hitLimit === undefined ? undefined : 0 });
		try {
			const results = await this.runFile(file, { only, bail: true });
			return results.find(({ status }) => status === 'failed');
		} finally {
			world.activeMutant = null;
		}
	}

	async failuresWithout(file, failed) {
		Object.assign(this.world, { activeMutant: null, hitLimit: undefined, hitCount: undefined });
		const results = await this.runFile(file, { only: new Set(failed.loading ? [] : [failed.id]), bail: true });
		return results.filter(({ status }) => status === 'failed');
	}

	/** The files of the tests: those first that kill most, then unit tests of the same name, other unit tests, the rest. */
	ordered(source, testFilter) {
		const byFile = new Map();
		for (const id of testFilter ?? []) {
			const file = id.slice(0, id.indexOf(': '));
			if (!byFile.has(file)) byFile.set(file, new Set());
			byFile.get(file).add(id);
		}
		if (!testFilter) for (const file of this.files) byFile.set(file, undefined);
		const kills = this.kills.get(source) ?? new Map();
		const name = path.basename(source).split('.')[0];
		const rank = (file) => (path.basename(file).split('.')[0] === name ? 0 : file.startsWith('test/unit/') ? 1 : 2);
		return [...byFile].sort(
			([one], [other]) =>
				rank(one) - rank(other) || (kills.get(other) ?? 0) - (kills.get(one) ?? 0) || one.localeCompare(other),
		);
	}

	remember(source, file) {
		const kills = this.kills.get(source) ?? new Map();
		kills.set(file, (kills.get(file) ?? 0) + 1);
		this.kills.set(source, kills);
	}
}

/** Adds the coverage noted under one id to that of tests. */
function move({ static: atLoad, perTest }, from, tests) {
	const counts = perTest[from] ?? {};
	delete perTest[from];
	const targets = tests.length === 0 ? [atLoad] : tests.map((id) => (perTest[id] ??= {}));
	for (const target of targets) {
		for (const [mutant, count] of Object.entries(counts)) target[mutant] = (target[mutant] ?? 0) + count;
	}
}

/** Those that read sources, start processes or take minutes are left out. */
const LEFT_OUT =
	/^test\/unit\/(imports|execute\/parameters\.property)\.test|^test\/safety\/(?!engine|pipeline|regressions)/;

/** Of folders, or single files, of `test`. */
function testFiles() {
	return (process.env.MUTATION_TESTS ?? 'unit,workflow,safety').split(',').flatMap((name) => {
		const place = path.posix.join('test', name);
		if (place.endsWith('.ts')) return [place];
		return fs
			.readdirSync(place, { recursive: true })
			.map((file) => path.posix.join(place, file))
			.filter((file) => file.endsWith('.test.ts') && !LEFT_OUT.test(file))
			.sort();
	});
}

export const strykerPlugins = [
	declareClassPlugin(PluginKind.TestRunner, 'resident', ResidentRunner),
	declareValuePlugin(PluginKind.Ignore, 'labels', labelIgnorer),
];
