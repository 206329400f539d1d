import { assertAccepted, type Bench } from '../bench';
import { startEngine } from '../engine/process';
import { cpu, interleave, median, medianRatio, wall } from '../measure';
import { formatCount, formatMs, formatRatio, type Section } from '../report';
import type { Measured } from '../engine/workflow';

/** Lists of contacts, and how often each is sent by each node. */
const FULL = [
	{ n: 1_000, repeats: 9, evaluated: 5 },
	{ n: 10_000, repeats: 7, evaluated: 5 },
	{ n: 100_000, repeats: 5, evaluated: 1 },
];
const QUICK = [
	{ n: 500, repeats: 2, evaluated: 1 },
	{ n: 2_000, repeats: 2, evaluated: 1 },
];

type Way = 'floor' | 'jsms' | 'evaluated';

/** A run, and how many requests it took. */
type Sent = Measured & { requests: number };

/** All runs with one number of recipients. */
type List = { n: number } & Record<Way, Sent[]>;

/** Send Batch against the floor, and with direct reading switched off, in n8n's engine. */
export async function measureEngine({ quick, sandbox, print }: Bench): Promise<Section> {
	// A process each: nobody pays for another's rubbish, nor loses compiled code to another's collection.
	const engines = { floor: startEngine(), jsms: startEngine(), evaluated: startEngine() };
	const raw: List[] = [];
	try {
		const run = async (variant: Way, n: number): Promise<Sent> => {
			await sandbox.reset();
			const measured = await engines[variant].run({ variant, n, baseUrl: sandbox.baseUrl });
			await assertAccepted(sandbox, variant, n);
			return { ...measured, requests: await sandbox.requests() };
		};
		// The first runs compile the code; nobody should be charged for that.
		for (let round = 0; round < (quick ? 1 : 5); round += 1) {
			for (const variant of ['floor', 'jsms'] as const) await run(variant, quick ? 500 : 5_000);
		}
		await run('evaluated', 500);
		for (const { n, repeats, evaluated } of quick ? QUICK : FULL) {
			print(`engine, ${formatCount(n)} recipients`);
			const results = await interleave(
				[
					{ name: 'floor', run: () => run('floor', n) },
					{ name: 'jsms', run: () => run('jsms', n) },
					{ name: 'evaluated', run: () => run('evaluated', n), repeats: evaluated },
				],
				repeats,
			);
			const { floor, jsms } = results;
			assertSameRows(floor[0], jsms[0]);
			raw.push({ n, floor, jsms, evaluated: results.evaluated });
		}
	} finally {
		await Promise.all(Object.values(engines).map((engine) => engine.stop()));
	}
	return toSection(raw, quick);
}

/** The floor is a fair floor only as long as it makes the very rows the node makes. */
function assertSameRows(floor: Measured, jsms: Measured) {
	for (const which of ['first', 'last'] as const) {
		// Which request arrives first, and so which IDs it gets, is chance.
		const [ours, theirs] = [jsms[which], floor[which]].map((row) =>
			JSON.stringify([{ ...row?.json, msg_id: typeof row?.json.msg_id }, row?.pairedItem]),
		);
		if (ours !== theirs) throw new Error(`The floor makes other rows than the node: ${theirs} instead of ${ours}`);
	}
}

function toSection(raw: List[], quick: boolean): Section {
	const summary = raw.map(({ n, floor, jsms, evaluated }) => ({
		n,
		floorMs: median(wall(floor)),
		jsmsMs: median(wall(jsms)),
		evaluatedMs: median(wall(evaluated)),
		ratio: medianRatio(wall(jsms), wall(floor)),
		cpuRatio: medianRatio(cpu(jsms), cpu(floor)),
		gain: medianRatio(wall(evaluated), wall(jsms)),
		requests: jsms[0].requests,
		repeats: jsms.length,
		evaluatedRepeats: evaluated.length,
	}));
	const [smaller, largest] = summary.slice(-2);
	const growth = largest.jsmsMs / largest.n / (smaller.jsmsMs / smaller.n);
	return {
		title: `Send Batch against the floor (n8n's engine)`,
		text:
			"Mobile and three template parameters mapped by dragging fields; time of the node's `execute`. The floor is a throw-away node that reads the items " +
			'directly, checks nothing, posts the same bodies through the same HTTP helper, four at a time, and makes the same rows. "Direct reading off" is the same ' +
			'workflow with the references written so that n8n has to evaluate them. Own CPU leaves the waiting for the server out.',
		head: [
			'Recipients',
			'Requests',
			'Floor',
			'JSms',
			'JSms / floor',
			'Own CPU, JSms / floor',
			'Direct reading off',
			'Gain',
			'Runs',
		],
		rows: summary.map((row) => [
			formatCount(row.n),
			row.requests,
			formatMs(row.floorMs),
			formatMs(row.jsmsMs),
			`**${formatRatio(row.ratio)}**`,
			formatRatio(row.cpuRatio),
			formatMs(row.evaluatedMs),
			formatRatio(row.gain),
			row.evaluatedRepeats === row.repeats ? row.repeats : `${row.repeats} (off: ${row.evaluatedRepeats})`,
		]),
		aims: quick
			? []
			: [
					{
						what: `Send Batch takes at most twice the floor's time, ${formatCount(largest.n)} recipients, engine`,
						measured: formatRatio(largest.ratio),
						reached: largest.ratio <= 2,
					},
					{
						what: `Linear: time per recipient at ${formatCount(largest.n)} against ${formatCount(smaller.n)}, at most 1.25×`,
						measured: formatRatio(growth),
						reached: growth <= 1.25,
					},
				],
		// Times alone: the rows in there served as proof.
		raw: {
			summary,
			runs: raw.map(({ n, floor, jsms, evaluated }) => ({
				n,
				floor: floor.map(timesOf),
				jsms: jsms.map(timesOf),
				evaluated: evaluated.map(timesOf),
			})),
		},
	};
}

const timesOf = ({ ms, cpuMs }: Measured) => ({ ms, cpuMs });
