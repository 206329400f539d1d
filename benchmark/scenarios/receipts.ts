import { setTimeout as wait } from 'node:timers/promises';
import { formOf, stamp } from '../../sandbox/callbacks/form';
import { authorizationOf, KEYS } from '../../test/support/keys';
import { median } from '../measure';
import { formatCount, formatMs, type Section } from '../report';
import { useServer, type Server } from '../server/instance';
import { CALLBACK_PATH, callbackWorkflow, pollingWorkflow } from '../server/receipts';
import { peakOfLiveHeap, runAlone } from './memory';
import type { Bench } from '../bench';
import type { SandboxProcess } from '../sandbox-process';

/** n8n polls once a minute at most. */
const POLL_EVERY_S = 60;

/** What comes back after sending: by callbacks, one execution for each record, and by polling, one for all. */
export async function measureReceipts(bench: Bench): Promise<Section[]> {
	const { quick, sandbox, print } = bench;
	const server = await useServer(bench);
	const callbacks: Received[] = [];
	for (const atOnce of [10, 50]) {
		print(`receipts, callbacks, ${atOnce} at a time`);
		callbacks.push(await measureCallbacks(server, { n: quick ? 50 : 1_000, atOnce }));
	}
	print('receipts, polling: waits for the next minute');
	const polling = await measurePolling(server, sandbox, quick ? 1_000 : 4_000);
	return [speedSection(callbacks, polling), await measureMemory(bench)];
}

export interface Callbacks {
	n: number;
	atOnce: number;
	/** Another workflow that takes them, and where */
	workflow?: Parameters<Server['client']['createWorkflow']>[0];
	path?: string;
}

interface Received {
	n: number;
	atOnce: number;
	/** Until the last execution is stored */
	ms: number;
	/** Until the response, of each callback */
	answerMs: number[];
}

interface Polled {
	n: number;
	ms: number;
	afterLastPageMs: number;
}

/** Sends callbacks, so many at a time, and waits until each has its execution. */
export async function measureCallbacks(
	{ client, credentials }: Pick<Server, 'client' | 'credentials'>,
	{ n, atOnce, workflow = callbackWorkflow(credentials), path = CALLBACK_PATH }: Callbacks,
): Promise<Received> {
	const saved = await client.createWorkflow(workflow);
	await client.activate(saved, [path]);
	const url = client.url + path;
	// n8n registers one method after the other. Asked with one that nobody uses, it names those it has.
	await until(async () => /\bPOST\b/.test(await (await fetch(url, { method: 'PATCH' })).text()));
	const bodies = Array.from({ length: n }, (_, index) => callback(index));
	const answerMs: number[] = [];
	const started = performance.now();
	await Promise.all(
		Array.from({ length: atOnce }, async () => {
			for (let body = bodies.pop(); body; body = bodies.pop()) answerMs.push(await post(url, body));
		}),
	);
	await until(async () => (await client.countSuccesses(saved.id)) >= n);
	const ms = performance.now() - started;
	const count = await client.countSuccesses(saved.id);
	if (count !== n) throw new Error(`${n} callbacks started ${count} executions`);
	await client.deactivate(saved.id);
	return { n, atOnce, ms, answerMs };
}

function callback(index: number) {
	const stamped = stamp({ app_key: KEYS.appKey, master_secret: KEYS.masterSecret }, Date.now(), 'right');
	const phone = String(13_800_000_000 + index);
	const report = { msgId: String(700_100_200_000 + index), status: 4001, receiveTime: Date.now(), phone };
	return formOf(stamped, 'SMS_REPORT', JSON.stringify(report));
}

/** @returns Milliseconds until the answer */
async function post(url: string, body: string) {
	const started = performance.now();
	const headers = { 'content-type': 'application/x-www-form-urlencoded' };
	const answer = await fetch(url, { method: 'POST', headers, body });
	await answer.arrayBuffer();
	if (answer.status !== 200) throw new Error(`A callback was answered with ${answer.status}`);
	return performance.now() - started;
}

/** One poll of a trigger in production, with the pages and the pace of the service. */
export async function measurePolling(
	{ client, credentials }: Server,
	sandbox: SandboxProcess,
	n: number,
): Promise<Polled> {
	await sandbox.reset();
	await fillReports(sandbox.baseUrl, n);
	const saved = await client.createWorkflow(pollingWorkflow(credentials, n));
	await client.activate(saved);
	const pages = () => control<unknown[]>(sandbox.baseUrl, 'GET', '/requests?search=/v1/report');
	await until(async () => (await pages()).length > 0);
	const started = performance.now();
	await until(async () => (await pages()).length >= n / 500);
	const lastPage = performance.now();
	await until(async () => (await client.countSuccesses(saved.id)) >= 1);
	const ended = performance.now();
	const [execution] = await client.readExecutions(saved.id);
	await client.deactivate(saved.id);
	const count = execution.json('JSms Receipt Trigger').length;
	if (count !== n) throw new Error(`The first poll gave ${count} of ${n} records`);
	return { n, ms: ended - started, afterLastPageMs: ended - lastPage };
}

