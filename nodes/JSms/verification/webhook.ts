import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { handleForm, handleGet } from './form';
import { handleJson, RESPONDED } from './json';
import { errorBody, setCommonHeaders, sendJson } from './reply';
import { logProblem, requestOf, responseOf } from './request';
import { readVerificationSetup, type VerificationSetup } from './setup';
import { textsFor } from './texts';

/**
 * Handles a request to the address of the trigger: the page, its forms, or JSON. Starts an execution only for a verified number.
 * Says in n8n's log why nobody can be served: n8n would start an execution for every error, and so for every visitor.
 */
export async function serve(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	try {
		return await handle(context, await readVerificationSetup(context));
	} catch (error) {
		logProblem(context, error);
		return responseOf(context).writableEnded ? RESPONDED : refuse(context, 'not_ready');
	}
}

async function handle(context: IWebhookFunctions, setup: VerificationSetup): Promise<IWebhookResponseData> {
	const request = requestOf(context, setup);
	if (context.getWebhookName() === 'setup') return handleGet(request);
	const contentType = context.getHeaderData()['content-type'] ?? '';
	if (/^application\/json\b/i.test(contentType)) return await handleJson(request);
	if (/^application\/x-www-form-urlencoded\b/i.test(contentType)) return await handleForm(request);
	return refuse(context, 'bad_request');
}

/** Where neither a page nor the JSON protocol can respond. */
function refuse(context: IWebhookFunctions, error: 'not_ready' | 'bad_request'): IWebhookResponseData {
	const response = responseOf(context);
	setCommonHeaders(response, []);
	const problem = { error };
	sendJson(response, errorBody(textsFor('visitor', context.getHeaderData()['accept-language']), problem), problem);
	return RESPONDED;
}
