import type { IWebhookResponseData } from 'n8n-workflow';

import { isRecord } from '../model/json';
import { checkCode, requestAnother, requestCode, secondsToWait } from './flow';
import { mayCallJson } from './origin';
import { isProblem, type Problem } from './problems';
import { startResponseOf, errorBody, setCommonHeaders, sendJson } from './reply';
import { itemOf, type VisitorRequest } from './request';
import { readValues, readVisitorCode, readVisitorMobile } from './values';
import { openVisit, sealVisit, type Visit } from './visit';

/** What n8n is told when the node has written the response itself. */
export const RESPONDED: IWebhookResponseData = { noWebhookResponse: true };

/**
 * Handles a request of the JSON protocol: `{mobile, fields?}` sends a code, `{token}` another one, `{token, code}` checks it.
 * @returns the item of the workflow where the number is verified
 */
export async function handleJson(request: VisitorRequest): Promise<IWebhookResponseData> {
	const { settings, origin, ownOrigins, response, body } = request;
	const isAllowed = mayCallJson(origin, ownOrigins, settings.allowedOrigins);
	setCommonHeaders(response, settings.embedOrigins, isAllowed && typeof origin === 'string' ? origin : undefined);
	if (!settings.jsonApi) return refuse(request, { error: 'not_found' });
	if (!isAllowed) return refuse(request, { error: 'forbidden' });
	if (!isRecord(body)) return refuse(request, { error: 'bad_request' });
	if (!Object.hasOwn(body, 'token')) return await start(request, body);
	if (typeof body.token !== 'string') return refuse(request, { error: 'bad_request', field: 'token' });
	const visit = openVisit(request.key, body.token, request.call.clock.wall());
	if (!visit) return refuse(request, { error: 'start_again' });
	if (!Object.hasOwn(body, 'code')) return respond(request, await requestAnother(request.call, visit));
	return await check(request, visit, body.code);
}

async function start(request: VisitorRequest, body: Record<string, unknown>): Promise<IWebhookResponseData> {
	const { settings, query, call } = request;
	const mobile = readVisitorMobile(body.mobile);
	if (typeof mobile !== 'string') return refuse(request, mobile);
	const { fields = {} } = body;
	if (!isRecord(fields)) return refuse(request, { error: 'bad_request', field: 'fields' });
	const own = (from: Record<string, unknown>, name: string) => (Object.hasOwn(from, name) ? from[name] : undefined);
	const read = readValues(
		settings.moreFields,
		({ name, type }) => own(fields, name) ?? (type === 'fromUrl' ? own(query, name) : undefined),
	);
	if (isProblem(read)) return refuse(request, read);
	return respond(request, await requestCode(call, { mobile, values: read.values }));
}

/** Responds to a request for a code. Also when it may have been sent: the token is good for another one. */
function respond(request: VisitorRequest, visit: Visit | Problem): IWebhookResponseData {
	if (isProblem(visit)) return refuse(request, visit);
	const { call, key, response, texts } = request;
	const retryAfter = secondsToWait(call, visit);
	const token = sealVisit(key, visit);
	if (visit.msgId === undefined) {
		const problem: Problem = { error: 'maybe_sent', retryAfter };
		sendJson(response, { ...errorBody(texts, problem), token }, problem);
	} else {
		sendJson(response, { token, retry_after: retryAfter });
	}
	return RESPONDED;
}

async function check(request: VisitorRequest, visit: Visit, entered: unknown): Promise<IWebhookResponseData> {
	const { settings, call, response } = request;
	const read = readVisitorCode(entered);
	if (isProblem(read)) return refuse(request, read);
	const checked = await checkCode(call, visit, read.code, startResponseOf(response, settings.respond === 'lastNode'));
	if (isProblem(checked)) return refuse(request, checked);
	if (!checked.first) return refuse(request, { error: 'used_code' });
	// n8n writes this response, so that an execution that cannot be started is no success.
	return { workflowData: [[itemOf(visit, checked, call.clock.wall())]], webhookResponse: { verified: true } };
}

function refuse({ response, texts, settings }: VisitorRequest, problem: Problem): IWebhookResponseData {
	const label = settings.moreFields.find(({ name }) => name === problem.field)?.label;
	sendJson(response, errorBody(texts, problem, label), problem);
	return RESPONDED;
}
