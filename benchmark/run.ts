/**
 * Measures what sending costs, and writes the table. `npm run bench -- --help` says how.
 */

import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { prepare } from '../scripts/prepare';
import { describeMachine } from './machine';
import { type Section, replaceParts, toMarkdown } from './report';
import { startSandboxProcess } from './sandbox-process';
import type { Bench, Machine } from './bench';

const ROOT = path.resolve(__dirname, '..');
const RESULTS = path.join(__dirname, 'results');

/** In the order of the report. Each is loaded when its turn comes: the quick run needs no n8n server. */
const SCENARIOS: Record<string, (bench: Bench) => Promise<Section | Section[]>> = {
	engine: (bench) => (require('./scenarios/engine') as typeof import('./scenarios/engine')).measureEngine(bench),
	mapping: (bench) => (require('./scenarios/everyday') as typeof import('./scenarios/everyday')).measureMapping(bench),
	server: (bench) => (require('./scenarios/server') as typeof import('./scenarios/server')).measureServer(bench),
	everyday: (bench) =>
		(require('./scenarios/everyday') as typeof import('./scenarios/everyday')).measureEveryday(bench),
	alternatives: (bench) =>
		(require('./scenarios/alternatives') as typeof import('./scenarios/alternatives')).measureAlternatives(bench),
	receipts: (bench) =>
		(require('./scenarios/receipts') as typeof import('./scenarios/receipts')).measureReceipts(bench),
	lazy: (bench) => (require('./scenarios/lazy') as typeof import('./scenarios/lazy')).measureLazy(bench),
	verification: (bench) =>
		(require('./scenarios/verification') as typeof import('./scenarios/verification')).measureVerification(bench),
	profile: (bench) => (require('./scenarios/profile') as typeof import('./scenarios/profile')).measureProfile(bench),
	hard: (bench) => (require('./scenarios/hard') as typeof import('./scenarios/hard')).measureHard(bench),
	memory: (bench) => (require('./scenarios/memory') as typeof import('./scenarios/memory')).measureMemory(bench),
	package: (bench) => (require('./scenarios/package') as typeof import('./scenarios/package')).measurePackage(bench),
	sandbox: (bench) => (require('./scenarios/sandbox') as typeof import('./scenarios/sandbox')).measureSandbox(bench),
};
const NEED_N8N = ['server', 'everyday', 'alternatives', 'receipts', 'lazy', 'verification', 'profile'];

const HELP = `Usage: npm run bench [-- options]

Measures the package in n8n's engine and in a running n8n server, everything on this machine.
Takes about half an hour on an idle machine; n8n is fetched from npm the first time, see npm start.
Writes benchmark/results/latest.md and latest.json; older ones are in the history of the repository.

Options
  --quick         small lists, less than a minute: does the benchmark still work? Writes nothing, needs no n8n
  --only <names>  some parts only, separated by commas: ${Object.keys(SCENARIOS).join(', ')}. Writes nothing
  --publish       with --only: these parts take the place of the older ones in benchmark/results; the others stay
  --help          this text
`;

/** What has to be ended, last started first. */
const started: Array<() => unknown> = [];

async function main() {
	const { values } = parseArgs({
		options: {
			quick: { type: 'boolean' },
			only: { type: 'string' },
			publish: { type: 'boolean' },
			help: { type: 'boolean', short: 'h' },
		},
	});
	if (values.help) return void process.stdout.write(HELP);
	if (values.publish && (values.quick || !values.only)) throw new Error('--publish goes with --only, without --quick.');
	const quick = values.quick === true;
	const names = chosen(values.only, quick);
	await prepare(ROOT);

	const began = Date.now();
	const print = (line: string) =>
		console.log(`${String(Math.round((Date.now() - began) / 1000)).padStart(5)} s  ${line}`);
	const machine: Machine = describeMachine();
	const sandbox = await startSandboxProcess();
	started.push(() => sandbox.stop());
	const bench: Bench = { quick, sandbox, machine, print, onEnd: (stop) => started.push(stop) };
	const sections: Section[] = [];
	for (const part of names)
		for (const section of [await SCENARIOS[part](bench)].flat()) sections.push({ part, ...section });

	const date = new Date().toISOString().slice(0, 10);
	const measured = { date, quick, machine, seconds: (Date.now() - began) / 1000, sections };
	console.log(`\n${toMarkdown(measured)}`);
	if (quick || (values.only && !values.publish)) return;
	const report = values.publish ? replaceParts(readPublished(), measured, Object.keys(SCENARIOS)) : measured;
	fs.mkdirSync(RESULTS, { recursive: true });
	fs.writeFileSync(path.join(RESULTS, 'latest.md'), toMarkdown(report));
	fs.writeFileSync(path.join(RESULTS, 'latest.json'), `${JSON.stringify(report, null, '\t')}\n`);
	print(`written to ${path.relative(ROOT, RESULTS)}`);
}

function readPublished(): Parameters<typeof toMarkdown>[0] {
	return JSON.parse(fs.readFileSync(path.join(RESULTS, 'latest.json'), 'utf8'));
}

function chosen(only: string | undefined, quick: boolean) {
	if (!only) return Object.keys(SCENARIOS).filter((name) => !quick || !NEED_N8N.includes(name));
	const names = only.split(',');
	const unknown = names.filter((name) => !Object.hasOwn(SCENARIOS, name));
	if (unknown.length > 0) {
		throw new Error(`There is no part "${unknown.join('", "')}". Choose from: ${Object.keys(SCENARIOS).join(', ')}.`);
	}
	return names;
}

let ending = false;

/** Ends all that was started, then this process. */
async function end(code: number) {
	if (ending) return;
	ending = true;
	for (const stop of started.reverse()) await Promise.resolve(stop()).catch((error) => console.error(error));
	process.exit(code);
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => void end(1));

main().then(
	() => end(0),
	(error) => {
		console.error(error);
		return end(1);
	},
);
