import type { IDisplayOptions, INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import type { Operation, Resource } from '../model/operation';

/** Operations that do something and that the menus offer when the node is a tool of an AI agent. */
const FOR_AGENTS: Readonly<Record<string, readonly string[] | undefined>> = {
	message: ['send', 'sendBatch'],
	verificationCode: ['sendText', 'sendVoice', 'verify'],
};

/** Agents are also offered what reads without taking anything away; all else only where a person asks for all operations. */
function isForAgents(resource: string, operation: Operation): boolean {
	const reads = operation.kind === 'preview' || (operation.kind === 'single' && operation.effect === 'idempotent');
	return reads || FOR_AGENTS[resource]?.includes(operation.value) === true;
}

/** Only the menus get shorter: a tool that was saved with another operation goes on working. */
export const allOperationsField: INodeProperties = {
	displayName: 'Offer All Operations',
	name: 'allOperations',
	type: 'boolean',
	noDataExpression: true,
	default: false,
	displayOptions: { show: { '@tool': [true] } },
	description:
		'Whether to also list the operations that schedule, change or delete something, or read receipts, which other workflows then no longer get. Leave this off unless the agent is meant to do exactly that.',
};

/** False for a tool of which nobody asked for all operations; in a workflow there is no such parameter, so nothing is hidden. */
const WHERE_ALL_ARE_OFFERED: IDisplayOptions = { hide: { [allOperationsField.name]: [false] } };

/** A menu entry of a resource, hidden from agents if none of its operations is for them. */
export function resourceOption({ name, value, description, operations }: Resource): INodePropertyOptions {
	const isOffered = operations.some((operation) => isForAgents(value, operation));
	return { name, value, description, ...(!isOffered && { displayOptions: WHERE_ALL_ARE_OFFERED }) };
}

/** The menus of a resource's operations: one for workflows and, where agents are not offered all of them, one for agents. */
export function operationMenus({ value: resource, operations }: Resource): INodeProperties[] {
	const offered = operations.filter((operation) => isForAgents(resource, operation)).map(({ value }) => value);
	const options = operations.map(({ name, value, action, description }) => ({ name, value, action, description }));
	const menu = (changes: Pick<INodeProperties, 'default' | 'options'>, show: IDisplayOptions['show'] = {}) => ({
		displayName: 'Operation',
		name: 'operation',
		type: 'options' as const,
		noDataExpression: true,
		displayOptions: { show: { resource: [resource], ...show } },
		...changes,
	});
	const first = options[0].value;
	if (options.every(({ value }) => offered.includes(value))) return [menu({ default: first, options })];
	const hidden = options.map((option) =>
		offered.includes(option.value) ? option : { ...option, displayOptions: WHERE_ALL_ARE_OFFERED },
	);
	return [
		menu({ default: first, options }, { '@tool': [false] }),
		menu({ default: offered[0] ?? first, options: hidden }, { '@tool': [true] }),
	];
}
