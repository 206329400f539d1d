'use strict';

const { interleave, median, medianRatio } = require('../measure');
const { formatCount, formatMs, formatRatio } = require('../report');
const { useServer } = require('../server/instance');

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

/**
 * Send Batch against the floor, and with direct reading switched off, inside a running n8n.
 *
 * @param {{quick: boolean, sandbox: import('../sandbox-process').SandboxProcess, print: (line: string) => void}} bench
 * @returns {Promise<import('../report').Section>}
 */
async function measureServer(bench) {
	const { quick, sandbox, print } = bench;
	const server = await useServer(bench);
	const run = async (variant, n) => {
		await sandbox.reset();
		const measured = await server.run(variant, n);
		const accepted = await sandbox.accepted();
		if (accepted !== n) throw new Error(`${variant}: the sandbox accepted ${accepted} of ${n} messages`);
		return measured;
	};
	for (const variant of ['floor', 'jsms', 'floor', 'jsms', 'evaluated']) await run(variant, 500);
	const summary = [];
	const raw = [];
	for (const { n, repeats, evaluated } of quick ? QUICK : FULL) {
		print(`server, ${formatCount(n)} recipients`);
		const results = await interleave(
			[
				{ name: 'floor', run: () => run('floor', n) },
				{ name: 'jsms', run: () => run('jsms', n) },
				{ name: 'evaluated', run: () => run('evaluated', n), repeats: evaluated },
			],
			repeats,
		);
		raw.push({ n, ...results });
		summary.push(summarize(n, results, summary.at(-1)));
	}
	const largest = summary.at(-1);
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

function summarize(n, { floor, jsms, evaluated }, before) {
	const wall = (runs) => runs.map(({ ms }) => ms);
	const cpu = (runs) => runs.map(({ cpuMs }) => cpuMs);
	const jsmsMs = median(wall(jsms));
	const measured = evaluated.length > 0;
	const evaluatedMs = measured ? median(wall(evaluated)) : (before.evaluatedMs / before.n) * n;
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

module.exports = { measureServer };
