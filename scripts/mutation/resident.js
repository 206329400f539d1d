'use strict';

/**
 * Runs the project's jest tests again and again in one process: jest's own test functions and matchers, but without jest's
 * new world per test file. The pack's files and the tests are loaded afresh for every file of every run; n8n's engine,
 * which takes seconds to load, the local JSMS and everything in node_modules stay.
 */
const { createHash } = require('node:crypto');
const fs = require('node:fs');
const Module = require('node:module');
const path = require('node:path');
const ts = require('typescript');

const ROOT = process.cwd();
/** Loaded once: the engine knows its classes by identity, and the local JSMS holds nothing outside its instances. */
const STAYS = [
	path.join(ROOT, 'test/support/n8n.ts'),
	path.join(ROOT, 'test/support/dedupe.ts'),
	path.join(ROOT, 'sandbox') + path.sep,
];
const PROPERTY_RUNS = 60;
/** Properties whose single case runs n8n's engine many times. */
const ENGINE_RUNS = 10;
const TEST_TIMEOUT_MS = 30_000;

// jest brings these packages; resolving them from there yields the copies that fit each other.
const jestRequire = Module.createRequire(require.resolve('jest-cli', { paths: [require.resolve('jest')] }));
const circusFolder = path.dirname(jestRequire.resolve('jest-circus'));
const circus = require(circusFolder);
const circusState = require(path.join(circusFolder, 'state.js'));
const { jestExpect } = Module.createRequire(circusFolder)('@jest/expect');
const { ModuleMocker } = Module.createRequire(circusFolder)('jest-mock');
const environment = Module.createRequire(jestRequire.resolve('jest-config')).resolve('jest-environment-node');
const { ModernFakeTimers } = Module.createRequire(environment)('@jest/fake-timers');

const mocker = new ModuleMocker(globalThis);
const timers = new ModernFakeTimers({ global: globalThis, config: { fakeTimers: {} } });
let bailing = false;
let onTestEvent = () => undefined;

function prepareGlobals() {
	Object.assign(globalThis, circus.default, { expect: jestExpect });
	circusState.addEventHandler((event) => handle(event));
	calmFastCheck();
	Object.assign(process.env, { JSMS_SEED: '1', NODE_ENV: 'test' });
	teachTypeScript();
	// What a test leaves behind may still break; that must not end the process.
	process.on('uncaughtException', (error) => circus.getState().currentlyRunningTest?.errors.push([error, error]));
	process.on('unhandledRejection', () => undefined);
}

/** The same few cases each time: a mutant must not live or die by chance. */
function calmFastCheck() {
	const fastCheck = require('fast-check');
	const assert = (property, settings = {}) =>
		fastCheck.assert(property, { ...settings, seed: 1, numRuns: Math.min(settings.numRuns ?? 100, runs()) });
	const runs = () => (jestExpect.getState().testPath.includes('engine') ? ENGINE_RUNS : PROPERTY_RUNS);
	const calm = { ...fastCheck.default, assert };
	require.cache[require.resolve('fast-check')].exports = { ...calm, __esModule: true, default: calm };
}

function handle(event) {
	onTestEvent(event);
	if (event.name === 'test_start') jestExpect.setState({ currentTestName: event.test.name });
	if (event.name !== 'test_done') return;
	const missed = jestExpect.extractExpectedAssertionsErrors().map(({ error }) => error);
	const { suppressedErrors } = jestExpect.getState();
	jestExpect.setState({ suppressedErrors: [] });
	event.test.errors.push(...missed, ...suppressedErrors);
	if (bailing && event.test.errors.length > 0) for (const test of testsIn(rootBlock())) test.mode = 'skip';
}

/** Types are stripped, not checked, and the result is kept for other processes. */
function teachTypeScript() {
	const cache = path.join(ROOT, 'artifacts/compiled');
	fs.mkdirSync(cache, { recursive: true });
	const compiled = new Map();
	require.extensions['.ts'] = (module, file) => {
		if (!compiled.has(file)) compiled.set(file, compile(file, cache));
		module._compile(compiled.get(file), file);
	};
	// Beside each node lies its codex, <name>.node.json: for `import './JSms.node'` the source must come first.
	const { '.ts': typescript, ...others } = require.extensions;
	for (const name of Object.keys(others)) delete require.extensions[name];
	Object.assign(require.extensions, { '.ts': typescript, ...others });
}

function compile(file, cache) {
	const source = fs.readFileSync(file, 'utf8');
	const cached = path.join(cache, createHash('sha256').update(file).update(source).digest('hex'));
	if (fs.existsSync(cached)) return fs.readFileSync(cached, 'utf8');
	const { outputText } = ts.transpileModule(source, {
		fileName: file,
		compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022, esModuleInterop: true },
	});
	const code = mocksFirst(outputText);
	fs.writeFileSync(`${cached}.${process.pid}`, code);
	fs.renameSync(`${cached}.${process.pid}`, cached);
	return code;
}

/** `jest.mock` has to come before the imports. */
function mocksFirst(code) {
	const mocks = code.match(/^jest\.mock\(.*\);$/gm) ?? [];
	return [...mocks, mocks.reduce((text, mock) => text.replace(mock, ''), code)].join('\n');
}

