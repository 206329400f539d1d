import type { describeMachine } from './machine';
import type { SandboxProcess } from './sandbox-process';

/** What every part of the benchmark is given. */
export interface Bench {
	/** Small lists, to see that the benchmark works */
	quick: boolean;
	sandbox: SandboxProcess;
	machine: Machine;
	print: (line: string) => void;
	/** Calls it when the benchmark ends */
	onEnd: (stop: () => unknown) => void;
}

/** `server` is added when n8n has started. */
export type Machine = ReturnType<typeof describeMachine> & { server?: string };

/** @throws where the sandbox accepted more or fewer messages since its last reset */
export async function assertAccepted(sandbox: SandboxProcess, variant: string, n: number) {
	const accepted = await sandbox.accepted();
	if (accepted !== n) throw new Error(`${variant}: the sandbox accepted ${accepted} of ${n} messages`);
}
