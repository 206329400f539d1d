import {
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	NodeConnectionTypes,
} from 'n8n-workflow';

import { OPERATIONS_OF_APPLICATION, OUTPUTS, PROPERTIES, SUBTITLE } from './resources/description';
import { runBatchOperation } from './execute/batch';
import { runPreview } from './execute/preview';
import { runPull } from './execute/pull';
import { runSingle } from './execute/single';
import { refuseOperation } from './execute/unknownOperation';
import { getTemplateFields } from './execute/templateFields';
import { findOperation } from './resources';

export class JSms implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'JSms',
		name: 'jSms',
		icon: { light: 'file:../../icons/jsms.svg', dark: 'file:../../icons/jsms.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle: SUBTITLE,
		description: 'Send verification codes and template SMS to China through JSMS of Jiguang (JPush)',
		defaults: { name: 'JSms' },
		usableAsTool: {
			replacements: {
				description:
					'Let an AI agent send template SMS and verification codes to mainland China; every recipient gets a result of its own',
			},
		},
		builderHint: {
			searchHint:
				"Sends SMS to mobile numbers in mainland China through JSMS of Jiguang. The text always comes from a template that JSMS has approved, named by its numeric ID: there is no free text, so ask the user for the ID and for the names of the template's parameters. To reach many people, give them all as items to message: sendBatch instead of looping. A batch has three outputs, Sent, Failed and Unknown; never send the rows of Unknown again automatically, because they may have been sent.",
			relatedNodes: [
				{
					nodeType: 'n8n-nodes-jsms.jSmsReceiptTrigger',
					relationHint: 'Starts a workflow with delivery reports and replies, by polling; needs no public address',
				},
				{
					nodeType: 'n8n-nodes-jsms.jSmsTrigger',
					relationHint:
						'Starts a workflow at once for each delivery report and reply; needs an address on port 80 or 443',
				},
				{
					nodeType: 'n8n-nodes-jsms.jSmsVerificationTrigger',
					relationHint: 'Serves the page for number and code, and starts a workflow for every verified number',
				},
				{
					nodeType: 'n8n-nodes-base.formTrigger',
					relationHint: 'Asks a person for the phone number, and on a second page for the verification code',
				},
				{
					nodeType: 'n8n-nodes-base.dataTable',
					relationHint: 'Holds contacts, a log of what was sent, or numbers that must not get any SMS',
				},
			],
		},
		inputs: [NodeConnectionTypes.Main],
		outputs: OUTPUTS,
		credentials: [
			{
				name: 'jSmsApi',
				required: true,
				displayOptions: { hide: { operation: ['getDeveloperBalance'] } },
			},
			{
				name: 'jSmsDeveloperApi',
				required: true,
				// WHY not `show`: the editor puts the credentials below the fields named there, not on top as usual.
				displayOptions: { hide: { operation: OPERATIONS_OF_APPLICATION } },
			},
		],
		properties: PROPERTIES,
	};

	methods = { resourceMapping: { getTemplateFields } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const resource = this.getNodeParameter('resource', 0);
		const value = this.getNodeParameter('operation', 0);
		const operation = findOperation(resource, value);
		if (!operation) return refuseOperation(this, resource, value);
		switch (operation.kind) {
			case 'batch':
				return await runBatchOperation(this, operation);
			case 'pull':
				return await runPull(this, operation);
			case 'preview':
				return await runPreview(this, operation);
			case 'single':
				return await runSingle(this, operation);
		}
	}
}
