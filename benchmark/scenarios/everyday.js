'use strict';

const { startEngine } = require('../engine/process');
const { interleave, median, medianRatio } = require('../measure');
const { formatCount, formatMs, formatRatio } = require('../report');
const { useServer } = require('../server/instance');

/** @typedef {{sandbox: import('../sandbox-process').SandboxProcess, quick: boolean, print: (line: string) => void}} Bench */

const ENGINE = 'engine';
const SERVER = 'running n8n';

/**
 * What people do every day, each against the same without it.
 *
 * @typedef {object} Comparison
 * @property {string} what
 * @property {string} where
 * @property {number} n Recipients
 * @property {string} base What it is compared with
 * @property {number} [aim] The most that its time may be, as a multiple of the base's
 * @property {{name: string, run: () => Promise<{ms: number}>}[]} variants The base first
 * @property {number} repeats
 */

/**
 * Fields from earlier nodes and text around fields, in n8n's engine.
 *
 * @param {Bench} bench
 * @returns {Promise<import('../report').Section>}
 */
async function measureMapping({ quick, sandbox, print }) {
	const n = quick ? 2_000 : 100_000;
	const engines = { dragged: startEngine(), earlier: startEngine(), text: startEngine() };
	const run = async (way, count) => {
		await sandbox.reset();
		const variant = way === 'dragged' ? 'jsms' : way;
		const measured = await engines[way].run({ variant, n: count, baseUrl: sandbox.baseUrl });
		await assertAccepted(sandbox, way, count);
		return { ms: measured.ms };
	};
	try {
		for (const way of Object.keys(engines))
			for (let round = 0; round < 3; round += 1) await run(way, quick ? 500 : 5_000);
		print(`mapping, ${formatCount(n)} recipients`);
		const results = await interleave(
			Object.keys(engines).map((name) => ({ name, run: () => run(name, n) })),
			quick ? 1 : 5,
		);
		const compare = (what, way, aim) =>
			summarize({ what, where: ENGINE, n, base: 'dragged from the node before', aim }, results.dragged, results[way]);
		return toSection("What people map (n8n's engine)", quick, [
			compare('Fields dragged from an earlier node', 'earlier', 1.5),
			compare('Text around each field', 'text', 1.5),
		]);
	} finally {
		await Promise.all(Object.values(engines).map((engine) => engine.stop()));
	}
}

/**
 * The same and more inside a running n8n: short lists, single messages, Send Once Keys.
 *
 * @param {Bench} bench
 * @returns {Promise<import('../report').Section>}
 */
async function measureEveryday(bench) {
	const { quick, sandbox, print } = bench;
	const server = await useServer(bench);
	const run = async (variant, n, more) => {
		await sandbox.reset();
		const { ms } = await server.run(variant, n, more);
		await assertAccepted(sandbox, variant, n);
		return { ms };
	};
	const [short, long] = quick ? [100, 2_000] : [1_000, 100_000];
	// A workflow of its own has an empty memory; one that has sent the long list remembers its keys.
	let paths = 0;
	const keyedAnew = (n) => () => run('keyed', n, { path: `keyed-${(paths += 1)}` });
	let remembered = 0;
	const keyedAgainst = async () => await run('keyed', short, { path: 'remembers', after: (remembered += short) });
	let stored = 0;
	const storeAgainst = async () => await server.run('store', short, { after: (stored += short) });
	/** @type {Comparison[]} */
	const comparisons = [
		[
			'Fields dragged from an earlier node',
			long,
			'dragged from the node before',
			1.5,
			() => run('jsms', long),
			() => run('earlier', long),
			5,
		],
		[
			'Text around each field',
			long,
			'dragged from the node before',
			1.5,
			() => run('jsms', long),
			() => run('text', long),
			5,
		],
		['Send Batch, one request', short, 'the floor', 2.5, () => run('floor', short), () => run('jsms', short), 15],
		['Send, one message', 1, 'HTTP Request, one call', 1.3, () => run('http', 1), () => run('send1', 1), 25],
		['With Send Once Keys, empty memory', long, 'without keys', 2, () => run('jsms', long), keyedAnew(long), 5],
		[
			`With Send Once Keys, ${formatCount(long)} remembered`,
			short,
			'an empty memory',
			3,
			keyedAnew(short),
			keyedAgainst,
			7,
		],
		// What no way of using n8n's store can do without.
		[
			`Two calls of n8n's store and no sending, ${formatCount(long)} remembered`,
			short,
			'with Send Once Keys, an empty memory',
			undefined,
			keyedAnew(short),
			storeAgainst,
			7,
		],
	].map(([what, n, base, aim, baseRun, itsRun, repeats]) => ({
		what,
		where: SERVER,
		n,
		base,
		aim,
		repeats,
		variants: [
			{ name: 'base', run: baseRun },
			{ name: 'its', run: itsRun },
		],
	}));
	for (const variant of ['floor', 'jsms', 'earlier', 'text', 'http', 'send1', 'keyed']) {
		for (let round = 0; round < 3; round += 1)
			await run(variant, variant === 'http' || variant === 'send1' ? 5 : 500, { after: round * 500 });
	}
	await run('keyed', long, { path: 'remembers' });
	remembered = long;
	await server.run('store', long);
	stored = long;
	const summaries = [];
	for (const comparison of comparisons) {
		print(`everyday, ${comparison.what}, ${formatCount(comparison.n)} recipients`);
		const results = await interleave(comparison.variants, quick ? 1 : comparison.repeats);
		summaries.push(summarize(comparison, results.base, results.its));
	}
	return toSection('What people do every day (inside a running n8n)', quick, summaries);
}

async function assertAccepted(sandbox, name, n) {
	const accepted = await sandbox.accepted();
	if (accepted !== n) throw new Error(`${name}: the sandbox accepted ${accepted} of ${n} messages`);
}

function summarize({ what, where, n, base, aim }, baseRuns, itsRuns) {
	const [baseTimes, itsTimes] = [baseRuns, itsRuns].map((runs) => runs.map(({ ms }) => ms));
	return {
		what,
		where,
		n,
		base,
		aim,
		baseMs: median(baseTimes),
		ms: median(itsTimes),
		ratio: medianRatio(itsTimes, baseTimes),
		runs: { base: baseTimes, its: itsTimes },
	};
}

function toSection(title, quick, summaries) {
	return {
		title,
		text: 'Each against the same without it, in turns; the server answers at once.',
		head: ['What', 'Recipients', 'Time', 'Against', 'Time of that', 'Ratio', 'Runs'],
		rows: summaries.map(({ what, n, ms, base, baseMs, ratio, runs }) => [
			what,
			formatCount(n),
			formatMs(ms),
			base,
			formatMs(baseMs),
			`**${formatRatio(ratio)}**`,
			runs.its.length,
		]),
		aims: quick
			? []
			: summaries
					.filter(({ aim }) => aim)
					.map(({ what, where, n, base, aim, ratio }) => ({
						what: `${what}: at most ${aim}× ${base}, ${formatCount(n)} recipient${n === 1 ? '' : 's'}, ${where}`,
						measured: formatRatio(ratio),
						reached: ratio <= aim,
					})),
		raw: summaries,
	};
}

module.exports = { measureEveryday, measureMapping };
