import fs from 'node:fs';
import path from 'node:path';
import type { INode } from 'n8n-workflow';
import { MAX_PICTURE_BYTES, STICKY_NOTE, readExamples } from '../support/examples';
import { ROOT } from '../support/root';

const README = fs.readFileSync(path.join(ROOT, 'examples', 'README.md'), 'utf8');

const exists = (file: string) => fs.existsSync(path.join(ROOT, file));

/** What GitHub makes of a heading. */
const anchorOf = (heading: string) =>
	heading
		.toLowerCase()
		.replace(/[^\p{L}\p{N} -]/gu, '')
		.replaceAll(' ', '-');

/** The sections of the index, by the anchors that lead to them. */
const SECTIONS = new Map(
	README.split(/^## /m)
		.slice(1)
		.map((section) => [anchorOf(section.slice(0, section.indexOf('\n'))), section]),
);

/** Cells of the row of the index that links to a file; undefined when there is none. */
function rowOf(file: string) {
	const row = README.split('\n').find((line) => line.startsWith('|') && line.includes(`](${file})`));
	return row
		?.split('|')
		.slice(1, -1)
		.map((cell) => cell.trim());
}

/** Every text in a workflow, those inside of expressions and of code included. */
function textsOf(value: unknown): string[] {
	if (typeof value === 'string') return [value];
	return value && typeof value === 'object' ? Object.values(value).flatMap(textsOf) : [];
}

/** Numbers that the documentation and the sandbox use: nobody has them, as far as that can be known. */
const INVENTED = /^(1380000\d{4}|13812345678)$/;

interface Box {
	left: number;
	top: number;
	right: number;
	bottom: number;
}

/** What a node takes up on the canvas, its name below it included. */
function boxOf({ type, position: [left, top], parameters }: INode): Box {
	const size = parameters as { width?: number; height?: number };
	const { width, height } = type === STICKY_NOTE ? { width: 240, height: 160, ...size } : { width: 96, height: 140 };
	return { left, top, right: left + width, bottom: top + height };
}
const touch = (a: Box, b: Box) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
const isWithin = (a: Box, b: Box) => a.left >= b.left && a.right <= b.right && a.top >= b.top && a.bottom <= b.bottom;

describe.each(readExamples())('examples/$name.json', ({ name, workflow, picture }) => {
	const steps = workflow.nodes.filter(({ type }) => type !== STICKY_NOTE);
	const notes = workflow.nodes.filter(({ type }) => type === STICKY_NOTE);

	it('has a row in the index: when to use it, its nodes, how to set it up, its picture', () => {
		const row = rowOf(`${name}.json`);
		expect(row).toEqual([
			`[${name}.json](${name}.json)`,
			expect.stringMatching(/\w/),
			expect.stringMatching(/\*\*JSms/),
			expect.stringMatching(/^\[[^\]]+\]\(#[^)]+\)$/),
			`[Canvas](../${picture})`,
		]);
		const anchor = /\(#([^)]+)\)/.exec(row?.[3] ?? '')?.[1];
		const section = SECTIONS.get(anchor ?? '') ?? '';
		expect(section).toMatch(/!\[[^\]]+\]\([^)]+\)\n\n[^!]{40,}/);
		expect(section).toContain(`](../${picture})`);
	});

	it('is described in Chinese, too', () => {
		const row = README.split('\n').find((line) => line.startsWith(`| [${name}.json]`));
		expect(row).toMatch(/<br>[^|]*\p{Script=Han}{4,}/u);
	});

	it('has a picture of its canvas that loads quickly (npm run pictures)', () => {
		expect(exists(picture)).toBe(true);
		expect(fs.statSync(path.join(ROOT, picture)).size).toBeLessThan(MAX_PICTURE_BYTES);
	});

	it('is run in a real n8n', () => {
		expect(exists(`test/e2e/examples/${name}.ts`)).toBe(true);
	});

	it('explains itself in notes, and begins with one', () => {
		expect(notes.length).toBeGreaterThan(0);
		for (const { parameters } of notes) expect(parameters.content).toMatch(/^## .+\n[^]{20,}/);
	});

	it('has every note in Chinese, too', () => {
		const names = notes.map((note) => note.name);
		const chinese = notes.filter(({ name: title }) => title.endsWith(' (Chinese)'));
		expect(chinese.map(({ name: title }) => title).sort()).toEqual(
			names
				.filter((title) => !title.endsWith(' (Chinese)'))
				.map((title) => `${title} (Chinese)`)
				.sort(),
		);
		for (const { parameters } of chinese) expect(parameters.content).toMatch(/\p{Script=Han}{4,}/u);
		expect(workflow.name).toMatch(/ \/ .*\p{Script=Han}/u);
	});

	it('lies on the canvas with nothing half covered', () => {
		const pairs = workflow.nodes.flatMap((one, index) =>
			workflow.nodes.slice(index + 1).map((other) => [one, other] as const),
		);
		const covered = pairs.filter(([one, other]) => {
			const [a, b] = [boxOf(one), boxOf(other)];
			return touch(a, b) && !isWithin(a, b) && !isWithin(b, a);
		});
		expect(covered.map((pair) => pair.map((node) => node.name))).toEqual([]);
	});

	it('names its nodes so that one can tell them apart', () => {
		const names = workflow.nodes.map((node) => node.name);
		expect(new Set(names).size).toBe(names.length);
		expect(workflow.name).toMatch(/^[A-Z].{9,}/);
	});

	it('is as a file for strangers has to be: no credentials, no pinned data, no traces of where it was made', () => {
		expect(workflow.nodes.filter(({ credentials }) => credentials)).toEqual([]);
		expect(Object.keys(workflow).sort()).toEqual(['connections', 'name', 'nodes', 'settings']);
	});

	it('holds invented numbers only, and nothing that looks like a key', () => {
		const texts = textsOf(workflow);
		const numbers = texts.flatMap((text) => text.replace(/[ -]/g, '').match(/(?<!\d)1\d{10}(?!\d)/g) ?? []);
		expect(numbers.filter((number) => !INVENTED.test(number))).toEqual([]);
		expect(texts.flatMap((text) => text.match(/\b[0-9a-f]{24}\b/gi) ?? [])).toEqual([]);
	});

	it('connects nodes that are there, and leaves none alone', () => {
		const targets = Object.values(workflow.connections).flatMap((outputs) =>
			Object.values(outputs).flatMap((list) => list.flatMap((one) => (one ?? []).map(({ node }) => node))),
		);
		const joined = new Set([...Object.keys(workflow.connections), ...targets]);
		expect([...joined].sort()).toEqual(steps.map((step) => step.name).sort());
	});
});

it('the index and the folders of tests and pictures tell of no example that is gone', () => {
	const names = readExamples().map(({ name }) => name);
	const without = (folder: string, ending: string) =>
		fs.readdirSync(path.join(ROOT, folder)).map((file) => path.basename(file, ending));
	const rows = [...README.matchAll(/^\| \[([^\]]+)\.json\]/gm)].map(([, name]) => name);
	expect(rows.sort()).toEqual(names);
	expect(without('test/e2e/examples', '.ts').sort()).toEqual(names);
	expect(without('docs/images/examples', '.png').sort()).toEqual(names);
});
