import { assertAccepted, type Bench } from '../bench';
import { cpu, interleave, median, medianRatio, wall, type Run } from '../measure';
import { formatCount, formatMs, formatRatio, type Section } from '../report';
import { useServer } from '../server/instance';

/** `evaluated` 0: that long is not waited for; the report extrapolates and says so. */
const FULL = [
	{ n: 1_000, repeats: 7, evaluated: 5 },
	{ n: 10_000, repeats: 5, evaluated: 1 },
	{ n: 100_000, repeats: 5, evaluated: 0 },
];
const QUICK = [
	{ n: 200, repeats: 2, evaluated: 1 },
	{ n: 1_000, repeats: 2, evaluated: 0 },
];

type Way = 'floor' | 'jsms' | 'evaluated';

interface Summary {
	n: number;
	floorMs: number;
	jsmsMs: number;
	evaluatedMs: number;
	ratio: number;
	cpuRatio: number;
	gain: number;
	repeats: number;
	/** 0: `evaluatedMs` is arithmetic */
	evaluatedRepeats: number;
}

/** Send Batch against the floor, and with direct reading switched off, inside a running n8n. */
export async function measureServer(bench: Bench): Promise<Section> {
	const { quick, sandbox, print } = bench;
	const server = await useServer(bench);
	const run = async (variant: Way, n: number) => {
		await sandbox.reset();
		const measured = await server.run(variant, n);
		await assertAccepted(sandbox, variant, n);
		return measured;
	};
	for (const variant of ['floor', 'jsms', 'floor', 'jsms', 'evaluated'] as const) await run(variant, 500);
	const summary: Summary[] = [];
	const raw: Array<{ n: number } & Record<Way, Run[]>> = [];
	for (const { n, repeats, evaluated } of quick ? QUICK : FULL) {
		print(`server, ${formatCount(n)} recipients`);
		const runs = await interleave(
			[
				{ name: 'floor', run: () => run('floor', n) },
				{ name: 'jsms', run: () => run('jsms', n) },
				{ name: 'evaluated', run: () => run('evaluated', n), repeats: evaluated },
			],
			repeats,
		);
		const results = { floor: runs.floor, jsms: runs.jsms, evaluated: runs.evaluated };
		raw.push({ n, ...results });
		summary.push(summarize(n, results, summary.at(-1)));
	}
	const largest = summary[summary.length - 1];
	return {
		title: 'Send Batch against the floor (inside a running n8n)',
		text:
			`The same in ${server.version} of n8n: the time from the end of the node before to the start of the node behind, so n8n's own work between nodes is in both. ` +
			'≈ is arithmetic from the row above: time per recipient times recipients.',
		head: [
			'Recipients',
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
			formatMs(row.floorMs),
			formatMs(row.jsmsMs),
			`**${formatRatio(row.ratio)}**`,
			formatRatio(row.cpuRatio),
			(row.evaluatedRepeats > 0 ? '' : '≈ ') + formatMs(row.evaluatedMs),
			(row.evaluatedRepeats > 0 ? '' : '≈ ') + formatRatio(row.gain),
			row.evaluatedRepeats === row.repeats ? row.repeats : `${row.repeats} (off: ${row.evaluatedRepeats})`,
		]),
		aims: quick
			? []
			: [
					{
						what: `Send Batch takes at most twice the floor's time, ${formatCount(largest.n)} recipients, running n8n`,
						measured: formatRatio(largest.ratio),
						reached: largest.ratio <= 2,
					},
				],
		raw: { summary, runs: raw },
	};
}

/** @param before the row above, for what was not measured with that many */
function summarize(n: number, { floor, jsms, evaluated }: Record<Way, Run[]>, before?: Summary): Summary {
	const jsmsMs = median(wall(jsms));
	const measured = evaluated.length > 0;
	const evaluatedMs = measured ? median(wall(evaluated)) : extrapolate(n, before);
	return {
		n,
		floorMs: median(wall(floor)),
		jsmsMs,
		evaluatedMs,
		ratio: medianRatio(wall(jsms), wall(floor)),
		cpuRatio: medianRatio(cpu(jsms), cpu(floor)),
		gain: measured ? medianRatio(wall(evaluated), wall(jsms)) : evaluatedMs / jsmsMs,
		repeats: jsms.length,
		evaluatedRepeats: evaluated.length,
	};
}

function extrapolate(n: number, before?: Summary) {
	if (!before) throw new Error(`Nothing shorter than ${n} was measured`);
	return (before.evaluatedMs / before.n) * n;
}
