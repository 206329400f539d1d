import type { INodeExecutionData, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { fingerprint } from '../memory/digest';
import { SeenCallbacks, type Answer } from '../memory/seenCallbacks';
import { isRefused, readCallback, type Callback, type RefusedCallback } from '../receipts/callback';
import { toEventItem } from '../receipts/items';
import { readCallbackSetup, type CallbackSetup } from './callbackSetup';

/** Callbacks that this process remembers, of all workflows: some 26 MB when full. */
const seenCallbacks = new SeenCallbacks(100_000);

/** The console sends 8 random characters ("Callback": setup). */
const MAX_ECHO_LENGTH = 64;

/**
 * Responds to the console's check of the address: the very text of `echostr`, and no execution. Whatever the text may be, no
 * browser takes it for a page.
 */
export function echo(context: IWebhookFunctions): IWebhookResponseData {
	const { echostr } = context.getQueryData() as { echostr?: unknown };
	if (typeof echostr !== 'string' || echostr === '' || echostr.length > MAX_ECHO_LENGTH) {
		return respond(context, 400, 'This address takes callbacks of JSMS. Enter it in the Jiguang console.');
	}
	return respond(context, 200, echostr);
}

/**
 * Takes a callback: starts an execution with one item, or responds why not. Says in n8n's log why a callback was refused,
 * without anything from the callback itself.
 */
export async function receive(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	let setup: CallbackSetup;
	let callback: Callback | RefusedCallback;
	try {
		setup = await readCallbackSetup(context, true);
		callback = checkCallback(context, setup);
		if (isRefused(callback) && setup.isCached) {
			setup = await readCallbackSetup(context);
			callback = checkCallback(context, setup);
		}
	} catch (error) {
		// The service repeats the callback, so that nothing is lost when this is put right in time.
		return refuse(context, 401, `the node cannot check it: ${error instanceof Error ? error.message : String(error)}`);
	}
	const { settings } = setup;
	if (isRefused(callback)) return refuse(context, callback.status, callback.reason);
	const { event, isTest } = callback;
	// In the editor people send the same callback again on purpose. What is dropped below is remembered, too: its signature
	// must not serve for an event that was chosen.
	if (context.getMode() !== 'manual') {
		const standing = await seenCallbacks.look(signatureOf(context, callback), contentOf(callback), responseOf(context));
		if (standing === 'altered') return refuse(context, 401, 'its signature was used before, with other content');
		if (standing === 'seen') return respond(context, 200);
		// n8n is still busy with it and may fail, so the service should ask again later.
		if (standing === 'underWay') return respond(context, 409);
	}
	if (!settings.events.has(event) || (isTest && !settings.includeTestEvents)) return respond(context, 200);
	return { workflowData: [[toItem(callback)]] };
}

function checkCallback(
	context: IWebhookFunctions,
	{ settings: { maxAge }, keys }: CallbackSetup,
): Callback | RefusedCallback {
	return readCallback(formOf(context), { keys, maxAge, now: Date.now() });
}

/** The service sends forms. n8n makes objects of JSON and XML, too, and only what a form holds is text as it was signed. */
function formOf(context: IWebhookFunctions): unknown {
	const contentType = context.getHeaderData()['content-type'] ?? '';
	return /^application\/x-www-form-urlencoded\b/i.test(contentType) ? context.getBodyData() : undefined;
}

/** The same callback may be meant for several workflows. */
function signatureOf(context: IWebhookFunctions, { form }: Callback): string {
	return fingerprint([context.getWorkflow().id ?? '', context.getNode().id, form.signature]);
}

/** What the signature does not cover. */
function contentOf({ form }: Callback): string {
	return fingerprint([form.type, form.data]);
}

/** The item that polling gives for the same event, with what came around it. */
function toItem({ event, record, isTest, form: { type, timestamp, nonce } }: Callback): INodeExecutionData {
	return { json: { ...toEventItem(event, record), type, timestamp, nonce, ...(isTest && { test: true }) } };
}

const TEXT_OF_STATUS = {
	400: 'This is not a callback of JSMS.',
	401: 'The callback was not accepted.',
	413: 'The callback is too large.',
};

function refuse(context: IWebhookFunctions, status: keyof typeof TEXT_OF_STATUS, reason: string): IWebhookResponseData {
	const { id } = context.getWorkflow();
	context.logger.warn(`${context.getNode().name}: refused a callback with ${status}, because ${reason}`, {
		workflowId: id,
	});
	return respond(context, status, TEXT_OF_STATUS[status]);
}

interface Response extends Answer {
	statusCode: number;
	setHeader(name: string, value: string): unknown;
	end(text: string): unknown;
}

/** n8n-workflow names express's own type here, which the package does not have. */
function responseOf(context: IWebhookFunctions): Response {
	return context.getResponseObject();
}

function respond(context: IWebhookFunctions, status: number, text = ''): IWebhookResponseData {
	const response = responseOf(context);
	response.statusCode = status;
	response.setHeader('Content-Type', 'text/plain; charset=utf-8');
	response.setHeader('X-Content-Type-Options', 'nosniff');
	response.end(text);
	return { noWebhookResponse: true };
}
