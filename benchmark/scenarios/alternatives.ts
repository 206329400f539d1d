import { interleave, median, type Run } from '../measure';
import { formatCount, formatMs, formatRatio, type Section } from '../report';
import { DELAY_MS, useServer } from '../server/instance';
import type { Bench } from '../bench';

const WAYS: Record<string, { label: string; requests: (n: number) => number }> = {
	jsms: { label: '**JSms, Send Batch**', requests: (n) => Math.ceil(n / 1000) },
	handBuilt: {
		label: 'Batch built by hand: Aggregate, Code, HTTP Request, Split Out',
		requests: (n) => Math.ceil(n / 1000),
	},
	http: { label: 'HTTP Request, one call per recipient, all at once', requests: (n) => n },
	send10: { label: '**JSms, Send**, concurrency 10', requests: (n) => n },
	send4: { label: '**JSms, Send**, concurrency 4 (default)', requests: (n) => n },
	send1: { label: '**JSms, Send**, concurrency 1', requests: (n) => n },
	twilio: { label: 'Twilio (one after the other)', requests: (n) => n },
};

const MANY = 100_000;

/** Repeats by way; a way that is left out is not run with that many, and the report does the arithmetic. */
type Plan = Array<{ n: number; repeats: Record<string, number> }>;

const FULL: Plan = [
	{ n: 200, repeats: { jsms: 5, handBuilt: 5, http: 5, send10: 5, send4: 5, send1: 5, twilio: 5 } },
	{ n: 1_000, repeats: { jsms: 5, handBuilt: 5, http: 5, send10: 5, send4: 1, twilio: 1 } },
	{ n: MANY, repeats: { jsms: 3, handBuilt: 3 } },
];
const QUICK: Plan = [
	{ n: 10, repeats: { jsms: 1, handBuilt: 1, http: 1, send10: 1, send4: 1, send1: 1, twilio: 1 } },
	{ n: 20, repeats: { jsms: 1, handBuilt: 1, http: 1 } },
];

/** Against what a user would pick instead, each server answering after 50 ms. */
export async function measureAlternatives(bench: Bench): Promise<Section> {
	const { quick, sandbox, print } = bench;
	const server = await useServer(bench);
	const run = async (way: string, n: number) => {
		await sandbox.reset(DELAY_MS);
		server.twilio.sent();
		const measured = await server.run(way, n);
		const accepted = way === 'twilio' ? server.twilio.sent() : await sandbox.accepted();
		if (accepted !== n) throw new Error(`${way}: the server accepted ${accepted} of ${n} messages`);
		return measured;
	};
	for (const way of Object.keys(WAYS)) await run(way, 5);
	const raw: List[] = [];
	for (const { n, repeats } of quick ? QUICK : FULL) {
		print(`alternatives, ${formatCount(n)} recipients`);
		const variants = Object.entries(repeats).map(([name, times]) => ({
			name,
			run: () => run(name, n),
			repeats: times,
		}));
		raw.push({ n, results: await interleave(variants, 1) });
	}
	return toSection(raw, server.version);
}

/** All runs with one number of recipients, by way. */
interface List {
	n: number;
	results: Record<string, Run[]>;
}

/** Of one list, by way: the median, and how many runs it is of. */
interface Medians {
	n: number;
	ms: Record<string, number>;
	runs: Record<string, number>;
}

function toSection(raw: List[], version: string): Section {
	const measured: Medians[] = raw.map(({ n, results }) => ({
		n,
		ms: Object.fromEntries(Object.entries(results).map(([way, runs]) => [way, median(runs.map(({ ms }) => ms))])),
		runs: Object.fromEntries(Object.entries(results).map(([way, runs]) => [way, runs.length])),
	}));
	const lists = measured.some(({ n }) => n === MANY) ? measured : [...measured, { n: MANY, ms: {}, runs: {} }];
	const timeOf = ({ n, ms }: Medians, way: string) => {
		if (ms[way] !== undefined) return { ms: ms[way], sign: '' };
		// Per recipient of the longest list this way was run with.
		const longest = measured.findLast((list) => list.ms[way] !== undefined);
		if (!longest) throw new Error(`${way} was run with no list`);
		return { ms: (longest.ms[way] / longest.n) * n, sign: '≈ ' };
	};
	const rows = Object.entries(WAYS).map(([way, { label, requests }]) => {
		const cells = lists.flatMap((list) => {
			const own = timeOf(list, way);
			const best = timeOf(list, 'jsms');
			return [
				`${own.sign}${formatMs(own.ms)}${own.sign ? '' : ` (${list.runs[way]})`}`,
				`${own.sign || best.sign}${formatRatio(own.ms / best.ms)}`,
			];
		});
		return [label, formatCount(requests(1000)), ...cells];
	});
	return {
		title: 'Against what one would use instead (inside a running n8n, servers answer after 50 ms)',
		text:
			`n8n ${version}; in brackets how many runs the median is of. ≈ is arithmetic, not measured: the time per recipient of the longest list measured, times the recipients. ` +
			'The HTTP Request node starts all calls of its input at once and gives back what the service answered; neither it nor the batch built by hand names the numbers ' +
			'that were refused, or stops when the service says so. For Twilio a stand-in on this machine answers over TLS through a proxy.',
		head: [
			'Way',
			'Requests per 1,000 recipients',
			...lists.flatMap(({ n }) => [`${formatCount(n)} recipients`, 'against Send Batch']),
		],
		rows,
		raw: raw.map(({ n, results }) => ({ n, ...results })),
	};
}
