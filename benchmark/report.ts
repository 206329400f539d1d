/** Part of the report: what was compared, and a table of it. */

export interface Section {
	/** Name of the part of the benchmark that measured it */
	part?: string;
	/** When and with what, where that was not the run that the report is named after */
	measured?: string;
	title: string;
	/** What was done, in sentences */
	text: string;
	/** Names of the columns */
	head: string[];
	rows: Array<Array<string | number>>;
	aims?: Aim[];
	/** Every single measurement, for the JSON file */
	raw: object;
}

export interface Aim {
	what: string;
	measured: string;
	reached: boolean;
}

/** @returns Markdown */
export function toMarkdown({
	date,
	quick,
	machine,
	seconds,
	sections,
}: {
	date: string;
	quick: boolean;
	machine: Record<string, string | number>;
	seconds: number;
	sections: Section[];
}): string {
	const aims = sections.flatMap((section) => section.aims ?? []);
	return [
		`# Benchmark, ${date}${quick ? ' (quick: small lists, says nothing about speed)' : ''}`,
		'',
		`Written by \`npm run bench\` in ${Math.round(seconds)} s. How it is measured: [docs/speed.md](../../docs/speed.md).`,
		'',
		`${machine.processor}, ${machine.cores} cores, ${machine.memoryGb} GB, ${machine.system}; Node.js ${machine.node}; ` +
			`${machine.engine}${machine.server ? `; ${machine.server}` : ''}; n8n-nodes-jsms ${machine.packageVersion}. ` +
			`Load before the run: ${machine.loadBefore}.`,
		'',
		...(aims.length > 0
			? [
					...toTable(
						['Aim', 'Measured', ''],
						aims.map(({ what, measured, reached }) => [what, measured, reached ? 'reached' : '**missed**']),
					),
					'',
				]
			: []),
		...sections.flatMap(({ title, text, measured, head, rows }) => [
			`## ${title}`,
			'',
			measured ? `${text} ${measured}` : text,
			'',
			...toTable(head, rows),
			'',
		]),
	].join('\n');
}

/**
 * Some parts measured anew. Every ratio stays one of figures from the same run; only whole parts are exchanged.
 * @param order Names of all parts
 */
export function replaceParts<Published extends { sections: Section[] }>(
	published: Published,
	{ date, machine, sections }: { date: string; machine: Record<string, string | number>; sections: Section[] },
	order: string[],
) {
	const news = new Set(sections.map(({ part }) => part));
	const measured = `Measured on ${date} by itself: n8n-nodes-jsms ${machine.packageVersion}; load before the run: ${machine.loadBefore}.`;
	const all = [
		...published.sections.filter(({ part }) => !news.has(part)),
		...sections.map((section) => ({ ...section, measured })),
	];
	return { ...published, sections: all.sort((a, b) => order.indexOf(a.part ?? '') - order.indexOf(b.part ?? '')) };
}

function toTable(head: string[], rows: Section['rows']) {
	const line = (cells: Section['rows'][number]) => `| ${cells.join(' | ')} |`;
	return [line(head), line(head.map((_, index) => (index === 0 ? '---' : '---:'))), ...rows.map(line)];
}

/** A time as a person reads it. */
export function formatMs(ms: number) {
	if (ms < 10) return `${ms.toFixed(1)} ms`;
	if (ms < 1000) return `${Math.round(ms)} ms`;
	if (ms < 100_000) return `${(ms / 1000).toFixed(ms < 10_000 ? 2 : 1)} s`;
	return `${(ms / 60_000).toFixed(1)} min`;
}

export function formatRatio(ratio: number) {
	return `${ratio < 10 ? ratio.toFixed(2) : Math.round(ratio).toLocaleString('en')}×`;
}

export function formatCount(count: number) {
	return count.toLocaleString('en');
}
