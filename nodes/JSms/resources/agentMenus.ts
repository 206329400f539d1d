import type { IDisplayOptions, INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import type { Resource } from '../model/operation';

/**
 * What the menus offer when the node is a tool of an AI agent: sending, codes, and what reads without taking anything away.
 * An operation that is not named here is offered only where a person asks for all of them.
 */
const FOR_AGENTS: Readonly<Record<string, readonly string[] | undefined>> = {
	account: ['getAppBalance', 'getDeveloperBalance'],
	message: ['send', 'sendBatch'],
	schedule: ['get'],
	signature: ['get'],
	template: ['get', 'preview'],
	verificationCode: ['sendText', 'sendVoice', 'verify'],
};

/** Only the menus get shorter: a tool that was saved with another operation goes on working. */
export const allOperationsField: INodeProperties = {
	displayName: 'Offer All Operations',
	name: 'allOperations',
	type: 'boolean',
	noDataExpression: true,
	default: false,
	displayOptions: { show: { '@tool': [true] } },
	description:
		'Whether to also list the operations that plan, change or delete something, or that take receipts away from other workflows. Leave this off unless the agent is meant to do exactly that.',
};

/** False for a tool of which nobody asked for all operations; in a workflow there is no such parameter, so nothing is hidden. */
const WHERE_ALL_ARE_OFFERED: IDisplayOptions = { hide: { [allOperationsField.name]: [false] } };

/** A menu entry of a resource, hidden from agents if none of its operations is for them. */
export function resourceOption({ name, value, description }: Resource): INodePropertyOptions {
	return { name, value, description, ...(!FOR_AGENTS[value] && { displayOptions: WHERE_ALL_ARE_OFFERED }) };
}

/** The menus of a resource's operations: one for workflows and, where agents are not offered all of them, one for agents. */
export function operationMenus({ value: resource, operations }: Resource): INodeProperties[] {
	const offered = FOR_AGENTS[resource] ?? [];
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
