import {
	type INodeParameters,
	type INodeProperties,
	type INodePropertyCollection,
	NodeHelpers,
	Workflow,
} from 'n8n-workflow';

import { JSms } from '../../nodes/JSms/JSms.node';
import { PROPERTIES } from '../../nodes/JSms/resources/description';
import type { Operation } from '../../nodes/JSms/model/operation';
import { CATALOG, findOperation } from '../../nodes/JSms/resources';

const OPERATIONS = CATALOG.flatMap(({ value: resource, operations }) =>
	operations.map((operation) => ({ resource, operation, title: `${resource} ${operation.value}` })),
);

/** The properties an operation shows, as n8n decides it, whatever else is chosen. */
const fieldsOf = (resource: string, operation: Operation) =>
	PROPERTIES.filter(({ displayOptions }) => {
		const { resource: resources, operation: operations } = displayOptions?.show ?? {};
		return resources?.includes(resource) && operations?.includes(operation.value);
	});
const optionsOf = (fields: INodeProperties[]) =>
	(fields.find(({ name }) => name === 'options')?.options ?? []) as INodeProperties[];

/** Every property of the node with those inside collections. */
function allProperties(properties: INodeProperties[]): INodeProperties[] {
	return properties.flatMap((property) => [property, ...allProperties(childrenOf(property))]);
}
function childrenOf({ type, options = [] }: INodeProperties): INodeProperties[] {
	if (type === 'collection') return options as INodeProperties[];
	if (type === 'fixedCollection') return (options as INodePropertyCollection[]).flatMap(({ values }) => values);
	return [];
}

