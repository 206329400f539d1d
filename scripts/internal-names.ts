/**
 * Every name that a saved workflow or its expressions can hold: types, versions, parameters with their choices and defaults,
 * webhook paths, output fields. Once released none of them may change or go. `npm run docs` writes new ones down.
 */
import fs from 'node:fs';
import path from 'node:path';
import type {
	ICredentialType,
	INodeProperties,
	INodePropertyCollection,
	INodePropertyOptions,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';

const ROOT = path.resolve(__dirname, '..');
const FILE = path.join(ROOT, 'test', 'fixtures', 'internal-names.txt');

/** The lines of the file that holds all names known so far. */
export const knownNames = () => fs.readFileSync(FILE, 'utf8').trim().split('\n');

/** @returns one line for each, sorted */
export function internalNames(): string[] {
	const { n8n } = JSON.parse(fs.readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as {
		n8n: { nodes: string[]; credentials: string[] };
	};
	const load = <T>(file: string) =>
		Object.values(require(sourceOf(file)) as Record<string, new () => T>).map((Type) => new Type());
	return sorted([
		...namesOf(n8n.nodes.flatMap(load<INodeType>), n8n.credentials.flatMap(load<ICredentialType>)),
		...schemaLines(path.join(ROOT, 'nodes')),
	]);
}

/** The source of a file that package.json names as built. */
const sourceOf = (file: string) => path.join(ROOT, file.replace(/^dist\//, '').replace(/\.js$/, '.ts'));

/** Those of nodes and credentials alone. */
export function namesOf(nodes: INodeType[], credentials: ICredentialType[]): string[] {
	return sorted([
		...credentials.flatMap(({ name, properties }) => propertyLines(`credential ${name}`, properties)),
		...nodes.flatMap(({ description }) => nodeLines(description)),
	]);
}

const sorted = (lines: string[]) => [...new Set(lines)].sort();

function nodeLines({ name, version, credentials = [], webhooks = [], properties }: INodeTypeDescription): string[] {
	return [
		`node ${name} version ${version}`,
		...credentials.map((credential) => `node ${name} credential ${credential.name}`),
		// Part of the address that people have entered elsewhere.
		...webhooks.map(({ httpMethod, path: address }) => `node ${name} webhook ${httpMethod} ${address}`),
		...propertyLines(`node ${name}`, properties),
	];
}

function propertyLines(place: string, properties: INodeProperties[]): string[] {
	return properties.flatMap((property) => {
		const { name, type, default: value, options = [], displayOptions } = property;
		// Texts for people may be reworded at any time.
		if (type === 'notice') return [];
		const { resource, operation } = displayOptions?.show ?? {};
		const shown = resource ? ` ${resource}${operation ? `/${operation}` : ''}` : '';
		const own = `${place}${shown} ${name}`;
		return [
			`${own}: ${type}, default ${JSON.stringify(value)}`,
			...(type === 'options' || type === 'multiOptions'
				? (options as INodePropertyOptions[]).map((one) => `${own} = ${JSON.stringify(one.value)}`)
				: []),
			...(type === 'collection' ? propertyLines(own, options as INodeProperties[]) : []),
			...(type === 'fixedCollection'
				? (options as INodePropertyCollection[]).flatMap((one) => propertyLines(`${own}.${one.name}`, one.values))
				: []),
		];
	});
}

/** Output fields by operation, from the schemas that the editor reads. */
function schemaLines(folder: string) {
	return fs
		.readdirSync(folder, { recursive: true, encoding: 'utf8' })
		.filter((file) => file.includes('__schema__') && file.endsWith('.json'))
		.flatMap((file) => {
			const place = `output ${file
				.replace(/^.*__schema__[\\/]/, '')
				.replaceAll('\\', '/')
				.replace(/\.json$/, '')}`;
			return fieldLines(place, JSON.parse(fs.readFileSync(path.join(folder, file), 'utf8')));
		});
}

type Schema = { type: string; properties?: Record<string, Schema>; items?: Schema };

function fieldLines(place: string, { properties = {}, items }: Schema): string[] {
	if (items) return fieldLines(`${place}[]`, items);
	return Object.entries(properties).flatMap(([name, schema]) => [
		`${place} ${name}: ${schema.type}`,
		...fieldLines(`${place} ${name}`, schema),
	]);
}

/**
 * Writes new names into the file.
 * @throws where a name of the file is gone from the code: a line is only ever taken out by hand
 */
export function writeNewNames() {
	const names = internalNames();
	const gone = knownNames().filter((line) => !names.includes(line));
	if (gone.length > 0) throw new Error(`Saved workflows can hold these names, which are gone:\n${gone.join('\n')}`);
	fs.writeFileSync(FILE, `${names.join('\n')}\n`);
}
