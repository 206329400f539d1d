import type { INodeProperties } from 'n8n-workflow';

import { allOperationsField, operationMenus, resourceOption } from './agentMenus';
import { includeInputOption, timeoutOption } from '../fields/options';
import type { Operation, Resource } from '../model/operation';
import { CATALOG } from './index';

const LABELS = Object.fromEntries(
	CATALOG.flatMap(({ name: resource, value, operations }) =>
		operations.map((operation) => [`${value}.${operation.value}`, `${operation.name}: ${resource}`]),
	),
);

/**
 * Shown on one line under the node's name, in the words of the menus: "Send Batch: Message". Empty for values that no menu
 * entry has. The labels come as one flat object, because two closing braces would end the expression.
 */
export const SUBTITLE = `={{ (${JSON.stringify(LABELS)})[$parameter["resource"] + "." + $parameter["operation"]] || "" }}`;

/** Values of all operations that are signed with the keys of an application. */
export const OPERATIONS_OF_APPLICATION = CATALOG.flatMap(({ operations }) => operations)
	.filter(({ credential = 'jSmsApi' }) => credential === 'jSmsApi')
	.map(({ value }) => value);

const BATCH_OPERATIONS = CATALOG.flatMap(({ operations }) => operations)
	.filter(({ kind }) => kind === 'batch')
	.map(({ value }) => value);

/**
 * Outputs of the node as n8n evaluates them for the canvas and the engine: three with names for a batch, unless 'Rows On'
 * is One Output; one otherwise. Options that are missing must not fail it.
 */
export const OUTPUTS: `={{${string}}}` = `={{ ${JSON.stringify(BATCH_OPERATIONS)}.includes($parameter["operation"]) && ($parameter["options"] || {})["rowsOn"] !== "oneOutput" ? [{ type: "main", displayName: "Sent" }, { type: "main", displayName: "Failed" }, { type: "main", displayName: "Unknown" }] : [{ type: "main" }] }}`;

/** Menus and fields of the whole node, computed from the catalog. */
export const PROPERTIES: INodeProperties[] = [
	resourceMenu(),
	...CATALOG.flatMap(operationMenus),
	allOperationsField,
	...CATALOG.flatMap(fieldsOf),
];

function resourceMenu(): INodeProperties {
	return {
		displayName: 'Resource',
		name: 'resource',
		type: 'options',
		noDataExpression: true,
		default: 'message',
		options: CATALOG.map(resourceOption),
	};
}

function fieldsOf({ value: resource, operations }: Resource): INodeProperties[] {
	return operations.flatMap((operation) =>
		[...operation.fields, optionsOf(operation)].map((field) => ({
			...field,
			displayOptions: {
				...field.displayOptions,
				show: { resource: [resource], operation: [operation.value], ...field.displayOptions?.show },
			},
		})),
	);
}

function optionsOf({ kind, options = [] }: Operation): INodeProperties {
	// What is pulled belongs to no input item.
	const common = kind === 'pull' ? [timeoutOption] : [includeInputOption, timeoutOption];
	return {
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [...options, ...common].sort((a, b) => a.displayName.localeCompare(b.displayName)),
	};
}
