/** Calls the verification trigger as n8n does, by its JSON protocol. */
import { core } from '../../support/n8n';
import { now } from '../clock/install';
import type { Service } from '../service/service';
import type { ProcessModules } from './engine';
import { prepare, Response, wired } from './triggerContext';

/** A request of a visitor. */
export interface VisitorRequest {
	/** Names it in the ledger. */
	name: string;
	body: { mobile: string } | { token: string; code?: string };
	address: string;
	/** n8n cannot start the workflow. */
	startFails: boolean;
}

/** What a request came to. */
export interface Visited {
	status: number;
	body: { token?: string; error?: string; verified?: boolean };
	/** The item with which the workflow started. */
	started?: { mobile: string; msg_id: string };
}

/** Takes a visitor's request; to be called from a timer of the process that it comes to. */
export async function takeVisit(
	modules: ProcessModules,
	service: Service,
	{ name, body, address, startFails }: VisitorRequest,
): Promise<Visited> {
	const nodeType = modules.verificationTrigger();
	const response = new Response();
	const headers = { 'content-type': 'application/json', host: 'n8n.example' };
	const extra = {
		httpRequest: { method: 'POST', query: {}, headers, body, ip: address, ips: [] },
		httpResponse: response,
		webhookBaseUrl: 'https://n8n.example/webhook',
	};
	const { workflow, node, additionalData } = prepare('visit', nodeType, modules, extra);
	const webhookDescription = nodeType.description.webhooks?.find(({ httpMethod }) => httpMethod === 'POST');
	const webhookData = { webhookDescription } as never;
	const original = new core.WebhookContext(workflow, node, additionalData, 'webhook', webhookData, [], null as never);
	const result = await nodeType.webhook?.call(wired(original, service, name, 'Visit'));
	const item = result?.workflowData?.[0]?.[0]?.json as Visited['started'];
	if (item) {
		// n8n stores the execution, then it answers.
		await now.clock.sleep(5);
		response.statusCode = startFails ? 500 : 200;
		response.end(JSON.stringify(startFails ? {} : result?.webhookResponse));
	}
	const told = JSON.parse(response.text) as Visited['body'];
	return { status: response.statusCode, body: told, ...(item && !startFails && { started: item }) };
}
