import { type IExecuteFunctions, type IHttpRequestOptions, sleep } from 'n8n-workflow';

import { bodyText } from '../model/bodyText';
import type { ApiRequest } from '../model/request';
import type { Effect } from '../model/operation';
import { isRecord } from '../model/json';
import { LOOK_UP_FIRST } from '../model/returnCodes';
import { boundaryFor, toMultipart } from './multipart';
import { classify } from './classify';
import { type Exchange, type Expectation, type Outcome } from '../model/outcome';

/** Larger responses are not read: the largest good one (1,000 failed rows) has well under 2 MB. */
const MAX_RESPONSE_BYTES = 16 * 1024 * 1024;

const MAX_TRIES = 3;
const MAX_RETRY_AFTER_MS = 5000;

/** The parts of n8n's execution context that sending needs. */
export type HttpContext = {
	helpers: Pick<IExecuteFunctions['helpers'], 'httpRequestWithAuthentication'>;
	getExecutionCancelSignal?: () => AbortSignal | undefined;
};

export interface ClientSettings {
	credential: string;
	/** Checked base URL, without trailing slash. */
	baseUrl: string;
	/** Milliseconds per try, from the call to the last byte of the response. */
	timeout: number;
}

/** What may be done when a try fails. */
export interface SendPolicy {
	expects?: Expectation;
	/** Only `once` forbids a second try where the first one may have arrived. */
	effect: Effect;
	/** True where an earlier try of the execution may have done it already: for a delete, "not there" then means done. */
	mayBeDone?: boolean;
}

/**
 * Sends one request and tells what came of it; never throws.
 *
 * Tries again only when it is certain that the try before did nothing: no connection was made, or a gateway turned
 * it away (429). Reads and deletes are also repeated after failures of unknown result.
 */
export async function sendRequest(
	context: HttpContext,
	settings: ClientSettings,
	request: ApiRequest,
	{ expects, effect, mayBeDone }: SendPolicy,
): Promise<Outcome> {
	let unknown: Unknown | undefined = mayBeDone ? DONE_BEFORE : undefined;
	for (let tried = 1; ; tried += 1) {
		const last = classify(await exchange(context, settings, request), expects);
		if (last.class === 'unknown') unknown = last;
		const outcome = effect === 'delete' && unknown ? afterUnknown(request, last, unknown, mayBeDone) : last;
		const harmless = last.class === 'notAttempted' || (last.class === 'unknown' && effect !== 'once');
		const pause = pauseBefore(tried, last);
		if (!harmless || tried === MAX_TRIES || pause === undefined || isCancelled(context)) return outcome;
		await pauseFor(context, pause);
		if (isCancelled(context)) return outcome;
	}
}

type Unknown = Extract<Outcome, { class: 'unknown' }>;

const DONE_BEFORE: Unknown = {
	class: 'unknown',
	message: 'This attempt failed, but an earlier attempt of this execution may have worked',
	hint: LOOK_UP_FIRST,
};

/** What the service says of a schedule, template or signature that is not there, by the beginning of its path. */
const NOT_THERE: ReadonlyArray<[string, number]> = [
	['/schedule', 50028],
	['/templates', 50013],
	['/sign', 50102],
];

/** "Already sent or deleted": within the seconds of one request it means deleted, later the schedule may have been sent. */
const ENDED = 50029;

/** What a try to delete proves when the result of one before it is unknown: "not there" that it worked, any other failure nothing. */
function afterUnknown({ path }: ApiRequest, outcome: Outcome, unknown: Unknown, mayBeDone = false): Outcome {
	if (outcome.class === 'accepted') return outcome;
	const code = outcome.class === 'refused' ? (outcome.code ?? 0) : 0;
	const isNotThere = NOT_THERE.some(([start, one]) => path.startsWith(start) && code === one);
	const isGone = isNotThere || (code === ENDED && !mayBeDone);
	return isGone ? { class: 'accepted', body: undefined } : unknown;
}

/** True once the execution was canceled. */
export function isCancelled(context: HttpContext): boolean {
	return context.getExecutionCancelSignal?.()?.aborted ?? false;
}

/** Exponential with full jitter; a gateway's own wish counts where it is short, and ends the tries where it is long. */
function pauseBefore(tried: number, outcome: Outcome): number | undefined {
	const wish = outcome.class === 'notAttempted' ? retryAfterMs(outcome.retryAfter) : undefined;
	if (wish !== undefined) return wish > MAX_RETRY_AFTER_MS ? undefined : wish;
	return Math.random() * 250 * 2 ** tried;
}

function retryAfterMs(header: string | undefined): number | undefined {
	if (header === undefined) return undefined;
	const ms = /^\d+$/.test(header.trim()) ? Number(header) * 1000 : Date.parse(header) - Date.now();
	return Number.isNaN(ms) ? undefined : Math.max(0, ms);
}

/** Short slices, so that a cancelled execution does not sit a long pause out. */
async function pauseFor(context: HttpContext, ms: number): Promise<void> {
	for (let left = ms; left > 0 && !isCancelled(context); left -= 200) await sleep(Math.min(left, 200));
}

