/** The guide stands in English and in Chinese: both have to name everything that the nodes can do. Needs a build. */
import { readFileSync } from 'node:fs';
import { basename, join, posix } from 'node:path';
import type {
	ICredentialType,
	INodeProperties,
	INodePropertyCollection,
	INodePropertyOptions,
	INodeType,
} from 'n8n-workflow';
import { pages } from '../../scripts/markdown';
import { ROOT } from '../support/root';
import { built } from './unpacked';

const read = (page: string) => readFileSync(join(ROOT, page), 'utf8');
const load = (name: string, folder = 'JSms') => {
	const classes = built(`nodes/${folder}/${name}.node.js`) as Record<string, new () => INodeType>;
	return new classes[name]().description;
};

/** The text below a heading, up to the next one of the same level. */
const section = (text: string, heading: string) => {
	const [, ...parts] = text.split(/^## /m);
	return parts.find((part) => part.startsWith(heading)) ?? '';
};

/** What stands in bold in the first cells of the tables of a text: one row may stand for several. */
const entries = (text: string) =>
	text
		.split('\n')
		.filter((line) => line.startsWith('| **'))
		.flatMap((line) => [...line.split(' | ')[0].matchAll(/\*\*(.+?)\*\*/g)].map(([, name]) => name))
		.sort();

const linked = (text: string) => [...text.matchAll(/\]\(([\w/.-]+\.md)\)/g)].map(([, page]) => page);
/** English pages outside of docs/, each with its Chinese page. */
const ELSEWHERE: Record<string, string> = { '../SECURITY.md': 'security.md', '../sandbox/README.md': 'sandbox.md' };
const inChinese = (page: string) => ELSEWHERE[page] ?? page;
const unique = (names: string[]) => [...new Set(names)].sort();

const { properties } = load('JSms');
const choicesOf = (field?: INodeProperties) => (field?.options ?? []) as INodePropertyOptions[];
const RESOURCES = choicesOf(properties.find(({ name }) => name === 'resource'));
const operationsOf = ({ value }: INodePropertyOptions) =>
	choicesOf(
		properties.find(
			({ name, displayOptions }) => name === 'operation' && displayOptions?.show?.resource?.includes(value),
		),
	);
const optionsIn = (fields: INodeProperties[]) =>
	fields
		.filter(({ name }) => name === 'options')
		.flatMap(({ options = [] }) => (options as INodePropertyCollection[]).map(({ displayName }) => displayName));
const TRIGGERS = ['JSmsTrigger', 'JSmsReceiptTrigger'].map((name) => load(name));
const { RETURN_CODES } = built('nodes/JSms/model/returnCodes') as typeof import('../../nodes/JSms/model/returnCodes');
const CODES = RETURN_CODES.map(({ code }) => code);