const SMALL_WORDS = new Set(['of', 'and', 'per', 'a', 'the', 'to', 'or', 'in']);
const isTitleCase = (text: string) =>
	text.split(/[ (]+/).every((word, index) => (index > 0 && SMALL_WORDS.has(word)) || /^[A-Z0-9]/.test(word));
const isSentenceCase = (text: string) =>
	/^[A-Z]/.test(text) &&
	text
		.split(' ')
		.slice(1)
		.every((word) => /^[a-z0-9{]/.test(word) || /^(SMS|JSMS|ID|JSON|AI)\b/.test(word));

it('stores the template parameters in the shapes it promises', () => {
	const [mapper] = PROPERTIES.filter(({ name }) => name === 'templateFields');
	expect(mapper).toMatchObject({
		type: 'resourceMapper',
		default: { mappingMode: 'defineBelow', value: null },
		typeOptions: {
			loadOptionsDependsOn: ['templateId'],
			resourceMapper: { resourceMapperMethod: 'getTemplateFields', mode: 'add' },
		},
	});
	const [pairs] = PROPERTIES.filter(({ name }) => name === 'parameters');
	expect(pairs).toMatchObject({
		type: 'fixedCollection',
		options: [{ name: 'parameter', values: [{ name: 'name' }, { name: 'value' }] }],
	});
});

describe('labels', () => {
	it.each(OPERATIONS)(
		'of $title are a name in Title Case, an action in sentence case and a description',
		({ operation }) => {
			expect({ name: operation.name, ok: isTitleCase(operation.name) }).toEqual({ name: operation.name, ok: true });
			expect({ action: operation.action, ok: isSentenceCase(operation.action) }).toEqual({
				action: operation.action,
				ok: true,
			});
			expect(operation.description).toMatch(/^[A-Z]/);
		},
	);

	it('of resources and fields are in Title Case', () => {
		const labels = [
			...CATALOG.map(({ name }) => name),
			...allProperties(PROPERTIES)
				.filter(({ type }) => type !== 'notice')
				.map(({ displayName }) => displayName),
		];
		expect(labels.filter((label) => !isTitleCase(label))).toEqual([]);
	});

	it('do not repeat the name of the resource where it stands above', () => {
		for (const { name, operations } of CATALOG) expect(operations.filter((one) => one.name.includes(name))).toEqual([]);
	});

	it('of actions are different for every operation', () => {
		const actions = OPERATIONS.map(({ operation }) => operation.action);
		expect(new Set(actions).size).toBe(actions.length);
	});
});

describe('fields', () => {
	const fields = allProperties(PROPERTIES).filter(
		({ name, type }) =>
			type !== 'notice' && !['resource', 'operation', 'options', 'templateFields', 'value'].includes(name),
	);

	it('have a description that is a phrase without a period, or several sentences', () => {
		for (const { name, description = '' } of fields) {
			expect({ name, description }).toEqual({ name, description: expect.stringMatching(/^[A-Z].{9,}/) as string });
			const sentences = description.split(/\. /).length;
			expect({ name, period: description.endsWith('.') }).toEqual({
				name,
				period: sentences > 1 || /\. |; /.test(description),
			});
		}
	});

	it('have placeholders that begin with "e.g."', () => {
		const wrong = fields.filter(
			({ placeholder, type }) =>
				placeholder && !['collection', 'fixedCollection'].includes(type) && !placeholder.startsWith('e.g. '),
		);
		expect(wrong.map(({ name }) => name)).toEqual([]);
	});

	it('of the same name have the same type wherever they occur', () => {
		const types = new Map<string, string>();
		for (const { name, type } of PROPERTIES) {
			expect({ name, type }).toEqual({ name, type: types.get(name) ?? type });
			types.set(name, type);
		}
	});

	it('have limits that the readers enforce too', () => {
		const limitsOf = (name: string) => allProperties(PROPERTIES).find((one) => one.name === name)?.typeOptions;
		expect(limitsOf('batchSize')).toMatchObject({ minValue: 1, maxValue: 1000 });
		expect(limitsOf('concurrency')).toMatchObject({ minValue: 1, maxValue: 20 });
		expect(limitsOf('ttl')).toMatchObject({ minValue: 1, maxValue: 86400 });
	});
});

it.each(OPERATIONS)('sorts the options of $title by their labels', ({ resource, operation }) => {
	const labels = optionsOf(fieldsOf(resource, operation)).map(({ displayName }) => displayName);
	expect(labels).toEqual([...labels].sort((a, b) => a.localeCompare(b)));
});

it('sorts operations by their labels', () => {
	for (const { operations } of CATALOG) {
		const names = operations.map(({ name }) => name);
		expect(names).toEqual([...names].sort((a, b) => a.localeCompare(b)));
	}
});

it('shows resources in the order of use', () => {
	const order = ['message', 'verificationCode', 'schedule', 'receipt', 'account', 'template', 'signature'];
	const shown = CATALOG.map(({ value }) => value);
	expect(shown).toEqual(order.filter((value) => shown.includes(value)));
});

it('finds operations by their stored values only', () => {
	expect(findOperation('message', 'sendBatch')?.kind).toBe('batch');
	for (const [resource, operation] of [
		['message', 'sendText'],
		['verificationCode', 'send'],
		['message', '__CUSTOM_API_CALL__'],
		['toString', 'constructor'],
		[undefined, undefined],
	]) {
		expect(findOperation(resource, operation)).toBeUndefined();
	}
});

describe('the node', () => {
	const { description } = new JSms();

	it('has three named outputs for a batch, unless one is chosen, and one otherwise', () => {
		const evaluate = (operation?: string, changes: INodeParameters = {}) => {
			const resource = /^(create|update)Batch$/.test(String(operation)) ? 'schedule' : 'message';
			const parameters = { resource, ...(operation !== undefined && { operation }), ...changes };
			const node = {
				id: '1',
				name: 'JSms',
				type: 'jSms',
				typeVersion: 1,
				position: [0, 0] as [number, number],
				parameters,
			};
			const nodeType = new JSms();
			const nodeTypes = { getByName: () => nodeType, getByNameAndVersion: () => nodeType, getKnownTypes: () => ({}) };
			const workflow = new Workflow({ nodes: [node], connections: {}, active: false, nodeTypes });
			return NodeHelpers.getNodeOutputs(workflow, node, description);
		};
		const three = [
			{ type: 'main', displayName: 'Sent' },
			{ type: 'main', displayName: 'Failed' },
			{ type: 'main', displayName: 'Unknown' },
		];
		for (const operation of ['sendBatch', 'createBatch', 'updateBatch']) {
			expect(evaluate(operation)).toEqual(three);
			expect(evaluate(operation, { options: { rowsOn: 'threeOutputs' } })).toEqual(three);
			expect(evaluate(operation, { options: { rowsOn: 'oneOutput' } })).toEqual([{ type: 'main' }]);
		}
		for (const operation of ['send', 'sendText', 'getAppBalance', '__CUSTOM_API_CALL__', undefined]) {
			expect(evaluate(operation)).toEqual([{ type: 'main' }]);
		}
	});

	it('asks for the developer keys only where they are used', () => {
		const shown = (operation: string) =>
			(description.credentials ?? [])
				.filter((one) => NodeHelpers.displayParameter({ operation }, one, { typeVersion: 1 }, description))
				.map(({ name }) => name);
		expect(shown('getDeveloperBalance')).toEqual(['jSmsDeveloperApi']);
		for (const { operation } of OPERATIONS) {
			expect(shown(operation.value)).toEqual([operation.credential ?? 'jSmsApi']);
		}
	});

	it('is version 1, a tool, and called as its type says', () => {
		expect(description).toMatchObject({
			name: 'jSms',
			displayName: 'JSms',
			version: 1,
			usableAsTool: { replacements: { description: expect.any(String) as string } },
			inputs: ['main'],
		});
	});
});
