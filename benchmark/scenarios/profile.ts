import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Bench } from '../bench';
import type { Section } from '../report';
import { startServer, type Server } from '../server/instance';
import { measureCallbacks, measurePolling } from './receipts';
import { askForCode, publish } from './verification';

/** As Node.js writes it: times in microseconds, on the clock of `process.hrtime`. */
interface Profile {
	startTime: number;
	nodes: Array<{ id: number; callFrame: { functionName: string; url: string }; children?: number[] }>;
	samples: number[];
	timeDeltas: number[];
}

/** When something was measured. */
interface Span {
	what: string;
	from: number;
	to: number;
}

/** How much of the CPU time of n8n's main thread the code of this package takes, by a CPU profile. */
export async function measureProfile(bench: Bench): Promise<Section> {
	const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'jsms-profile-'));
	bench.onEnd(() => fs.rmSync(folder, { recursive: true, force: true }));
	const server = await startServer(bench, {
		NODE_OPTIONS: `--cpu-prof --cpu-prof-dir=${folder} --cpu-prof-interval=300`,
	});
	const spans: Span[] = [];
	for (const [what, run] of Object.entries(await tasksOf(server, bench))) {
		bench.print(`profile, ${what}`);
		const from = now();
		await run();
		spans.push({ what, from, to: now() });
	}
	// The profile is written when the process ends.
	await server.stop();
	const profile = readLargest(folder);
	const rows = spans.map((span) => ({ what: span.what, ...sharesOf(profile, span) }));
	return {
		title: "The package's part in n8n's CPU time (inside a running n8n)",
		text: "By a CPU profile of n8n's main thread, without the time in which it was idle. With what it calls: also n8n and Node.js, as far as the package's code called them without waiting.",
		head: ['What', 'Busy', 'Package', 'With what it calls'],
		rows: rows.map(({ what, busyMs, own, withCalls }) => [
			what,
			`${Math.round(busyMs)} ms`,
			`**${(own * 100).toFixed(1)} %**`,
			`${(withCalls * 100).toFixed(1)} %`,
		]),
		raw: rows,
	};
}

async function tasksOf(server: Server, { quick, sandbox }: Bench): Promise<Record<string, () => Promise<unknown>>> {
	const n = quick ? 20 : 300;
	const page = await publish(server);
	const repeat = (run: (index: number) => Promise<unknown>) => async () => {
		for (let index = 0; index < n; index += 1) await run(index);
	};
	// The first runs compile the code.
	for (const variant of ['send1', 'verify']) await server.run(variant, 1);
	return {
		[`${n} callbacks`]: () => measureCallbacks(server, { n, atOnce: 10 }),
		[`${n} messages, from a webhook`]: repeat(() => server.run('send1', 1)),
		[`${n} codes sent, in JSON`]: repeat((index) => askForCode(page, index)),
		[`${n} codes checked`]: repeat(() => server.run('verify', 1)),
		'a poll of 2,000 records': () => measurePolling(server, sandbox, 2_000),
	};
}

const now = () => Number(process.hrtime.bigint() / 1000n);

/** Workers of n8n write a small one each. */
function readLargest(folder: string): Profile {
	const files = fs.readdirSync(folder).map((name) => path.join(folder, name));
	const [largest] = files.sort((one, other) => fs.statSync(other).size - fs.statSync(one).size);
	return JSON.parse(fs.readFileSync(largest, 'utf8')) as Profile;
}

function sharesOf({ startTime, nodes, samples, timeDeltas }: Profile, { from, to }: Span) {
	const frames = new Map(nodes.map(({ id, callFrame }) => [id, callFrame]));
	const callers = new Map(nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id] as const)));
	const isOwn = (id: number) => /\/n8n-nodes-jsms\/dist\//.test(frames.get(id)?.url ?? '');
	const time = { busy: 0, own: 0, withCalls: 0 };
	let at = startTime;
	samples.forEach((id, index) => {
		const took = timeDeltas[index];
		at += took;
		if (at < from || at > to || frames.get(id)?.functionName === '(idle)') return;
		time.busy += took;
		if (isOwn(id)) time.own += took;
		let caller: number | undefined = id;
		while (caller !== undefined && !isOwn(caller)) caller = callers.get(caller);
		if (caller !== undefined) time.withCalls += took;
	});
	return { busyMs: time.busy / 1000, own: time.own / time.busy, withCalls: time.withCalls / time.busy };
}
