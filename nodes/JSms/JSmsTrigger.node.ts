import {
	type IHookFunctions,
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
	type IWebhookResponseData,
	NodeConnectionTypes,
} from 'n8n-workflow';

import { mayRefuse } from './model/activation';
import { CALLBACK_FIELDS } from './fields/callbacks';
import { echo, receive } from './triggers/receive';
import { checkCallbackSetup } from './triggers/callbackSetup';

export class JSmsTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'JSms Trigger',
		name: 'jSmsTrigger',
		icon: { light: 'file:../../icons/jsms.svg', dark: 'file:../../icons/jsms.dark.svg' },
		group: ['trigger'],
		// n8n evaluates an expression for every call of a webhook node of version 1, before it parses the body.
		version: 2,
		subtitle: '={{ [].concat($parameter["events"]).join(", ") }}',
		// WHY sending comes first: the editor lists this trigger and the JSms node as one, under the description of the trigger.
		description:
			'Send verification codes and template SMS to China, and start workflows when JSMS reports a delivery, a reply or a review',
		eventTriggerDescription: 'Waiting for a callback from JSMS',
		activationMessage: 'Now copy the Production URL into the SMS settings of your application in the Jiguang console.',
		builderHint: {
			searchHint:
				'Starts a workflow at once for each delivery report, reply or review that JSMS of Jiguang calls back. Use it when n8n has a public address on port 80 or 443 and there are few SMS: every record is an execution of its own. The user enters the production URL in the Jiguang console by hand.',
			relatedNodes: [
				{
					nodeType: 'n8n-nodes-jsms.jSmsReceiptTrigger',
					relationHint:
						'The same items at intervals, many in one execution; for campaigns and behind a firewall. Use one of the two',
				},
				{
					nodeType: 'n8n-nodes-jsms.jSms',
					relationHint: 'Sends the SMS; the delivery report of the SMS has the same msg_id',
				},
			],
		},
		defaults: { name: 'JSms Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'jSmsApi', required: true }],
		// The console checks the address with GET and then sends callbacks with POST, both to the same path.
		webhooks: [
			{ name: 'setup', httpMethod: 'GET', responseMode: 'onReceived', path: 'jsms', ndvHideUrl: true },
			{
				name: 'default',
				httpMethod: 'POST',
				responseMode: 'onReceived',
				responseData: 'noData',
				path: 'jsms',
				ndvHideMethod: true,
			},
		],
		triggerPanel: {
			header: 'Wait for a callback of JSMS',
			executionsHelp: {
				inactive:
					'<b>While building</b>, click the button above, enter the Test URL in the SMS settings of your application in the Jiguang console, and press the test button there.<br /><br /><b>Once it works</b>, publish the workflow (n8n 1.x: activate it) and enter the <b>Production URL</b> in the console. Every callback then starts an execution, shown in the execution list.',
				active:
					'<b>While building</b>, click the button above and send a callback to the Test URL.<br /><br /><b>The workflow is published</b>: enter the <b>Production URL</b> in the SMS settings of your application in the Jiguang console. Every callback starts an execution, shown in the execution list.',
			},
			activationHint:
				'Publish the workflow (n8n 1.x: activate it), then enter the Production URL in the Jiguang console. It must be reachable from the internet on port 80 or 443.',
		},
		properties: CALLBACK_FIELDS,
	};

	/** JSMS has no call that reads or sets the callback address: registration is done in the Jiguang console, by hand. */
	webhookMethods = {
		default: {
			/** Whether the console knows the address cannot be read, so n8n always goes on to `create`. */
			async checkExists(this: IHookFunctions): Promise<boolean> {
				return false;
			},
			/** Registers nothing; makes sure that the workflow could take what the console is going to send. */
			async create(this: IHookFunctions): Promise<boolean> {
				if (mayRefuse(this.getActivationMode())) await checkCallbackSetup(this);
				return true;
			},
			/** The address stays in the console until it is removed there; n8n responds with 404 from now on. */
			async delete(this: IHookFunctions): Promise<boolean> {
				return true;
			},
		},
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return this.getWebhookName() === 'setup' ? echo(this) : await receive(this);
	}
}
