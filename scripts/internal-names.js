'use strict';

/**
 * Every name that a saved workflow or its expressions can hold: types, versions, parameters with their choices and defaults,
 * webhook paths, output fields. Once released none of them may change or go. `node scripts/internal-names.js` writes them down; needs a build.
 */
const fs = require('node:fs');
const path = require('node:path');

const ROOT = path.resolve(__dirname, '..');
const FILE = path.join(ROOT, 'test', 'fixtures', 'internal-names.txt');

/** @returns {string[]} one line for each, sorted */
function internalNames() {
	const { n8n } = JSON.parse(fs.readFileSync(path.join(ROOT, 'package.json'), 'utf8'));
	const load = (file) => Object.values(require(path.join(ROOT, file))).map((Type) => new Type());
	return sorted([
		...namesOf(n8n.nodes.flatMap(load), n8n.credentials.flatMap(load)),
		...schemaLines(path.join(ROOT, 'dist', 'nodes')),
	]);
}

/** Those of nodes and credentials alone, which need no build. */
function namesOf(nodes, credentials) {
	return sorted([
		...credentials.flatMap(({ name, properties }) => propertyLines(`credential ${name}`, properties)),
		...nodes.flatMap(({ description }) => nodeLines(description)),
	]);
}

const sorted = (lines) => [...new Set(lines)].sort();

function nodeLines({ name, version, credentials = [], webhooks = [], properties }) {
	return [
		`node ${name} version ${version}`,
		...credentials.map((credential) => `node ${name} credential ${credential.name}`),
		// Part of the address that people have entered elsewhere.
		...webhooks.map(({ httpMethod, path: address }) => `node ${name} webhook ${httpMethod} ${address}`),
		...propertyLines(`node ${name}`, properties),
	];
}

/** @param {string} place @param {any[]} properties */
function propertyLines(place, properties) {
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
				? options.map((one) => `${own} = ${JSON.stringify(one.value)}`)
				: []),
			...(type === 'collection' ? propertyLines(own, options) : []),
			...(type === 'fixedCollection' ? options.flatMap((one) => propertyLines(`${own}.${one.name}`, one.values)) : []),
		];
	});
}

/** Output fields by operation, from the schemas that the editor reads. */
function schemaLines(folder) {
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

function fieldLines(place, { properties = {}, items }) {
	if (items) return fieldLines(`${place}[]`, items);
	return Object.entries(properties).flatMap(([name, schema]) => [
		`${place} ${name}: ${schema.type}`,
		...fieldLines(`${place} ${name}`, schema),
	]);
}

module.exports = { FILE, internalNames, namesOf };

if (require.main === module) fs.writeFileSync(FILE, `${internalNames().join('\n')}\n`);
