import type {
	IHookFunctions,
	INodeType,
	INodeTypeDescription,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

import { mayRefuse } from '../JSms/model/activation';
import { VERIFICATION_FIELDS } from '../JSms/fields/verification';
import { RESPONSE } from '../JSms/verification/response';
import { checkVerificationSetup } from '../JSms/verification/setup';
import { serve } from '../JSms/verification/webhook';

export class JSmsVerificationTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'JSms Verification Trigger',
		name: 'jSmsVerificationTrigger',
		icon: { light: 'file:../../icons/jsms.svg', dark: 'file:../../icons/jsms.dark.svg' },
		group: ['trigger'],
		// n8n evaluates an expression for every call of a webhook node of version 1, before it parses the body.
		version: 2,
		subtitle: '={{ "Template " + $parameter["templateId"] }}',
		description:
			'Serves a page that verifies mobile numbers by SMS code, and starts a workflow for every verified number',
		eventTriggerDescription: 'Open the Test URL under Webhook URLs within two minutes, and verify a number',
		activationMessage: 'The page is now at the Production URL. Open it, or link to it from your website.',
		builderHint: {
			searchHint:
				'Starts a workflow when somebody has proved that a mobile number of mainland China is theirs. It serves the page for number and code, sends the code through JSMS of Jiguang, checks it and limits abuse; with the option JSON API, apps use the same address. Use it for sign-up, log-in and confirmation by SMS code instead of separate send and verify operations.',
			relatedNodes: [
				{
					nodeType: 'n8n-nodes-jsms.jSms',
					relationHint: 'Sends other messages, and codes where the workflow itself has to decide when',
				},
				{
					nodeType: 'n8n-nodes-base.dataTable',
					relationHint: 'Keeps the verified numbers, for example as accounts',
				},
			],
		},
		defaults: { name: 'JSms Verification Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'jSmsApi', required: true }],
		webhooks: [
			{ name: 'setup', httpMethod: 'GET', responseMode: 'onReceived', path: 'verify', ndvHideMethod: true },
			{ name: 'default', httpMethod: 'POST', ...RESPONSE, path: 'verify', ndvHideUrl: true },
		],
		triggerPanel: {
			header: 'Verify a mobile number',
			executionsHelp: {
				inactive:
					'<b>While building</b>, click the button above, open the <b>Test URL</b> under <b>Webhook URLs</b> within two minutes, and verify your own number. This sends a real SMS.<br /><br /><b>Once it works</b>, publish the workflow (n8n 1.x: activate it). The page is then at the <b>Production URL</b>, and every verified number starts an execution, shown in the execution list.',
				active:
					'<b>While building</b>, click the button above and open the <b>Test URL</b> under <b>Webhook URLs</b> within two minutes.<br /><br /><b>The workflow is published</b>: the page is at the <b>Production URL</b>. Every verified number starts an execution, shown in the execution list.',
			},
			activationHint:
				'Publish the workflow (n8n 1.x: activate it), then open the Production URL under Webhook URLs, or link to it from your website.',
		},
		properties: VERIFICATION_FIELDS,
	};

	/** Nothing has to be registered: the address is n8n's own. */
	webhookMethods = {
		default: {
			/** n8n always goes on to `create`. */
			async checkExists(this: IHookFunctions): Promise<boolean> {
				return false;
			},
			/** Makes sure that the page could be served. */
			async create(this: IHookFunctions): Promise<boolean> {
				if (mayRefuse(this.getActivationMode())) await checkVerificationSetup(this);
				return true;
			},
			async delete(this: IHookFunctions): Promise<boolean> {
				return true;
			},
		},
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await serve(this);
	}
}