/** The `jest` object of one test file: as much of it as the tests use. */
function jestFor(file) {
	const fileRequire = Module.createRequire(file);
	const jest = {
		fn: (...args) => mocker.fn(...args),
		spyOn: (...args) => mocker.spyOn(...args),
		restoreAllMocks: () => mocker.restoreAllMocks(),
		useFakeTimers: (how) => timers.useFakeTimers(how),
		useRealTimers: () => timers.useRealTimers(),
		setSystemTime: (now) => timers.setSystemTime(now),
		runAllTimersAsync: async () => await timers.runAllTimersAsync(),
		getTimerCount: () => timers.getTimerCount(),
		advanceTimersByTimeAsync: async (ms) => await timers.advanceTimersByTimeAsync(ms),
		requireActual: (name) => fileRequire(name),
		isolateModules: (work) => {
			const kept = ownModules().map((name) => [name, require.cache[name]]);
			forgetOwnModules();
			work();
			forgetOwnModules();
			for (const [name, module] of kept) require.cache[name] = module;
		},
		mock: (name, factory) => {
			const target = fileRequire.resolve(name);
			const module = new Module(target);
			Object.assign(module, { filename: target, loaded: true, exports: factory() });
			require.cache[target] = module;
		},
	};
	return jest;
}

const ownModules = () =>
	Object.keys(require.cache).filter(
		(file) =>
			file.startsWith(ROOT + path.sep) &&
			!file.includes('/node_modules/') &&
			file !== __filename &&
			!STAYS.some((stays) => file.startsWith(stays)),
	);

function forgetOwnModules() {
	for (const file of ownModules()) delete require.cache[file];
}

const rootBlock = () => circus.getState().rootDescribeBlock;

function testsIn(block) {
	return block.children.flatMap((child) => (child.type === 'test' ? [child] : testsIn(child)));
}

function nameOf(test) {
	const titles = [];
	for (let one = test; one.parent; one = one.parent) titles.unshift(one.name);
	return titles.join(' ');
}

/** Gives every test of the file an id that stays the same: file, titles and, where titles repeat, a number. */
function identify(file) {
	const seen = new Map();
	const byId = new Map();
	for (const test of testsIn(rootBlock())) {
		const name = `${file}: ${nameOf(test)}`;
		const count = (seen.get(name) ?? 0) + 1;
		seen.set(name, count);
		byId.set(count === 1 ? name : `${name} #${count}`, test);
	}
	return byId;
}

/**
 * Loads a test file and runs tests of it.
 *
 * @param {string} file from the root
 * @param {{ only?: Set<string>, bail?: boolean, onLoad?: () => void, onEvent?: (event: any, idOf: (test: any) => string) => void }} [how]
 *   `only` ids of tests to run; `bail` ends at the first failure
 * @returns {Promise<Array<{ id: string, status: 'passed' | 'failed' | 'skipped', ms: number, error?: string, timedOut?: boolean }>>}
 */
async function runFile(file, { only, bail = false, onEvent = () => undefined } = {}) {
	forgetOwnModules();
	circus.resetState();
	circus.getState().testTimeout = TEST_TIMEOUT_MS;
	const absolute = path.join(ROOT, file);
	jestExpect.setState({ testPath: absolute, assertionCalls: 0, suppressedErrors: [] });
	globalThis.jest = jestFor(absolute);
	makeNetworkUsual();
	bailing = bail;
	onTestEvent = () => undefined;
	try {
		require(absolute);
	} catch (error) {
		return [{ id: `${file}: (loading)`, status: 'failed', ms: 0, error: describe(error), loading: true }];
	}
	const byId = identify(file);
	const ids = new Map([...byId].map(([id, test]) => [test, id]));
	if (only) for (const [id, test] of byId) if (!only.has(id)) test.mode = 'skip';
	onTestEvent = (event) => onEvent(event, (test) => ids.get(test));
	try {
		await circus.run();
	} finally {
		onTestEvent = () => undefined;
		mocker.restoreAllMocks();
		timers.useRealTimers();
		makeNetworkUsual();
	}
	return [...byId].map(([id, test]) => {
		if (test.status !== 'done') return { id, status: 'skipped', ms: 0 };
		const [first] = test.errors;
		const error = first === undefined ? undefined : describe(Array.isArray(first) ? (first[0] ?? first[1]) : first);
		return {
			id,
			status: error === undefined ? 'passed' : 'failed',
			ms: test.duration ?? 0,
			error,
			timedOut: error?.includes('Exceeded timeout of') ?? false,
		};
	});
}

function describe(error) {
	return error instanceof Error ? `${error.message}\n${error.stack ?? ''}` : String(error);
}

/** nock stays loaded, so what one file has set up must not meet the next one. */
function makeNetworkUsual() {
	const nock = require.cache[require.resolve('nock')]?.exports;
	if (!nock) return;
	nock.cleanAll();
	nock.abortPendingRequests();
	nock.enableNetConnect();
	if (!nock.isActive()) nock.activate();
}

prepareGlobals();

module.exports = { runFile };