describe.each([
	{ language: 'English', folder: 'docs', headings: { guide: 'Guide', options: 'Options' } },
	{ language: 'Chinese', folder: 'docs/zh', headings: { guide: '使用指南', options: '选项（Options）' } },
])('the $language guide', ({ folder, headings }) => {
	const guide = linked(section(read(`${folder}/README.md`), headings.guide));
	const text = guide.map((page) => read(`${folder}/${page}`)).join('\n');

	it('has the pages of the other language', () => {
		const chinese = pages().filter((page) => page.startsWith('docs/zh/') && page !== 'docs/zh/README.md');
		expect(guide.length).toBeGreaterThan(0);
		expect(unique(guide.map(inChinese))).toEqual(chinese.map((page) => basename(page)).sort());
	});

	it.each(RESOURCES.map((resource) => [resource.name, resource] as const))(
		'has the operations of %s',
		(name, resource) => {
			const named = entries(section(read(`${folder}/operations.md`), `${name}\n`));
			expect(named).toEqual(
				operationsOf(resource)
					.map((operation) => operation.name)
					.sort(),
			);
		},
	);

	it('has the options of all operations', () => {
		expect(entries(section(read(`${folder}/operations.md`), headings.options))).toEqual(unique(optionsIn(properties)));
	});

	it('names every field, and every choice of how to give recipients and parameters', () => {
		const shown = properties.filter(
			({ type, name }) => type !== 'notice' && name !== 'resource' && name !== 'operation',
		);
		const choices = shown
			.filter(({ name }) => ['recipientsFrom', 'parameterMode'].includes(name))
			.flatMap((one) => choicesOf(one));
		const labels = [...shown.map(({ displayName }) => displayName), ...choices.map(({ name }) => name)];
		expect(unique(labels).filter((label) => !text.includes(label))).toEqual([]);
	});

	it('has the events and options of the triggers', () => {
		const named = entries(read(`${folder}/triggers.md`));
		const events = TRIGGERS.flatMap((trigger) => choicesOf(trigger.properties.find(({ name }) => name === 'events')));
		const names = [...events.map(({ name }) => name), ...TRIGGERS.flatMap((trigger) => optionsIn(trigger.properties))];
		expect(named).toEqual(unique(names));
	});

	it('has the options of the verification trigger, and names its fields', () => {
		const page = read(`${folder}/verification.md`);
		const { properties: fields } = load('JSmsVerificationTrigger', 'JSmsVerification');
		expect(entries(page)).toEqual(unique(optionsIn(fields)));
		const labels = fields.filter(({ type, name }) => type !== 'notice' && name !== 'options');
		// What stands below a choice of 'After Verification' explains itself.
		const missing = labels.filter(({ displayName, displayOptions }) => !displayOptions && !page.includes(displayName));
		expect(missing.map(({ displayName }) => displayName)).toEqual([]);
	});

	it('has every error of the JSON protocol', () => {
		const { STATUS_OF } = built(
			'nodes/JSms/verification/problems',
		) as typeof import('../../nodes/JSms/verification/problems');
		const rows = read(`${folder}/verification.md`)
			.split('\n')
			.filter((line) => /^\| \d{3} \|/.test(line));
		const told = rows.flatMap((row) =>
			[...row.split(' | ')[1].matchAll(/`(\w+)`/g)].map(([, error]) => [error, Number(row.slice(2, 5))] as const),
		);
		expect(Object.fromEntries(told)).toEqual(STATUS_OF);
	});

	it('names the fields of both credentials', () => {
		const page = read(`${folder}/credentials.md`);
		const fields = ['JSmsApi', 'JSmsDeveloperApi'].flatMap((name) => {
			const classes = built(`credentials/${name}.credentials.js`) as Record<string, new () => ICredentialType>;
			return new classes[name]().properties.map(({ displayName }) => displayName);
		});
		expect(unique(fields).filter((field) => !page.includes(`**${field}**`))).toEqual([]);
	});

	it('has every return code', () => {
		const rows = [...read(`${folder}/return-codes.md`).matchAll(/^\| (\d{5}) \|/gm)].map(([, code]) => Number(code));
		expect(rows).toEqual(CODES);
	});
});

it('both guides show the same pictures', () => {
	const pictures = (page: string) =>
		[...read(page).matchAll(/!\[.+?\]\((?:\.\.\/)*([\w/.-]+)\)/g)].map(([, file]) => file);
	const guide = linked(section(read('docs/README.md'), 'Guide'));
	const chinese = guide.map((page) => [page, pictures(`docs/zh/${inChinese(page)}`)] as const);
	expect(chinese).toEqual(guide.map((page) => [page, pictures(`docs/${page}`)]));
	expect(chinese.flatMap(([, files]) => files)).toContain('images/batch-canvas.png');
});

it('every page of docs/ is in its index, and every page of the guide in the README', () => {
	const all = pages().filter((page) => /^docs\/[^/]+\.md$/.test(page) && page !== 'docs/README.md');
	const index = linked(read('docs/README.md'));
	expect(all.filter((page) => !index.includes(basename(page)))).toEqual([]);
	const readme = linked(read('README.md'));
	const guide = linked(section(read('docs/README.md'), 'Guide')).map((page) => posix.join('docs', page));
	expect(guide.filter((page) => !readme.includes(page))).toEqual([]);
	expect(readme).toContain('docs/zh/README.md');
});
