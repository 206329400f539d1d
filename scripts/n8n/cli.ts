import { execFile } from 'node:child_process';
import { quietEnvironment } from './environment';
import { freePorts } from './ports';
import type { Installation } from './install';

/**
 * Runs one n8n command to its end, such as `import:workflow` or `execute`. No n8n server has to run.
 * @returns Exit code and all that was printed
 */
export async function runCli({
	installation,
	userFolder,
	args,
	timeoutMs = 120_000,
}: {
	installation: Installation;
	userFolder: string;
	/** e.g. ['execute', '--id=1', '--rawOutput'] */ args: string[];
	timeoutMs?: number;
}): Promise<{ code: number; output: string }> {
	const [port, brokerPort] = await freePorts(2);
	return new Promise((resolve, reject) => {
		execFile(
			installation.node,
			[installation.bin, ...args],
			{
				env: quietEnvironment({ leg: installation.leg, userFolder, port, brokerPort }),
				cwd: userFolder,
				maxBuffer: 64 * 1024 * 1024,
				timeout: timeoutMs,
			},
			(error, stdout, stderr) => {
				// A command that ended by itself has a number as code; anything else is trouble of ours.
				if (error && typeof error.code !== 'number') reject(error);
				else resolve({ code: Number(error?.code ?? 0), output: stdout + stderr });
			},
		);
	});
}
