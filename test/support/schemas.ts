import fs from 'node:fs';
import path from 'node:path';

/** Where n8n looks for the shapes of outputs: by version of the node, then resource and operation. */
const FOLDER = path.join(__dirname, '../../nodes/JSms/__schema__/v1.0.0');

/** Of the few kinds that n8n's editor shows. */
export interface Schema {
	type: string | string[];
	version?: number;
	properties?: Record<string, Schema>;
	items?: Schema;
}

/**
 * @param place e.g. `message`, `send`
 * @returns The schema; undefined when there is none
 */
export function schemaOf(...place: string[]): Schema | undefined {
	const file = path.join(FOLDER, `${path.join(...place)}.json`);
	return fs.existsSync(file) ? (JSON.parse(fs.readFileSync(file, 'utf8')) as Schema) : undefined;
}

/** All schemas there are, e.g. `message/send`. */
export function allSchemas(): string[] {
	return fs
		.readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
		.filter((file) => file.endsWith('.json'))
		.map((file) => file.replace(/\.json$/, '').replaceAll('\\', '/'))
		.sort();
}

/**
 * What a value has that its schema does not tell, or tells otherwise.
 * @returns One sentence for each; a field may always be missing
 */
export function contradictions(schema: Schema | undefined, value: unknown, place = 'item'): string[] {
	if (!schema) return [`${place} is not in the schema`];
	const type = typeOf(value);
	const allowed = [schema.type].flat();
	if (!allowed.includes(type) && !(type === 'integer' && allowed.includes('number')))
		return [`${place} is ${type}, not ${allowed.join(' or ')}`];
	if (Array.isArray(value)) return value.flatMap((one) => contradictions(schema.items, one, `${place}[]`));
	// Objects that people make themselves, such as template parameters, have no fields of their own in the schema.
	const { properties } = schema;
	if (type !== 'object' || !properties) return [];
	return Object.entries(value as object).flatMap(([name, one]) =>
		contradictions(properties[name], one, `${place}.${name}`),
	);
}

function typeOf(value: unknown) {
	if (value === null) return 'null';
	if (Array.isArray(value)) return 'array';
	return Number.isInteger(value) ? 'integer' : typeof value;
}
