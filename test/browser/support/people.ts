import type { IConnection, INode, INodeParameters } from 'n8n-workflow';
import { START, TYPE } from '../../e2e/support/workflows';
import { templateFields } from '../../support/operations';

/** Five numbers that JSMS takes, one it refuses (the sandbox: by its ending), and a person without a number. */
export const PEOPLE = [
	{ name: 'Li Lei', mobile: '13800005101', order: 'A-1001', date: '1 December' },
	{ name: 'Han Meimei', mobile: '13800005102', order: 'A-1002', date: '1 December' },
	{ name: 'Wang Fang', mobile: '138-0000-5103', order: 'A-1003', date: '1 December' },
	{ name: 'Chen Jing', mobile: '13800000006', order: 'A-1006', date: '2 December' },
	{ name: 'Liu Yang', mobile: '+86 138 0000 5105', order: 'A-1005', date: '2 December' },
	{ name: 'Xu Li', mobile: '', order: 'A-1012', date: '3 December' },
	{ name: 'Zhou Na', mobile: '13800005110', order: 'A-1010', date: '3 December' },
];

/** The last row of the response is lost: whether that message was sent is unknown. */
export const LOST_ANSWER = { kind: 'dropRows', count: 1, path: '/v1/messages/batch' };

const node = (
	name: string,
	type: string,
	typeVersion: number,
	position: [number, number],
	parameters: object,
	more?: Partial<INode>,
): INode => ({
	id: name.toLowerCase().replaceAll(' ', '-'),
	name,
	type,
	typeVersion,
	position,
	parameters: parameters as INodeParameters,
	...more,
});
const to = (...names: string[]) => ({
	main: names.map((name): IConnection[] => [{ node: name, type: 'main', index: 0 }]),
});

/** Start → People, as a user would paste it into an empty workflow. */
export const LIST = {
	nodes: [
		node(START, 'n8n-nodes-base.manualTrigger', 1, [0, 0], {}),
		node('People', 'n8n-nodes-base.code', 2, [220, 0], { jsCode: `return ${JSON.stringify(PEOPLE)}` }),
	],
	connections: { [START]: to('People') },
};

/** A whole workflow with something to do for each result, for the pictures of the README. */
export function showcase(credentials: Record<string, { id: string; name: string }>) {
	const send = {
		resource: 'message',
		operation: 'sendBatch',
		recipientsFrom: 'inputItems',
		mobile: '={{ $json.mobile }}',
		templateId: 2001,
		parameterMode: 'templateFields',
		templateFields: templateFields({
			name: '={{ $json.name }}',
			order: '={{ $json.order }}',
			date: '={{ $json.date }}',
		}),
		options: {},
	};
	const nothing = (name: string, y: number) => node(name, 'n8n-nodes-base.noOp', 1, [720, y], {});
	const followUps = ['Mark as sent', 'Tell support', 'Check later'];
	return {
		name: 'Order notices',
		nodes: [
			...LIST.nodes,
			node('Send the batch', TYPE, 1, [440, 0], send, { credentials }),
			...followUps.map((name, index) => nothing(name, (index - 1) * 160)),
		],
		connections: { ...LIST.connections, People: to('Send the batch'), 'Send the batch': to(...followUps) },
		settings: { executionOrder: 'v1' },
	};
}