async function exchange(context: HttpContext, settings: ClientSettings, request: ApiRequest): Promise<Exchange> {
	const content = contentOf(request);
	const options: IHttpRequestOptions = {
		method: request.method,
		url: `${settings.baseUrl}${request.path}`,
		headers: { Accept: 'application/json', ...(content && { 'Content-Type': content.type }) },
		// As bytes: n8n's HTTP client would parse a text of this content type once more before it sends it.
		...(content && { body: content.bytes }),
		timeout: settings.timeout,
		// A stream can be cut off when it grows too large or drips too slowly; a text cannot.
		encoding: 'stream',
		returnFullResponse: true,
		// Without this n8n sends a request again after a 401.
		ignoreHttpStatusErrors: true,
		disableFollowRedirect: true,
		sendCredentialsOnCrossOriginRedirect: false,
	};
	const deadline = AbortSignal.timeout(settings.timeout);
	try {
		const call = context.helpers.httpRequestWithAuthentication.call(
			withDeadline(context, deadline) as IExecuteFunctions,
			settings.credential,
			options,
		);
		const response: unknown = await orDeadline(call, deadline);
		return await readResponse(response, deadline);
	} catch (error) {
		return { kind: 'connectionError', ...describeConnectionError(error) };
	}
}

function contentOf({ body, form }: ApiRequest): { type: string; bytes: Buffer } | undefined {
	if (body) return { type: 'application/json', bytes: Buffer.from(bodyText(body)) };
	if (!form) return undefined;
	const boundary = boundaryFor(form);
	return { type: `multipart/form-data; boundary=${boundary}`, bytes: toMultipart(form, boundary) };
}

/**
 * The context as n8n's HTTP client is to see it: the client takes its abort signal from there and from nowhere else, and
 * only that signal closes the connection of a response that has begun and then stalls.
 */
function withDeadline(context: HttpContext, deadline: AbortSignal): HttpContext {
	const cancelled = context.getExecutionCancelSignal?.();
	const signal = cancelled ? AbortSignal.any([cancelled, deadline]) : deadline;
	return Object.create(context, { getExecutionCancelSignal: { value: () => signal } }) as HttpContext;
}

interface ByteStream extends AsyncIterable<Uint8Array | string> {
	destroy(error?: Error): unknown;
}

function isStream(value: unknown): value is ByteStream {
	return typeof value === 'object' && value !== null && Symbol.asyncIterator in value && 'destroy' in value;
}

/** n8n's own timeout starts anew with every byte, so a server that drips would hold the node for ever. */
async function orDeadline<T>(call: Promise<T>, deadline: AbortSignal): Promise<T> {
	return await new Promise<T>((resolve, reject) => {
		const expire = () => reject(timeoutError());
		if (deadline.aborted) expire();
		deadline.addEventListener('abort', expire, { once: true });
		call.then(
			(value) => {
				deadline.removeEventListener('abort', expire);
				if (deadline.aborted) discard(value);
				resolve(value);
			},
			(error) => {
				deadline.removeEventListener('abort', expire);
				reject(error);
			},
		);
	});
}

function discard(response: unknown): void {
	if (isRecord(response) && isStream(response.body)) response.body.destroy();
}

function timeoutError(): Error {
	return Object.assign(new Error('no complete response in time'), { code: 'ETIMEDOUT' });
}

async function readResponse(response: unknown, deadline: AbortSignal): Promise<Exchange> {
	if (!isRecord(response)) return { kind: 'connectionError', code: 'NO_ANSWER', message: 'n8n returned no response' };
	const status = Number(response.statusCode);
	const headers = isRecord(response.headers) ? response.headers : {};
	const retryAfter = headers['retry-after'];
	return {
		kind: 'response',
		status,
		body: isStream(response.body) ? await readInTime(response.body, deadline) : String(response.body ?? ''),
		...(typeof retryAfter === 'string' && { retryAfter }),
	};
}

/** A stalled response keeps its stream from ending even when it is destroyed, so the wait for it ends on its own. */
async function readInTime(stream: ByteStream, deadline: AbortSignal): Promise<string> {
	try {
		return await orDeadline(readStream(stream), deadline);
	} finally {
		stream.destroy();
	}
}

async function readStream(stream: ByteStream): Promise<string> {
	const decoder = new TextDecoder();
	const parts: string[] = [];
	let bytes = 0;
	for await (const chunk of stream) {
		bytes += chunk.length;
		// The loop destroys the stream when it is left; the text so far is no JSON, which makes the result unknown.
		if (bytes > MAX_RESPONSE_BYTES) break;
		parts.push(typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true }));
	}
	return parts.join('') + decoder.decode();
}

/**
 * Finds the system's error code. n8n wraps failures of the connection in a NodeApiError: `httpCode` holds the code
 * in 1.x and 2.x, `cause` the original in 2.x only. Nothing else is copied out of it: the cause holds the keys.
 */
function describeConnectionError(error: unknown): { code: string; message: string } {
	const chain: Array<Record<string, unknown>> = [];
	for (let next = error; isErrorLike(next) && chain.length < 5; next = next.cause) chain.push(next);
	const codes = chain.flatMap((one) => [one.httpCode, one.code]);
	const code = codes.find((one): one is string => typeof one === 'string' && /^[A-Z][A-Z0-9_]+$/.test(one));
	const words = chain.flatMap((one) => [
		one.message,
		...(Array.isArray(one.messages) ? (one.messages as unknown[]) : []),
	]);
	return {
		code: code ?? 'UNKNOWN',
		message: words.filter((word): word is string => typeof word === 'string').join(' / '),
	};
}

function isErrorLike(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null;
}
