import type { INodeExecutionData, INodeType, INodeTypeDescription, IPollFunctions } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

import { POLLING_FIELDS } from './fields/polling';
import { poll } from './poll/poll';

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
