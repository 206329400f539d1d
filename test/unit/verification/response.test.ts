import {
	resolveWebhookDescriptionField,
	webhookDescriptionIsNativelyResolvable,
	Workflow,
	type INode,
	type INodeParameters,
	type INodeTypes,
} from 'n8n-workflow';

import { JSmsTrigger } from '../../../nodes/JSms/JSmsTrigger.node';
import { JSmsVerificationTrigger } from '../../../nodes/JSmsVerification/JSmsVerificationTrigger.node';

const trigger = new JSmsVerificationTrigger();
const [page, post] = trigger.description.webhooks ?? [];

function nodeWith(parameters: INodeParameters): INode {
	return { id: 'n', name: 'Trigger', type: 'test', typeVersion: 2, position: [0, 0], parameters };
}

/** What n8n's evaluator makes of a field. */
function evaluate(node: INode, field: 'responseMode' | 'responseData'): unknown {
	const nodeTypes = { getByNameAndVersion: () => trigger } as unknown as INodeTypes;
	const workflow = new Workflow({ id: 'w', nodes: [node], connections: {}, active: false, nodeTypes });
	return workflow.expression.getSimpleParameterValue(node, post[field] ?? '', 'webhook', {});
}

describe.each([
	['a page', { options: {}, respond: 'immediately' }, 'onReceived', undefined],
	['a page that responds with the last node', { options: {}, respond: 'lastNode' }, 'onReceived', undefined],
	['JSON', { options: { jsonApi: true }, respond: 'immediately' }, 'onReceived', undefined],
	['JSON, and the last node', { options: { jsonApi: true }, respond: 'lastNode' }, 'lastNode', 'firstEntryJson'],
])('%s', (_title, parameters, responseMode, responseData) => {
	const node = nodeWith(parameters);

	it.each([
		['responseMode', responseMode],
		['responseData', responseData],
	] as const)('has the same %s by function and by expression', (field, value) => {
		expect(resolveWebhookDescriptionField(node, post, field)).toEqual({ resolved: true, value });
		expect(evaluate(node, field)).toBe(value);
	});
});

it('leaves it to the expression where another field has one', () => {
	const node = nodeWith({ options: {}, respond: 'immediately', templateId: '={{ 1 }}' });
	expect(resolveWebhookDescriptionField(node, post, 'responseMode')).toEqual({ resolved: false });
});

it('lets n8n evaluate no expression for a request', () => {
	const descriptions = [page, post, ...(new JSmsTrigger().description.webhooks ?? [])];
	expect(descriptions.map(webhookDescriptionIsNativelyResolvable)).toEqual(descriptions.map(() => true));
});
