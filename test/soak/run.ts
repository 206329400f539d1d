/**
 * `npm run test:soak [-- --small]`: a busy day of one n8n process, compressed: 100,000 single sends in 2,000 executions,
 * polls and callbacks in between. Then its memory, the variables of the package's modules and what it has left open.
 */
import { fork } from 'node:child_process';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { prepare } from '../../scripts/prepare';
import { TSX } from '../../scripts/tsx';
import type { Message, Result } from './process';
import { SIZES, type Size, type SizeName } from './sizes';
import { ROOT } from '../support/root';
import { runChecks } from '../support/runChecks';

/** After its last word the process must have ended within this time. */
const END_MS = 15_000;

async function main() {
	const { values } = parseArgs({ options: { small: { type: 'boolean' } } });
	const name = values.small ? 'small' : 'big';
	await prepare(ROOT);
	// Only now: on a bare clone the packages it needs were not there before.
	const { startSandbox } = require('../../sandbox') as typeof import('../../sandbox');
	const sandbox = await startSandbox({
		settings: {
			quota: 'unlimited',
			frequencyRules: 'off',
			magicEndings: false,
			recordRequests: false,
			recordBodies: false,
			pullIntervalSeconds: 0,
			reportDelayMs: 0,
		},
	});
	try {
		const watched = await watch(name, sandbox.baseUrl);
		const checks = judge(SIZES[name], watched, sandbox.ledger.length);
		for (const { title, passed, seen } of checks) console.log(`  ${passed ? 'yes' : 'NO '}  ${title}: ${seen}`);
		return checks;
	} finally {
		await sandbox.close();
	}
}

type Watched = Result & { end: NodeJS.Signals | number | null };

/** Runs the process to its end. */
function watch(size: SizeName, baseUrl: string): Promise<Watched> {
	const child = fork(path.join(__dirname, 'process.ts'), [size, baseUrl], { execArgv: [...TSX, '--expose-gc'] });
	const endWithUs = () => child.kill();
	process.once('exit', endWithUs);
	return new Promise((resolve, reject) => {
		let result: Result | undefined;
		child.on('message', (message: Message) => {
			if (message.error) reject(new Error(message.error));
			if (message.progress) {
				const { tenths, sent, polled, started, heapMb } = message.progress;
				console.log(
					`  ${tenths * 10} %: ${sent} sent, ${polled} reports polled, ${started} executions by callback, heap ${heapMb.toFixed(1)} MB`,
				);
			}
			if (message.result) {
				result = message.result;
				setTimeout(() => child.kill('SIGKILL'), END_MS).unref();
			}
		});
		child.once('exit', (code, signal) => {
			process.off('exit', endWithUs);
			if (result) resolve({ ...result, end: signal ?? code });
			else reject(new Error(`The process ended in mid-run (${signal ?? code}).`));
		});
	});
}

function judge(size: Size, { counts, first, last, openBefore, openAfter, end }: Watched, accepted: number) {
	const sends = size.executions * size.sends;
	const rounds = size.executions / size.pollEvery;
	const growth = last.heapMb / first.heapMb - 1;
	const grown = Object.entries(last.state).filter(([name, count]) => count > boundOf(name, first.state[name] ?? 0));
	return [
		check(
			'everything was sent, once',
			counts.sent === sends && accepted === sends,
			`${counts.sent}, ledger ${accepted}`,
		),
		check(
			'every callback started one execution, and no repeat did',
			counts.started === rounds * size.callbacks,
			counts.started,
		),
		check('reports were polled', counts.polled > 0, `${counts.polled} in ${counts.polls} polls`),
		check(
			'memory within 10 % of what it was after the first tenth',
			growth <= 0.1,
			`${first.heapMb.toFixed(1)} MB, then ${last.heapMb.toFixed(1)} MB (${(growth * 100).toFixed(1)} %)`,
		),
		check('the variables of the modules were seen', Object.keys(last.state).length > 5, Object.keys(last.state).length),
		check(
			'no variable of a module has grown',
			grown.length === 0,
			grown.map(([name, count]) => `${name} ${first.state[name] ?? 0} to ${count}`).join(', ') || 'none',
		),
		check('as many handles open as before', `${openAfter}` === `${openBefore}`, openAfter.join(', ') || 'none'),
		check('the process ended by itself', end === 0, end),
	];
}

/** Callbacks are remembered up to a number of their own; everything else stays as it was, a few entries aside. */
function boundOf(name: string, before: number) {
	return /seen/i.test(name) ? 10_000 : before + 3;
}

function check(title: string, passed: boolean, seen: unknown) {
	return { title, passed, seen: String(seen) };
}

runChecks('soak', main);
