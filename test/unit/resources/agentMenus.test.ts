import {
	type INodeParameters,
	type INodeProperties,
	type INodePropertyOptions,
	type INodeTypeDescription,
	NodeHelpers,
} from 'n8n-workflow';

import { JSms } from '../../../nodes/JSms/JSms.node';
import { CATALOG } from '../../../nodes/JSms/resources';

/** What the menus offer in a workflow and to an AI agent, by the rules with which n8n's editor shows fields and entries. */
const { description } = new JSms();
const asTool: INodeTypeDescription = { ...description, name: `${description.name}Tool` };
const NODE = { typeVersion: 1 };

/** The parameters as n8n completes them when it loads a workflow. */
const complete = (parameters: INodeParameters, type: INodeTypeDescription) =>
	NodeHelpers.getNodeParameters(type.properties, parameters, true, false, NODE, type) ?? {};

const shown = (parameters: INodeParameters, one: INodeProperties | INodePropertyOptions, type: INodeTypeDescription) =>
	NodeHelpers.displayParameter(parameters, one as INodeProperties, NODE, type);

/** The values that the one menu of this name offers. */
function offered(menu: string, parameters: INodeParameters, type: INodeTypeDescription): unknown[] {
	const all = complete(parameters, type);
	const menus = type.properties.filter((property) => property.name === menu && shown(all, property, type));
	expect(menus).toHaveLength(1);
	return (menus[0].options as INodePropertyOptions[]).filter((one) => shown(all, one, type)).map(({ value }) => value);
}

const RESOURCES = CATALOG.map(({ value }) => value);
const everything = (parameters: INodeParameters, type: INodeTypeDescription) =>
	Object.fromEntries(
		RESOURCES.map((resource) => [resource, offered('operation', { ...parameters, resource }, type)] as const),
	);

it('offers an agent sending, codes and reading', () => {
	expect(offered('resource', {}, asTool)).toEqual(RESOURCES.filter((resource) => resource !== 'receipt'));
	const forAgents = everything({}, asTool);
	expect(forAgents).toMatchObject({
		message: ['send', 'sendBatch'],
		receipt: [],
		verificationCode: ['sendText', 'sendVoice', 'verify'],
	});
	for (const resource of ['account', 'schedule', 'signature', 'template']) {
		expect(forAgents[resource]).toContain(resource === 'account' ? 'getAppBalance' : 'get');
		expect(forAgents[resource].filter((one) => /^(create|update|delete)/.test(String(one)))).toEqual([]);
	}
	expect(forAgents.template).toContain('preview');
});

it('offers an agent all that a workflow is offered where a person asks for it', () => {
	expect(offered('resource', { allOperations: true }, asTool)).toEqual(RESOURCES);
	expect(everything({ allOperations: true }, asTool)).toEqual(everything({}, description));
	expect(everything({}, description)).toEqual(
		Object.fromEntries(CATALOG.map(({ value, operations }) => [value, operations.map((one) => one.value)])),
	);
});

it('starts with an operation that is offered', () => {
	for (const resource of RESOURCES) {
		for (const [type, parameters] of [
			[description, {}],
			...(resource === 'receipt' ? [] : [[asTool, {}] as const]),
			[asTool, { allOperations: true }],
		] as const) {
			const { operation } = complete({ ...parameters, resource }, type);
			expect(offered('operation', { ...parameters, resource }, type)).toContain(operation);
		}
	}
});

it('asks people, not workflows, whether to offer all operations', () => {
	const [field] = description.properties.filter(({ name }) => name === 'allOperations');
	expect([shown({}, field, asTool), shown({}, field, description)]).toEqual([true, false]);
	expect(complete({ resource: 'template' }, description)).not.toHaveProperty('allOperations');
});

it('keeps the operation of a tool that was saved with one that is not offered', () => {
	for (const [resource, operation] of [
		['template', 'delete'],
		['signature', 'create'],
		['receipt', 'pullReports'],
		['schedule', 'createBatch'],
	]) {
		expect(complete({ resource, operation }, asTool)).toMatchObject({ resource, operation, options: {} });
	}
});
