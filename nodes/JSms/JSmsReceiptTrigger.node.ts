import {
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type IPollFunctions,
	NodeConnectionTypes,
} from 'n8n-workflow';

import { POLLING_FIELDS } from './fields/polling';
import { poll } from './triggers/poll';

export class JSmsReceiptTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'JSms Receipt Trigger',
		name: 'jSmsReceiptTrigger',
		icon: { light: 'file:../../icons/jsms.svg', dark: 'file:../../icons/jsms.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: '={{ [].concat($parameter["events"]).join(", ") }}',
		description: 'Asks JSMS for delivery reports and replies at intervals; works behind any firewall',
		eventTriggerDescription: '',
		builderHint: {
			searchHint:
				'Starts a workflow with the delivery reports and replies that JSMS of Jiguang has gathered since the last poll, all of them in one execution. Use it for campaigns and wherever n8n has no public address. JSMS gives out each record only once: do not use two of these nodes for the same application.',
			relatedNodes: [
				{
					nodeType: 'n8n-nodes-jsms.jSmsTrigger',
					relationHint: 'The same items at once, one per execution; needs a public address. Use one of the two',
				},
				{
					nodeType: 'n8n-nodes-jsms.jSms',
					relationHint: 'Sends the SMS; the delivery report of the SMS has the same msg_id',
				},
			],
		},
		defaults: { name: 'JSms Receipt Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'jSmsApi', required: true }],
		properties: POLLING_FIELDS,
	};

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return await poll(this);
	}
}
