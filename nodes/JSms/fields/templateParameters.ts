import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { isRecord, nameIn } from '../model/json';
import type { TemplateParameters } from '../model/recipient';
import { missingNames } from '../model/templateText';
import { parseField } from './jsonText';
import { allowsUnusual } from './options';
import { toParameterText } from './parameterText';
import { InputProblem, kindOf, type Read } from '../model/inputProblem';

const pairsField: INodeProperties = {
	displayName: 'Parameters',
	name: 'parameters',
	type: 'fixedCollection',
	placeholder: 'Add Parameter',
	default: {},
	typeOptions: { multipleValues: true },
	options: [
		{
			name: 'parameter',
			displayName: 'Parameter',
			values: [
				{
					displayName: 'Name',
					name: 'name',
					type: 'string',
					default: '',
					placeholder: 'e.g. number',
					description: 'The name between the double braces in the template',
				},
				{ displayName: 'Value', name: 'value', type: 'string', default: '', placeholder: 'e.g. 741627' },
			],
		},
	],
};

export const templateParameterFields: INodeProperties[] = [
	{
		displayName: 'Template Parameters',
		name: 'parameterMode',
		type: 'options',
		noDataExpression: true,
		default: 'templateFields',
		options: [
			{
				name: 'Fields of the Template',
				value: 'templateFields',
				description: "Show the template's own parameters as fields",
			},
			{
				name: 'Name and Value Pairs',
				value: 'pairs',
				description: 'Add one row per parameter',
			},
			{
				name: 'JSON',
				value: 'json',
				description: 'Give all parameters as one object',
			},
		],
		description: 'How to give the values that JSMS puts into the template',
		builderHint: {
			propertyHint:
				"Use 'pairs' with one row per parameter of the template. The fields of 'templateFields' are only known once the editor has read the template.",
		},
	},
	{
		displayName: 'Parameters',
		name: 'templateFields',
		type: 'resourceMapper',
		noDataExpression: true,
		default: { mappingMode: 'defineBelow', value: null },
		displayOptions: { show: { parameterMode: ['templateFields'] } },
		typeOptions: {
			loadOptionsDependsOn: ['templateId'],
			resourceMapper: {
				resourceMapperMethod: 'getTemplateFields',
				mode: 'add',
				fieldWords: { singular: 'parameter', plural: 'parameters' },
				addAllFields: true,
				multiKeyMatch: false,
				supportAutoMap: true,
				// WHY: the editor's own line would call a template without parameters an error; the notice says what is.
				hideNoDataError: true,
			},
		},
	},
	{
		...pairsField,
		displayOptions: { show: { parameterMode: ['pairs'] } },
		description: 'One row for each parameter of the template',
	},
	{
		displayName: 'Parameters (JSON)',
		name: 'parametersJson',
		type: 'json',
		default: '{}',
		placeholder: 'e.g. { "number": "741627" }',
		displayOptions: { show: { parameterMode: ['json'] } },
		description: 'One object with a value for each parameter of the template',
		hint: 'An object such as { "number": "741627" }',
	},
];

/** For lists of recipients: what stands in every SMS of the list. */
export const commonParametersField: INodeProperties = {
	...pairsField,
	displayName: 'Common Parameters',
	displayOptions: { show: { recipientsFrom: ['list'] } },
	description:
		"Parameters of the template that are the same for all recipients of the list. A recipient's own temp_para takes precedence.",
};

/** What reading the parameters of an item needs beside the fields themselves. */
export interface ParameterSource {
	read: Read;
	/** Reads a parameter with its expressions, as the editor stores it. */
	raw?: Read;
	/** The item's own data, for automatic mapping. */
	json: IDataObject;
	/** Parameter names of the template, where they are known. */
	names?: readonly string[];
}

/** True when the values come from the item's own fields of the same name. */
export function mapsAutomatically(read: Read): boolean {
	const mapping = read('parameterMode') === 'templateFields' ? read('templateFields') : undefined;
	return isRecord(mapping) && mapping.mappingMode === 'autoMapInputData';
}

/** Parameter names that the editor stored with the mapping; undefined when it stored none. */
export function storedNames(read: Read): string[] | undefined {
	const mapping = read('templateFields');
	if (!isRecord(mapping) || !Array.isArray(mapping.schema) || mapping.schema.length === 0) return undefined;
	const known = namesOfSchemas.get(mapping.schema);
	if (known) return known;
	const names = mapping.schema.flatMap((field) =>
		isRecord(field) && typeof field.id === 'string' && field.removed !== true ? [field.id] : [],
	);
	namesOfSchemas.set(mapping.schema, names);
	return names;
}

/** A stored schema is the same for all items of a run; its names are read from it once. */
const namesOfSchemas = new WeakMap<unknown[], string[]>();

/**
 * Reads the template parameters of an item, in whichever of the three ways they are given.
 * All three give the same object; values are text, as the service takes them.
 *
 * @throws InputProblem for a value that cannot stand in an SMS, broken JSON, or a parameter that is missing where the names are known
 */