function speedSection(callbacks: Received[], polling: Polled): Section {
	const rate = ({ n, ms }: Pick<Polled, 'n' | 'ms'>) => n / (ms / 1000);
	const best = Math.max(...callbacks.map(rate));
	// All of n records are there after n/best seconds by callbacks, and after a minute at worst and n/rate by polling.
	const sooner = Math.ceil(POLL_EVERY_S / (1 / best - 1 / rate(polling)) / 100) * 100;
	const comparison =
		best < rate(polling)
			? `from some ${formatCount(sooner)} records at a time polling has the last of them sooner than callbacks, even then.`
			: 'callbacks are sooner all the same on this machine.';
	return {
		title: 'What comes back: callbacks and polling',
		text:
			'Delivery reports into a workflow of two nodes in a running n8n that stores its executions. Callbacks: signed forms from a client on this machine, each one an execution; ' +
			`the time ends with the last execution. Polling: one poll, with pages of 500 and the service's pace of a page in 5 seconds, one execution for all; ${formatMs(polling.afterLastPageMs)} after ` +
			`the last page it had ended. The next poll may be a minute away: ${comparison}`,
		head: ['', 'Records', 'Time', 'Records per second', 'Answer, median', 'Answer, 99th percentile', 'Executions'],
		rows: [
			...callbacks.map((one) => [
				`Callbacks, ${one.atOnce} at a time`,
				formatCount(one.n),
				formatMs(one.ms),
				`**${rate(one).toFixed(1)}**`,
				formatMs(median(one.answerMs)),
				formatMs(percentile(one.answerMs, 0.99)),
				formatCount(one.n),
			]),
			['Polling', formatCount(polling.n), formatMs(polling.ms), `**${rate(polling).toFixed(1)}**`, '', '', 1],
		],
		raw: { callbacks, polling, sooner },
	};
}

/** Megabytes of each run. */
type Sizes = Record<'empty' | 'poll', number[]>;

/** Memory of one very long poll, in processes of their own, against one that finds nothing. */
async function measureMemory({ quick, sandbox, print }: Bench): Promise<Section> {
	const n = quick ? 5_000 : 50_000;
	const repeats = quick ? 1 : 3;
	const raw: { n: number; heap: Sizes; rss: Sizes } = {
		n,
		heap: { empty: [], poll: [] },
		rss: { empty: [], poll: [] },
	};
	for (let round = 0; round < repeats; round += 1) {
		for (const [name, count] of [
			['empty', 0],
			['poll', n],
		] as const) {
			print(`receipts, memory, ${name}, round ${round + 1} of ${repeats}`);
			// The service's own pages would take eight minutes.
			const arrange = async () => {
				await control(sandbox.baseUrl, 'PATCH', '/settings', { receiptsPerPull: 10_000 });
				await fillReports(sandbox.baseUrl, count);
			};
			const run = { variant: 'poll' as const, n: count, arrange };
			raw.heap[name].push(await peakOfLiveHeap(sandbox, run));
			raw.rss[name].push((await runAlone(sandbox, run)).measured.maxRssMb);
		}
	}
	const mb = (value: number) => `${Math.round(value)} MB`;
	const row = (title: string, { empty, poll }: Sizes) => [
		title,
		mb(median(empty)),
		mb(median(poll)),
		Math.round(((median(poll) - median(empty)) * 2 ** 20) / n),
	];
	return {
		title: `Memory of a poll with ${formatCount(n)} records`,
		text: `One poll in n8n's engine, its items included, against one that finds nothing; measured as the memory of sending below. In pages of 10,000, so that the pace of the service does not make it minutes. Medians of ${repeats}, each in a fresh process.`,
		head: ['', 'Nothing to read', `${formatCount(n)} records`, 'Bytes per record'],
		rows: [row('Peak of the live heap', raw.heap), row('Largest resident size', raw.rss)],
		raw,
	};
}

/** Sends past the node, so that there are reports at once. */
async function fillReports(baseUrl: string, n: number) {
	await control(baseUrl, 'PATCH', '/settings', { reportDelayMs: 0 });
	const authorization = authorizationOf();
	for (let at = 0; at < n; at += 1_000) {
		const recipients = Array.from({ length: Math.min(1_000, n - at) }, (_, index) => ({
			mobile: String(13_800_000_000 + at + index),
		}));
		const answer = await fetch(`${baseUrl}/messages/batch`, {
			method: 'POST',
			headers: { authorization, 'content-type': 'application/json' },
			body: JSON.stringify({ temp_id: 2002, recipients }),
		});
		if (!answer.ok) throw new Error(`The sandbox answered ${answer.status}`);
		await answer.arrayBuffer();
	}
}

/** A control call of the sandbox. */
async function control<T>(baseUrl: string, method: string, path: string, body?: object): Promise<T> {
	const answer = await fetch(new URL(`/_sandbox${path}`, baseUrl), {
		method,
		...(body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
	});
	if (!answer.ok) throw new Error(`The sandbox answered ${answer.status} to ${path}`);
	return (await answer.json()) as T;
}

/** Looks ten times a second. */
export async function until(condition: () => Promise<boolean>) {
	const deadline = Date.now() + 15 * 60_000;
	while (!(await condition())) {
		if (Date.now() > deadline) throw new Error(`Waited in vain for ${condition}`);
		await wait(100);
	}
}

/** @param part 0 to 1 */
function percentile(values: number[], part: number) {
	const sorted = [...values].sort((a, b) => a - b);
	return sorted[Math.min(sorted.length - 1, Math.ceil(part * sorted.length) - 1)];
}
