/**
 * The process that is watched, started by run.js with `--expose-gc`. It ends by itself, without being told to: that is how
 * one sees that nothing was left open.
 */
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { openDay } from './day';
import { moduleState } from './moduleState';
import { SIZES } from './sizes';

const ROOT = path.resolve(__dirname, '../..');
const NODES = path.join(ROOT, 'nodes');

function loadPack() {
	return {
		...require('../../nodes/JSms/JSms.node'),
		...require('../../nodes/JSms/JSmsTrigger.node'),
		...require('../../nodes/JSms/JSmsReceiptTrigger.node'),
		...require('../../credentials/JSmsApi.credentials'),
	};
}

async function main(sizeName, baseUrl) {
	const size = SIZES[sizeName];
	const openBefore = openHandles();
	const day = await openDay(loadPack(), baseUrl);
	const looks = [];
	for (let number = 0; number < size.executions; number++) {
		await day.execute(number, size.sends);
		if ((number + 1) % size.pollEvery === 0) {
			await day.poll();
			await day.call(number / size.pollEvery, size.callbacks);
			day.forget();
		}
		if ((number + 1) % (size.executions / 10) === 0) {
			looks.push(await look());
			process.send({ progress: { tenths: looks.length, ...day.counts, heapMb: looks.at(-1).heapMb } });
		}
	}
	await day.close();
	const [first] = looks;
	const last = looks.at(-1);
	await wait(6_000);
	process.send({ result: { counts: day.counts, first, last, openBefore, openAfter: openHandles() } });
	process.disconnect();
}

async function look() {
	// Background look-ups of the last run come to their end.
	await wait(500);
	const state = Object.fromEntries(await moduleState(NODES));
	for (let round = 0; round < 4; round++) {
		globalThis.gc();
		await wait(50);
	}
	return { heapMb: process.memoryUsage().heapUsed / 2 ** 20, state };
}

/** What would keep this process alive, by kind, apart from the line to its parent. */
function openHandles() {
	return process
		.getActiveResourcesInfo()
		.filter((kind) => !/^(Pipe|TTY|FS)/.test(kind))
		.sort();
}

main(process.argv[2], process.argv[3]).catch((error) => {
	process.send({ error: error.stack });
	process.exitCode = 1;
	process.disconnect();
});
