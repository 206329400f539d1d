import { replaceParts, toMarkdown, type Section } from '../../benchmark/report';

/** A part of the benchmark as it stands in a report, with one line of figures. */
const section = (part: string, title: string, figure: string): Section => ({
	part,
	title,
	text: 'What was done.',
	head: ['Way', 'Time'],
	rows: [['JSms, Send', figure]],
	raw: [{ figure }],
});

const machine = { processor: 'Example CPU', cores: 2, packageVersion: '0.1.0', loadBefore: '2.50' };

const published: {
	date: string;
	quick: boolean;
	machine: Record<string, string | number>;
	seconds: number;
	sections: Section[];
} = {
	date: '2026-01-02',
	quick: false,
	machine,
	seconds: 1800,
	sections: [
		section('engine', 'In the engine', '10 ms'),
		section('receipts', 'Reports that are pulled', '30 ms'),
		section('receipts', 'Callbacks', '40 ms'),
		{ ...section('memory', 'Memory', '50 MB'), measured: 'Measured on 2026-01-15 by itself.' },
	],
};

const measuredAgain = (sections: Section[]) => ({
	date: '2026-02-03',
	machine: { ...machine, packageVersion: '0.2.0', loadBefore: '0.10' },
	seconds: 60,
	sections,
});

/** `npm run bench -- --only <the parts of these sections> --publish`, a month later, with a newer package. */
const measureAgain = (sections: Section[], order = ['engine', 'everyday', 'receipts', 'memory']) =>
	replaceParts(published, measuredAgain(sections), order) as typeof published;

const note = 'Measured on 2026-02-03 by itself: n8n-nodes-jsms 0.2.0; load before the run: 0.10.';

describe('parts of the benchmark that are measured anew', () => {
	it('take the place of the older ones, say when they were measured, and leave everything else as it was', () => {
		const before = structuredClone(published);

		const report = measureAgain([section('engine', 'In the engine', '9 ms')]);

		const [, ...others] = before.sections;
		expect(report).toEqual({
			...before,
			sections: [{ ...section('engine', 'In the engine', '9 ms'), measured: note }, ...others],
		});
		expect(published).toEqual(before);
	});

	it('are exchanged whole, also when they have another number of tables than before', () => {
		const { sections } = measureAgain([section('receipts', 'Reports and callbacks', '25 ms')]);

		expect(sections.map(({ title }) => title)).toEqual(['In the engine', 'Reports and callbacks', 'Memory']);
	});

	it('come where the report has them, new parts too, and tables of one part keep their order', () => {
		const { sections } = measureAgain([
			section('everyday', 'What people do every day', '5 ms'),
			section('receipts', 'Reports that are pulled', '31 ms'),
			section('receipts', 'Callbacks', '41 ms'),
		]);

		expect(sections.map(({ title, rows }) => [title, rows[0][1]])).toEqual([
			['In the engine', '10 ms'],
			['What people do every day', '5 ms'],
			['Reports that are pulled', '31 ms'],
			['Callbacks', '41 ms'],
			['Memory', '50 MB'],
		]);
	});

	it('say in the written report when they were measured; an older note stays with its part', () => {
		const lines = toMarkdown(measureAgain([section('engine', 'In the engine', '9 ms')])).split('\n');

		expect(lines[0]).toBe('# Benchmark, 2026-01-02');
		expect(lines.filter((line) => line.startsWith('What was done.'))).toEqual([
			`What was done. ${note}`,
			'What was done.',
			'What was done.',
			'What was done. Measured on 2026-01-15 by itself.',
		]);
	});
});
