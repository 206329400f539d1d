import { isRecord, parseJson, readText } from '../json';
import { LOOK_UP_FIRST, SERVER_FAULT, describeRefusal, readCode, type Refusal } from './errorCodes';

/** What came back from one try: an HTTP answer, or a failure of the connection. */
export type Exchange =
	| { kind: 'answer'; status: number; body: string; retryAfter?: string }
	| { kind: 'failure'; code: string; message: string };

/** What one request means for the messages in it. */
export type Outcome =
	| { class: 'accepted'; body: unknown }
	| ({ class: 'refused' } & Refusal)
	| { class: 'notAttempted'; message: string; hint: string; retryAfter?: string }
	| { class: 'unknown'; message: string; hint: string; code?: number; httpStatus?: number };

/** What to expect of a good answer: a JSON object, (deletes) nothing at all, or (receipts) a list that may be missing. */
export type Expectation = 'json' | 'empty' | 'list';

const HINT_TRY_LATER = 'Nothing was sent. Run the failed items again later.';

/** Failures that happen before the first byte of a request can leave, whatever else the text says. */
const NEVER_CONNECTED = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EAI_FAIL', 'EAI_NODATA', 'EAI_NONAME']);

/** The server's certificate was refused by our side, during the handshake. */
const BAD_CERTIFICATE =
	/^(CERT_|ERR_TLS_CERT_|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_|HOSTNAME_MISMATCH)/;

/** Handshake failures that share a code with later ones; only these texts belong to the handshake alone. */
const BAD_HANDSHAKE =
	/wrong version number|unsupported protocol|no protocols available|sslv3 alert handshake failure|tlsv1 alert protocol version/i;

/** Node.js holds a request back until the handshake is over, and says so in these words when it never was. */
const HANDSHAKE_CUT = /disconnected before secure TLS connection was established/;

/**
 * Decides what an exchange means. Only what is certain counts as "nothing was sent"; everything else about a
 * message is unknown, because the service has no idempotency key and a second try could send twice.
 *
 * @param exchange what came back
 * @param expects  what a good answer looks like
 */
export function classify(exchange: Exchange, expects: Expectation = 'json'): Outcome {
	return exchange.kind === 'failure' ? classifyFailure(exchange) : classifyAnswer(exchange, expects);
}

function classifyFailure({ code, message }: { code: string; message: string }): Outcome {
	if (neverLeft(code, message)) {
		return {
			class: 'notAttempted',
			message: `JSMS could not be reached (${code})`,
			hint: `${HINT_TRY_LATER} Check 'Base URL' in the credential and the network of n8n.`,
		};
	}
	return {
		class: 'unknown',
		message: `The connection to JSMS broke before an answer arrived (${code})`,
		hint: LOOK_UP_FIRST,
	};
}

function neverLeft(code: string, message: string): boolean {
	if (NEVER_CONNECTED.has(code) || BAD_CERTIFICATE.test(code)) return true;
	if (code === 'EPROTO' || code.startsWith('ERR_SSL_'))
		return BAD_HANDSHAKE.test(message) || BAD_HANDSHAKE.test(code.replace(/_/g, ' '));
	// The same codes occur while reading an answer; only the failed call to connect proves that nothing left.
	return message.includes(`connect ${code}`) || (code === 'ECONNRESET' && HANDSHAKE_CUT.test(message));
}

function classifyAnswer(answer: { status: number; body: string; retryAfter?: string }, expects: Expectation): Outcome {
	const body = readBody(answer.body);
	const error = isRecord(body) && isRecord(body.error) ? body.error : undefined;
	// Every error of the service has a number; gateways use the same shape without one.
	const code = readCode(error?.code);
	const { status } = answer;

	if (status >= 500 || code === SERVER_FAULT) return faultOfServer(status, code);
	if (code !== undefined) return { class: 'refused', ...describeRefusal(code, readText(error?.message), status) };
	if (status >= 200 && status < 300) {
		if (error) return notFromService(status);
		if (expects === 'empty' && answer.body.trim() === '') return { class: 'accepted', body: undefined };
		// What the service answers when it has no records is not documented.
		if (expects === 'list' && ['', 'null'].includes(answer.body.trim())) return { class: 'accepted', body: [] };
		if (typeof body === 'object' && body !== null) return { class: 'accepted', body };
		return unreadable(status);
	}
	if (status === 429) {
		return {
			class: 'notAttempted',
			message: 'Too many requests at once (HTTP 429)',
			hint: HINT_TRY_LATER,
			retryAfter: answer.retryAfter,
		};
	}
	return status >= 300 && status < 400 ? redirected(status) : notFromService(status);
}

/** The service's answer, or undefined when it is not JSON: what a proxy page says about a message is not evidence. */
function readBody(text: string): unknown {
	try {
		return parseJson(text);
	} catch {
		return undefined;
	}
}

function faultOfServer(status: number, code: number | undefined): Outcome {
	return {
		class: 'unknown',
		message: `JSMS met a fault of its own (HTTP ${status}${code === undefined ? '' : `, code ${code}`})`,
		hint: LOOK_UP_FIRST,
		httpStatus: status,
		...(code !== undefined && { code }),
	};
}

function redirected(status: number): Outcome {
	return {
		class: 'unknown',
		message: `JSMS answered with a redirect (HTTP ${status}), which is not followed because the keys must not reach another host`,
		hint: `Check 'Base URL' in the credential. ${LOOK_UP_FIRST}`,
		httpStatus: status,
	};
}

/** An answer without the service's error envelope comes from something in between, which proves nothing. */
function notFromService(status: number): Outcome {
	return {
		class: 'unknown',
		message: `The answer did not come from JSMS itself (HTTP ${status})`,
		hint: `Check 'Base URL' in the credential and any proxy between n8n and JSMS. ${LOOK_UP_FIRST}`,
		httpStatus: status,
	};
}

function unreadable(status: number): Outcome {
	return {
		class: 'unknown',
		message: `The answer of JSMS could not be read (HTTP ${status})`,
		hint: LOOK_UP_FIRST,
		httpStatus: status,
	};
}
