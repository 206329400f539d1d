import type { StartResponse } from './codeChecks';
import { commonHeaders, pagePolicy, type Origins } from './policy';
import { STATUS_OF, type Problem } from './problems';
import type { Texts } from './texts';

/** The part of express's response that is used; n8n-workflow names express's type, which the package does not have. */
export interface HttpResponse {
	statusCode: number;
	readonly writableEnded: boolean;
	setHeader(name: string, value: string): unknown;
	removeHeader(name: string): unknown;
	end(text: string): unknown;
	once(event: 'close', listener: () => void): unknown;
	json?: (body: unknown) => unknown;
	send?: (body: unknown) => unknown;
}

/**
 * Sets what every response has. n8n lets every website read the responses of webhooks; here only the given one may.
 * @param origin the website that may read the response
 */
export function setCommonHeaders(response: HttpResponse, embedOrigins: readonly string[], origin?: string): void {
	for (const name of ['Access-Control-Allow-Origin', 'Access-Control-Allow-Methods', 'Access-Control-Allow-Headers']) {
		response.removeHeader(name);
	}
	for (const [name, value] of Object.entries(commonHeaders(embedOrigins))) response.setHeader(name, value);
	response.setHeader('Vary', 'Origin, Accept-Language');
	if (origin === undefined) return;
	response.setHeader('Access-Control-Allow-Origin', origin);
	response.setHeader('Access-Control-Expose-Headers', 'Retry-After');
}

/** Sets the headers of a page, whoever writes it. */
export function setPageHeaders(response: HttpResponse, nonce: string, origins: Origins): void {
	response.setHeader('Content-Type', 'text/html; charset=utf-8');
	response.setHeader('Content-Security-Policy', pagePolicy(nonce, origins));
}

/** Sends a page, with the status of the problem that it shows. */
export function sendPage(response: HttpResponse, page: string, problem?: Problem): void {
	response.statusCode = problem ? STATUS_OF[problem.error] : 200;
	setRetryAfter(response, problem);
	response.end(page);
}

/** Sends JSON. */
export function sendJson(response: HttpResponse, body: object, problem?: Problem): void {
	response.statusCode = problem ? STATUS_OF[problem.error] : 200;
	setRetryAfter(response, problem);
	response.setHeader('Content-Type', 'application/json; charset=utf-8');
	response.setHeader('Cache-Control', 'no-store');
	response.end(JSON.stringify(body));
}

/** The body of an error in the JSON protocol. Part of the public contract. */
export function errorBody(texts: Texts, problem: Problem, label?: string): object {
	const { error, retryAfter, triesLeft, field } = problem;
	return {
		error,
		message: texts.problem(problem, label),
		...(field !== undefined && { field }),
		...(triesLeft !== undefined && { tries_left: triesLeft }),
		...(retryAfter !== undefined && { retry_after: retryAfter }),
	};
}

function setRetryAfter(response: HttpResponse, problem: Problem | undefined): void {
	if (problem?.retryAfter !== undefined) response.setHeader('Retry-After', String(problem.retryAfter));
}

/**
 * Follows the response that n8n gives when the workflow has started.
 * @param waits true where n8n responds when the workflow is over: then an error no longer means that it did not start
 */
export function startResponseOf(response: HttpResponse, waits: boolean): StartResponse {
	return {
		ended: new Promise((resolve) => response.once('close', () => resolve())),
		failed: () => !waits && response.writableEnded && response.statusCode >= 400,
	};
}

/**
 * Shows a page in place of the item of the last node, with which n8n is going to respond.
 *
 * WHY this way: n8n decides by the fields of the node alone, before the node sees the request, whether the response is that item,
 * and visitors of the page use the same address as programs that want the item.
 *
 * @param pageFor makes the page; `failed` when n8n responds with an error
 */
export function showPageAtEnd(
	response: HttpResponse,
	pageFor: (failed: boolean) => string,
	prepareAgain: () => void,
): void {
	const show = () => {
		prepareAgain();
		response.end(pageFor(response.statusCode >= 400));
		return response;
	};
	response.json = show;
	response.send = show;
}
