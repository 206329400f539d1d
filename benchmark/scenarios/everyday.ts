import { assertAccepted, type Bench } from '../bench';
import { startEngine } from '../engine/process';
import { interleave, median, medianRatio, wall, type Run } from '../measure';
import { formatCount, formatMs, formatRatio, type Section } from '../report';
import { useServer } from '../server/instance';

const ENGINE = 'engine';
const SERVER = 'running n8n';

/** What people do every day, against the same without it. */
interface Subject {
	what: string;
	where: string;
	/** Recipients */
	n: number;
	/** What it is compared with */
	base: string;
	/** The most that its time may be, as a multiple of the base's */
	aim?: number;
}

/** How it is measured, inside a running n8n. */
interface Comparison extends Omit<Subject, 'where'> {
	baseRun: () => Promise<Time>;
	itsRun: () => Promise<Time>;
	repeats: number;
}

type Time = Pick<Run, 'ms'>;

interface Summary extends Subject {
	baseMs: number;
	ms: number;
	ratio: number;
	/** Milliseconds of each */
	runs: { base: number[]; its: number[] };
}

/** Fields from earlier nodes and text around fields, in n8n's engine. */
export async function measureMapping({ quick, sandbox, print }: Bench): Promise<Section> {
	const n = quick ? 2_000 : 100_000;
	const engines = { dragged: startEngine(), earlier: startEngine(), text: startEngine() };
	const ways = ['dragged', 'earlier', 'text'] as const;
	const run = async (way: (typeof ways)[number], count: number): Promise<Time> => {
		await sandbox.reset();
		const variant = way === 'dragged' ? 'jsms' : way;
		const measured = await engines[way].run({ variant, n: count, baseUrl: sandbox.baseUrl });
		await assertAccepted(sandbox, way, count);
		return { ms: measured.ms };
	};
	try {
		for (const way of ways) for (let round = 0; round < 3; round += 1) await run(way, quick ? 500 : 5_000);
		print(`mapping, ${formatCount(n)} recipients`);
		const results = await interleave(
			ways.map((name) => ({ name, run: () => run(name, n) })),
			quick ? 1 : 5,
		);
		const compare = (what: string, way: string, aim: number) =>
			summarize({ what, where: ENGINE, n, base: 'dragged from the node before', aim }, results.dragged, results[way]);
		return toSection("What people map (n8n's engine)", quick, [
			compare('Fields dragged from an earlier node', 'earlier', 1.5),
			compare('Text around each field', 'text', 1.5),
		]);
	} finally {
		await Promise.all(Object.values(engines).map((engine) => engine.stop()));
	}
}

/** The same and more inside a running n8n: short lists, single messages, Send Once Keys. */
export async function measureEveryday(bench: Bench): Promise<Section> {
	const { quick, sandbox, print } = bench;
	const server = await useServer(bench);
	const run = async (variant: string, n: number, more?: { path?: string; after?: number }): Promise<Time> => {
		await sandbox.reset();
		const { ms } = await server.run(variant, n, more);
		await assertAccepted(sandbox, variant, n);
		return { ms };
	};
	const [short, long] = quick ? [100, 2_000] : [1_000, 100_000];
	// A workflow of its own has an empty memory; one that has sent the long list remembers its keys.
	let paths = 0;
	const keyedAnew = (n: number) => () => run('keyed', n, { path: `keyed-${(paths += 1)}` });
	let remembered = 0;
	const keyedAgainst = async () => await run('keyed', short, { path: 'remembers', after: (remembered += short) });
	let stored = 0;
	const storeAgainst = async () => await server.run('store', short, { after: (stored += short) });
	const comparisons: Comparison[] = [
		{
			what: 'Fields dragged from an earlier node',
			n: long,
			base: 'dragged from the node before',
			aim: 1.5,
			baseRun: () => run('jsms', long),
			itsRun: () => run('earlier', long),
			repeats: 5,
		},
		{
			what: 'Text around each field',
			n: long,
			base: 'dragged from the node before',
			aim: 1.5,
			baseRun: () => run('jsms', long),
			itsRun: () => run('text', long),
			repeats: 5,
		},
		{
			what: 'Send Batch, one request',
			n: short,
			base: 'the floor',
			aim: 2.5,
			baseRun: () => run('floor', short),
			itsRun: () => run('jsms', short),
			repeats: 15,
		},
		{
			what: 'Send, one message',
			n: 1,
			base: 'HTTP Request, one call',
			aim: 1.3,
			baseRun: () => run('http', 1),
			itsRun: () => run('send1', 1),
			repeats: 25,
		},
		{
			what: 'With Send Once Keys, empty memory',
			n: long,
			base: 'without keys',
			aim: 2,
			baseRun: () => run('jsms', long),
			itsRun: keyedAnew(long),
			repeats: 5,
		},
		{
			what: `With Send Once Keys, ${formatCount(long)} remembered`,
			n: short,
			base: 'an empty memory',
			aim: 3,
			baseRun: keyedAnew(short),
			itsRun: keyedAgainst,
			repeats: 7,
		},
		// What no way of using n8n's store can do without.
		{
			what: `Two calls of n8n's store and no sending, ${formatCount(long)} remembered`,
			n: short,
			base: 'with Send Once Keys, an empty memory',
			baseRun: keyedAnew(short),
			itsRun: storeAgainst,
			repeats: 7,
		},
	];
	for (const variant of ['floor', 'jsms', 'earlier', 'text', 'http', 'send1', 'keyed']) {
		for (let round = 0; round < 3; round += 1)
			await run(variant, variant === 'http' || variant === 'send1' ? 5 : 500, { after: round * 500 });
	}
	await run('keyed', long, { path: 'remembers' });
	remembered = long;
	await server.run('store', long);
	stored = long;
	const summaries: Summary[] = [];
	for (const { baseRun, itsRun, repeats, ...subject } of comparisons) {
		print(`everyday, ${subject.what}, ${formatCount(subject.n)} recipients`);
		const results = await interleave(
			[
				{ name: 'base', run: baseRun },
				{ name: 'its', run: itsRun },
			],
			quick ? 1 : repeats,
		);
		summaries.push(summarize({ ...subject, where: SERVER }, results.base, results.its));
	}
	return toSection('What people do every day (inside a running n8n)', quick, summaries);
}

function summarize({ what, where, n, base, aim }: Subject, baseRuns: Time[], itsRuns: Time[]): Summary {
	const [baseTimes, itsTimes] = [wall(baseRuns), wall(itsRuns)];
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

function toSection(title: string, quick: boolean, summaries: Summary[]): Section {
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
			: summaries.flatMap(({ what, where, n, base, aim, ratio }) =>
					aim === undefined
						? []
						: {
								what: `${what}: at most ${aim}× ${base}, ${formatCount(n)} recipient${n === 1 ? '' : 's'}, ${where}`,
								measured: formatRatio(ratio),
								reached: ratio <= aim,
							},
				),
		raw: summaries,
	};
}