export function readTemplateParameters(source: ParameterSource): TemplateParameters {
	const given = givenParameters(source);
	requireParameters(
		given,
		knownNames(source),
		mapsAutomatically(source.read)
			? 'Give the item a field of that name, or choose to map each parameter manually.'
			: "Fill in every parameter of the template under 'Template Parameters'.",
	);
	return textsOf(given, allowsUnusual(source.read));
}

/**
 * As `readTemplateParameters`, for a look at what there is: what is missing or empty is left out.
 * @throws InputProblem for a value that cannot stand in an SMS, or broken JSON
 */
export function readGivenParameters(source: ParameterSource): TemplateParameters {
	const given = givenParameters(source);
	for (const [name, value] of given) if (value === null || value === undefined) given.delete(name);
	return textsOf(given, allowsUnusual(source.read));
}

/** In place, without lists in between: a long list passes here once for every recipient. */
function textsOf(given: Map<string, unknown>, allows: () => boolean): TemplateParameters {
	for (const [name, value] of given) given.set(name, toParameterText(name, value, allows));
	return Object.fromEntries(given as Map<string, string>);
}

/**
 * Checks that every parameter of a template is given.
 * @param names of the template's parameters; nothing is checked where they are not known
 * @param hint  what to do
 * @throws InputProblem naming those that are missing
 */
export function requireParameters(
	given: { has(name: string): boolean },
	names: readonly string[] | undefined,
	hint: string,
): void {
	const missing = missingNames(names ?? [], (name) => given.has(name));
	if (missing.length === 0) return;
	throw new InputProblem(`Template parameter ${missing.map((name) => `'${name}'`).join(', ')} is missing`, hint);
}

/** The names looked up, or those stored with an automatic mapping: its stored names are all that the template has. */
function knownNames({ read, names }: ParameterSource): readonly string[] | undefined {
	return names ?? (mapsAutomatically(read) ? storedNames(read) : undefined);
}

/**
 * Reads the parameters of one recipient of a list from an object.
 * @param allows whether values that show a mistake are to be sent
 * @throws InputProblem when it is not an object, or for a value that cannot stand in an SMS
 */
export function toTemplateParameters(value: unknown, field: string, allows: () => boolean): TemplateParameters {
	return textsOf(entriesOf(value, undefined, field), allows);
}

/**
 * Reads the parameters that all recipients of an item's list have in common.
 * @throws InputProblem for a value that cannot stand in an SMS
 */
export function readCommonParameters(read: Read): TemplateParameters {
	return textsOf(fromPairs(read('parameters')), allowsUnusual(read));
}

function givenParameters({ read, raw, json, names }: ParameterSource): Map<string, unknown> {
	switch (read('parameterMode')) {
		case 'pairs':
			return fromPairs(read('parameters'));
		case 'json':
			return entriesOf(read('parametersJson'), raw?.('parametersJson'), "'Parameters (JSON)'");
		default:
			return fromTemplateFields(read, json, names);
	}
}

function fromTemplateFields(read: Read, json: IDataObject, names: readonly string[] | undefined): Map<string, unknown> {
	if (mapsAutomatically(read)) {
		return pick(json, names ?? storedNames(read) ?? []);
	}
	const mapping = read('templateFields');
	const values = isRecord(mapping) && isRecord(mapping.value) ? mapping.value : {};
	// A field that was left empty in the form is stored as null: not given, rather than given as nothing.
	return pick(values, storedNames(read) ?? Object.keys(values));
}

function pick(values: Record<string, unknown>, names: readonly string[]): Map<string, unknown> {
	const picked = new Map<string, unknown>();
	for (const name of names) {
		const key = nameIn(values, name);
		if (key !== undefined) picked.set(name, values[key]);
	}
	return picked;
}

function fromPairs(collection: unknown): Map<string, unknown> {
	const pairs = isRecord(collection) && Array.isArray(collection.parameter) ? collection.parameter : [];
	const given = new Map<string, unknown>();
	pairs.forEach((pair: unknown, index) => {
		const { name, value }: Record<string, unknown> = isRecord(pair) ? pair : {};
		if (typeof name !== 'string' || name.trim() === '') {
			throw new InputProblem(
				`Template parameter ${index + 1} has no name`,
				"Fill in 'Name' in that row of 'Parameters', or remove the row.",
				'everyone',
			);
		}
		if (given.has(name.trim())) {
			throw new InputProblem(
				`Template parameter '${name.trim()}' is given twice`,
				"Remove one of the two rows in 'Parameters'.",
				'everyone',
			);
		}
		given.set(name.trim(), value);
	});
	return given;
}

/** @param raw the text with its expressions, where the value comes from one */
function entriesOf(value: unknown, raw: unknown, field: string): Map<string, unknown> {
	const object = typeof value === 'string' ? parseField(value, raw, field, JSON_WORDS) : value;
	if (object === undefined || object === null || (Array.isArray(object) && object.length === 0)) return new Map();
	if (!isRecord(object)) {
		throw new InputProblem(
			`${field} holds ${kindOf(object)} instead of an object`,
			'Give an object such as { "number": "741627" }.',
		);
	}
	return new Map(Object.entries(object));
}

const JSON_WORDS = {
	is: 'valid JSON',
	hint: 'Give an object such as { "number": "741627" }; names and texts need double quotes.',
	instead: "choose 'Name and Value Pairs' under 'Template Parameters', or ",
};
