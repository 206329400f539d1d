/** Calls the package's triggers as n8n does: polls in n8n-core's PollContext, callbacks in its WebhookContext. */
import { createHash } from 'node:crypto';

import { core } from '../../support/n8n';
import { now } from '../clock/install';
import { APP_KEY, MASTER_SECRET, type Service } from '../service/service';
import type { Activation, Forgery } from '../world/types';
import type { ProcessModules } from './engine';
import { prepare, Response, wired, type Items } from './triggerContext';

/**
 * One poll; to be called from a timer of the process that it runs in.
 * @returns the records; null when there are none
 */
export async function poll(
	modules: ProcessModules,
	service: Service,
	name: string,
	activation: Activation,
): Promise<Items | null> {
	const nodeType = modules.pollTrigger();
	const { workflow, node, additionalData } = prepare('poll', nodeType, modules);
	const original = new core.PollContext(workflow, node, additionalData, 'trigger', activation as never);
	const context = wired(original, service, name, 'Poll') as never;
	return (await nodeType.poll?.call(context))?.[0] ?? null;
}

/** What a callback came to. */
export interface Taken {
	status: number;
	/** It started an execution. */
	items: Items | undefined;
}

/** Delivers the callback of a record; to be called from a timer of the process that takes it. */
export async function takeCallback(
	modules: ProcessModules,
	number: number,
	sentAt: number,
	forged: Forgery | undefined,
): Promise<Taken> {
	const nodeType = modules.webhookTrigger();
	const response = new Response();
	const request = {
		method: 'POST',
		query: {},
		headers: { 'content-type': 'application/x-www-form-urlencoded' },
		body: formOf(number, sentAt, forged),
	};
	const extra = { httpRequest: request, httpResponse: response };
	const { workflow, node, additionalData } = prepare('webhook', nodeType, modules, extra);
	const webhookDescription = nodeType.description.webhooks?.find(({ httpMethod }) => httpMethod === 'POST');
	const webhookData = { webhookDescription } as never;
	const context = new core.WebhookContext(workflow, node, additionalData, 'webhook', webhookData, [], null as never);
	const result = await nodeType.webhook?.call(context);
	const items = result?.workflowData?.[0] ?? undefined;
	// n8n stores the execution, then it answers.
	if (items) await now.clock.sleep(5);
	if (!response.writableEnded) response.end();
	return { status: response.statusCode, items };
}

function formOf(number: number, sentAt: number, forged: Forgery | undefined): Record<string, string> {
	const nonce = String(8_000_000_000_000_000 + number);
	const timestamp = String(sentAt);
	const secret = forged === 'signature' ? 'dummy-of-a-stranger' : MASTER_SECRET;
	const text = `appKey=${APP_KEY}&appMasterSecret=${secret}&nonce=${nonce}&timestamp=${timestamp}`;
	const signature = createHash('sha1').update(text).digest('hex');
	const data = JSON.stringify({
		msgId: `c${number}${forged === 'data' ? '-other' : ''}`,
		phone: '13700000001',
		status: 4001,
	});
	return { nonce, timestamp, signature, type: 'SMS_REPORT', data };
}
