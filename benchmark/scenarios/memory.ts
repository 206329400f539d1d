import { startEngine, type Job } from '../engine/process';
import { median } from '../measure';
import { formatCount, formatMs, type Section } from '../report';
import type { Bench } from '../bench';
import type { SandboxProcess } from '../sandbox-process';

/** Megabytes of each run, without sending and with it. */
type Sizes = Record<'rows' | 'jsms', number[]>;

/**
 * Memory, in processes that do nothing else: first the live heap, then what the system sees, then one very long list.
 *
 * The live heap is what counts for "does it fit": the collector is made to run over the whole heap after every few
 * megabytes, and the largest size it ever left is read from its own log. It sees the parts that no timer could look into.
 */
export async function measureMemory({ quick, sandbox, print }: Bench): Promise<Section> {
	const n = quick ? 5_000 : 100_000;
	const many = quick ? 10_000 : 1_000_000;
	const repeats = quick ? 1 : 3;
	const heap: Sizes = { rows: [], jsms: [] };
	const rss: Sizes = { rows: [], jsms: [] };
	for (let round = 0; round < repeats; round += 1) {
		for (const variant of ['rows', 'jsms'] as const) {
			print(`memory, ${variant}, round ${round + 1} of ${repeats}`);
			heap[variant].push(await peakOfLiveHeap(sandbox, { variant, n }));
			rss[variant].push((await runAlone(sandbox, { variant, n })).measured.maxRssMb);
		}
	}
	print(`memory, ${formatCount(many)} recipients`);
	const { measured } = await runAlone(sandbox, { variant: 'jsms', n: many, flags: ['--max-old-space-size=8192'] });

	const perRecipient = (by: Sizes) => ((median(by.jsms) - median(by.rows)) * 2 ** 20) / n;
	const heapBytes = Math.round(perRecipient(heap));
	const mb = (value: number) => `${Math.round(value)} MB`;
	return {
		title: 'Memory',
		text:
			`The same workflow with and without sending: the other node makes the same ${formatCount(n)} rows out of nothing, so the difference is what sending costs ` +
			'on top of the rows themselves. Live heap: peak of what was left after full collections forced every few megabytes. Largest resident size: what the ' +
			`system counts without such force; it includes rubbish that was not worth collecting yet. Medians of ${repeats}, each in a fresh process.`,
		head: ['', 'Rows alone', 'JSms', 'Bytes per recipient on top of the row'],
		rows: [
			['Peak of the live heap', mb(median(heap.rows)), mb(median(heap.jsms)), `**${heapBytes}**`],
			['Largest resident size', mb(median(rss.rows)), mb(median(rss.jsms)), Math.round(perRecipient(rss))],
			[
				`One run with ${formatCount(many)} recipients`,
				'',
				`${mb(measured.maxRssMb)} resident`,
				`finished in ${formatMs(measured.ms)}`,
			],
		],
		aims: quick
			? []
			: [
					{
						what: `Memory on top of the rows, per recipient, ${formatCount(n)} recipients: under 400 bytes`,
						measured: `${heapBytes} bytes`,
						reached: heapBytes < 400,
					},
					{
						what: `A run with ${formatCount(many)} recipients finishes`,
						measured: formatMs(measured.ms),
						reached: true,
					},
				],
		raw: { n, heap, rss, many: { n: many, ms: measured.ms, maxRssMb: measured.maxRssMb } },
	};
}

interface Alone extends Pick<Job, 'variant' | 'n'> {
	/** For Node.js */
	flags?: string[];
	/** Called after the sandbox was reset */
	arrange?: () => Promise<void>;
}

/** One run in a process of its own; the run itself checks that every recipient has its row. */
export async function runAlone(sandbox: SandboxProcess, { variant, n, flags = [], arrange }: Alone) {
	await sandbox.reset();
	await arrange?.();
	const engine = startEngine({ execArgv: flags });
	try {
		const measured = await engine.run({ variant, n, baseUrl: sandbox.baseUrl });
		return { measured, printed: await engine.stop() };
	} catch (error) {
		await engine.stop();
		throw error;
	}
}

/** @returns Megabytes */
export async function peakOfLiveHeap(sandbox: SandboxProcess, run: Omit<Alone, 'flags'>) {
	const flags = [
		'--gc-global',
		'--trace-gc',
		'--max-semi-space-size=4',
		'--min-semi-space-size=4',
		'--single-threaded-gc',
	];
	const { printed } = await runAlone(sandbox, { ...run, flags });
	const sizes = Array.from(printed.matchAll(/Mark-Compact.*? \([\d.]+\) -> ([\d.]+) \(/g), ([, after]) =>
		Number(after),
	);
	if (sizes.length === 0) throw new Error('Node.js printed no collections: --trace-gc has another form here');
	return Math.max(...sizes);
}
