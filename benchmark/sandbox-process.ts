/**
 * The sandbox in a process of its own, so that it does not share a thread with what is measured.
 *
 * From another file: `startSandboxProcess()`. As a program it is the process itself.
 */

import { fork } from 'node:child_process';
import { startSandbox } from '../sandbox';
import { TSX } from '../scripts/tsx';
import { SANDBOX_SETTINGS } from './workload';

export interface SandboxProcess {
	baseUrl: string;
	/** Forgets all messages and sets the delay of each answer */
	reset: (latencyMs?: number) => Promise<void>;
	/** Messages accepted since the last reset */
	accepted: () => Promise<number>;
	/** Calls since the last reset */
	requests: () => Promise<number>;
	stop: () => Promise<void>;
}

type Question = { ask: 'start' | 'reset' | 'count'; latencyMs?: number };
type Reply = { baseUrl: string; accepted: number; requests: number };

export async function startSandboxProcess(): Promise<SandboxProcess> {
	// WHY the heap: a run with a million recipients leaves a million entries in the ledger.
	const child = fork(__filename, { stdio: 'inherit', execArgv: [...TSX, '--max-old-space-size=6144'] });
	const exited = new Promise((resolve) => child.once('exit', resolve));
	const ask = (message: Question) =>
		new Promise<Reply>((resolve, reject) => {
			const died = () => reject(new Error('The sandbox ended in mid-run'));
			child.once('exit', died);
			child.once('message', (reply) => {
				child.off('exit', died);
				resolve(reply as Reply);
			});
			child.send(message);
		});
	const { baseUrl } = await ask({ ask: 'start' });
	return {
		baseUrl,
		reset: async (latencyMs = 0) => void (await ask({ ask: 'reset', latencyMs })),
		accepted: async () => (await ask({ ask: 'count' })).accepted,
		requests: async () => (await ask({ ask: 'count' })).requests,
		stop: async () => {
			child.disconnect();
			await exited;
		},
	};
}

async function serve() {
	const sandbox = await startSandbox({ settings: SANDBOX_SETTINGS });
	process.on('message', ({ ask, latencyMs = 0 }: Question) => {
		if (ask === 'reset') {
			sandbox.reset();
			sandbox.settings.latencyMs = latencyMs;
		}
		process.send?.({
			baseUrl: sandbox.baseUrl,
			accepted: sandbox.ledger.length,
			requests: sandbox.requests.length,
		});
	});
	process.on('disconnect', () => process.exit(0));
}

if (require.main === module) void serve();
