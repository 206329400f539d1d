/**
 * The process that is watched, started by run.ts with `--expose-gc`. It ends by itself, without being told to: that is how
 * one sees that nothing was left open.
 */
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { openDay } from './day';
import { moduleState } from './moduleState';
import { SIZES, type SizeName } from './sizes';
import { ROOT } from '../support/root';

const NODES = path.join(ROOT, 'nodes');

/** How much memory is used, and how many entries the variables of the modules hold. */
interface Look {
	heapMb: number;
	state: Record<string, number>;
}

type Counts = Awaited<ReturnType<typeof openDay>>['counts'];

export interface Result {
	counts: Counts;
	first: Look;
	last: Look;
	openBefore: string[];
	openAfter: string[];
}

/** What this process tells its parent. */
export interface Message {
	progress?: Counts & { tenths: number; heapMb: number };
	result?: Result;
	error?: string;
}

function loadPackage() {
	return {
		...(require('../../nodes/JSms/JSms.node') as typeof import('../../nodes/JSms/JSms.node')),
		...(require('../../nodes/JSms/JSmsTrigger.node') as typeof import('../../nodes/JSms/JSmsTrigger.node')),
		...(require('../../nodes/JSms/JSmsReceiptTrigger.node') as typeof import('../../nodes/JSms/JSmsReceiptTrigger.node')),
		...(require('../../credentials/JSmsApi.credentials') as typeof import('../../credentials/JSmsApi.credentials')),
	};
}

const tell = (message: Message) => process.send?.(message);

async function main(sizeName: SizeName, baseUrl: string) {
	const size = SIZES[sizeName];
	// By then what loads TypeScript has looked for a parent of its own.
	await wait(500);
	const openBefore = openHandles();
	const day = await openDay(loadPackage(), baseUrl);
	const looks: Look[] = [];
	for (let number = 0; number < size.executions; number++) {
		await day.execute(number, size.sends);
		if ((number + 1) % size.pollEvery === 0) {
			await day.poll();
			await day.call(number / size.pollEvery, size.callbacks);
			day.forget();
		}
		if ((number + 1) % (size.executions / 10) === 0) {
			const seen = await look();
			looks.push(seen);
			tell({ progress: { tenths: looks.length, ...day.counts, heapMb: seen.heapMb } });
		}
	}
	await day.close();
	const first = looks[0];
	const last = looks[looks.length - 1];
	await wait(6_000);
	tell({ result: { counts: day.counts, first, last, openBefore, openAfter: openHandles() } });
	process.disconnect?.();
}

async function look(): Promise<Look> {
	// Background look-ups of the last run come to their end.
	await wait(500);
	const state = Object.fromEntries(await moduleState(NODES));
	for (let round = 0; round < 4; round++) {
		globalThis.gc?.();
		await wait(50);
	}
	return { heapMb: process.memoryUsage().heapUsed / 2 ** 20, state };
}

/** What would keep this process alive, by kind, apart from the line to its parent. */
function openHandles(): string[] {
	return process
		.getActiveResourcesInfo()
		.filter((kind) => !/^(Pipe|TTY|FS)/.test(kind))
		.sort();
}

main(process.argv[2] as SizeName, process.argv[3]).catch((error: Error) => {
	tell({ error: error.stack ?? error.message });
	process.exitCode = 1;
	process.disconnect?.();
});
