import fs from 'node:fs';
import { until } from './receipts';
import { formatCount, type Section } from '../report';
import { median, type Run } from '../measure';
import { startServer, type Server } from '../server/instance';
import { PAGE_PATH, verificationWorkflow } from '../server/receipts';
import type { Bench } from '../bench';

/** n8n with default settings, and with its experimental setting; never two at a time. */
const SETTINGS: Array<[name: string, settings: Record<string, string>]> = [
	['default settings', {}],
	['LAZY_ACQUIRE', { N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE: 'true' }],
];

const RUNS = 3;
const AT_ONCE = 4;

/** Clock ticks per second in /proc, the same on every Linux that Node.js runs on. */
const TICKS = 100;

type Time = Pick<Run, 'ms' | 'cpuMs'>;

interface Measured {
	what: string;
	/** Of the setting */
	name: string;
	/** Requests in a run */
	n: number;
	runs: Time[];
}

/**
 * What the page of the verification trigger costs n8n: requests for the page, and requests for a code, which n8n passes on to
 * JSMS.
 */
export async function measureVerification(bench: Bench): Promise<Section> {
	const n = bench.quick ? 20 : 300;
	const measured: Measured[] = [];
	for (const [name, settings] of SETTINGS) {
		const server = await startServer(bench, settings);
		try {
			const url = await publish(server);
			const requests: Record<string, (index: number) => Promise<Response>> = {
				'the page': () => fetch(url),
				'a code, in JSON': (index) => askForCode(url, index),
			};
			for (const [what, request] of Object.entries(requests)) {
				bench.print(`verification, ${name}: ${what}`);
				const runs: Time[] = [];
				for (let run = 0; run < RUNS; run += 1)
					runs.push(await measure(server, n, (index) => request(run * n + index)));
				measured.push({ what, name, n, runs });
			}
		} finally {
			await server.stop();
		}
	}
	return toSection(measured);
}

/** Publishes the page; gives its address. */
export async function publish({ client, credentials }: Server) {
	const saved = await client.createWorkflow(verificationWorkflow(credentials));
	await client.activate(saved, [PAGE_PATH]);
	const url = client.url + PAGE_PATH;
	// n8n registers one method after the other.
	await until(async () => /GET or POST/.test(await (await fetch(url, { method: 'PATCH' })).text()));
	return url;
}

/** @param index of the visitor: each has another number */
export async function askForCode(url: string, index: number) {
	return await fetch(url, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify({ mobile: String(13_800_000_000 + index * 10 + 1) }),
	});
}

/** Requests, so many at a time, each of which has to be answered with 200. */
async function measure({ pid }: Server, n: number, request: (index: number) => Promise<Response>): Promise<Time> {
	const indices = Array.from({ length: n }, (_, index) => index);
	const cpu = cpuMsOf(pid);
	const started = performance.now();
	await Promise.all(
		Array.from({ length: AT_ONCE }, async () => {
			for (let index = indices.pop(); index !== undefined; index = indices.pop()) {
				const response = await request(index);
				const text = await response.text();
				if (response.status !== 200) throw new Error(`n8n answered ${response.status}: ${text.slice(0, 300)}`);
			}
		}),
	);
	return { ms: performance.now() - started, cpuMs: cpuMsOf(pid) - cpu };
}

/** CPU time of a process so far, all its threads, in milliseconds. */
function cpuMsOf(pid: number) {
	const fields = fs.readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
	return ((Number(fields[11]) + Number(fields[12])) * 1000) / TICKS;
}

function toSection(measured: Measured[]): Section {
	return {
		title: 'The verification page (inside a running n8n)',
		text: `${AT_ONCE} requests at a time, in a fresh n8n for each setting (docs/speed.md says what it does); the service answers at once. Medians of ${RUNS} runs; CPU time of n8n's process.`,
		head: ['Request', 'n8n', 'Requests', 'Per second', 'CPU per request'],
		rows: measured.map(({ what, name, n, runs }) => [
			what,
			name,
			formatCount(n),
			(n / (median(runs.map(({ ms }) => ms)) / 1000)).toFixed(1),
			`${(median(runs.map(({ cpuMs }) => cpuMs)) / n).toFixed(1)} ms`,
		]),
		raw: measured,
	};
}
