/**
 * n8n's engine in a process of its own: what is measured has its own heap and its own CPU time.
 *
 * From another file: `startEngine()`. As a program it is the process itself.
 */

import { fork } from 'node:child_process';
import { TSX } from '../../scripts/tsx';
import type { Job as WorkflowJob, Measured, Variant } from './workflow';

/** `poll` is one poll of the trigger, the others are workflows. */
export type Job = Omit<WorkflowJob, 'variant'> & { variant: Variant | 'poll' };

type Result = Measured & { maxRssMb: number };
type Reply = { error?: string; measured: Result };

export interface Engine {
	run: (job: Job) => Promise<Result>;
	/** Ends it; answers what it printed */
	stop: () => Promise<string>;
}

/** @param options flags for Node.js */
export function startEngine({ execArgv = [] }: { execArgv?: string[] } = {}): Engine {
	const child = fork(__filename, {
		stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
		execArgv: [...TSX, ...execArgv],
		env: { ...process.env, NO_COLOR: '1' },
	});
	const printed: Buffer[] = [];
	child.stdout?.on('data', (chunk) => printed.push(chunk));
	const ended = Promise.all([
		new Promise((resolve) => child.once('exit', resolve)),
		new Promise((resolve) => child.stdout?.once('close', resolve)),
	]);
	return {
		run: (job) =>
			new Promise((resolve, reject) => {
				const died = (code: number | null, signal: string | null) =>
					reject(new Error(`The engine ended in mid-run (${signal ?? code})`));
				child.once('exit', died);
				child.once('message', (reply) => {
					const { error, measured } = reply as Reply;
					child.off('exit', died);
					if (error) reject(new Error(error));
					else resolve(measured);
				});
				child.send(job);
			}),
		stop: async () => {
			if (child.connected) child.disconnect();
			await ended;
			return Buffer.concat(printed).toString();
		},
	};
}

function serve() {
	const { measurePoll } = require('./poll') as typeof import('./poll');
	const { loadPackage, measure } = require('./workflow') as typeof import('./workflow');
	const loaded = loadPackage();
	const reply = async ({ variant, n, baseUrl }: Job) => {
		try {
			const measured = await (variant === 'poll'
				? measurePoll({ n, baseUrl })
				: measure(loaded, { variant, n, baseUrl }));
			process.send?.({ measured: { ...measured, maxRssMb: process.resourceUsage().maxRSS / 1024 } });
		} catch (error) {
			process.send?.({ error: (error as Error).stack });
		}
	};
	process.on('message', (job: Job) => void reply(job));
	process.on('disconnect', () => process.exit(0));
}

if (require.main === module) serve();
