import { isRecord, parseJson, toInteger, toText } from '../model/json';
import type { Exchange, Expectation, Outcome } from '../model/outcome';
import { LOOK_UP_FIRST, SERVER_ERROR, describeRefusal, meaningOfCode } from '../model/returnCodes';

/** Failures that happen before the first byte of a request can leave, whatever else the text says. */
const NEVER_CONNECTED = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EAI_FAIL', 'EAI_NODATA', 'EAI_NONAME']);

/** Failures of looking up the name of the host. */
const NO_ADDRESS = /^(ENOTFOUND|EAI_)/;

/** The connection stood, and n8n stopped waiting. */
const TOO_LATE = new Set(['ETIMEDOUT', 'ECONNABORTED', 'ESOCKETTIMEDOUT']);

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
 * @param expects  what a good response looks like
 */
export function classify(exchange: Exchange, expects: Expectation = 'json'): Outcome {
	return exchange.kind === 'connectionError' ? classifyConnectionError(exchange) : classifyResponse(exchange, expects);
}

function classifyConnectionError({ code, message }: { code: string; message: string }): Outcome {
	if (neverLeft(code, message)) {
		return { class: 'notAttempted', ...describeNoConnection(code) };
	}
	const what = TOO_LATE.has(code)
		? 'JSMS did not respond in time'
		: 'The connection to JSMS dropped before a response arrived';
	return { class: 'unknown', message: `${what} (${code})`, hint: LOOK_UP_FIRST };
}

/** Why n8n has no connection, in words for whoever runs the server or the network. */
function describeNoConnection(code: string): { message: string; hint: string } {
	if (NO_ADDRESS.test(code)) {
		return {
			message: `n8n could not find the address of JSMS (${code})`,
			hint: "Check the internet connection and the DNS of the n8n server, and 'Base URL' in the credential.",
		};
	}
	if (BAD_CERTIFICATE.test(code)) {
		return {
			message: `The connection to JSMS is not secure (${code})`,
			hint: 'A proxy or firewall replaced the certificate of JSMS. Ask your network administrator.',
		};
	}
	return {
		message: `n8n could not connect to JSMS (${code})`,
		hint: "Check the firewall or proxy of the n8n server, and 'Base URL' in the credential.",
	};
}

function neverLeft(code: string, message: string): boolean {
	if (NEVER_CONNECTED.has(code) || BAD_CERTIFICATE.test(code)) return true;
	if (code === 'EPROTO' || code.startsWith('ERR_SSL_'))
		return BAD_HANDSHAKE.test(message) || BAD_HANDSHAKE.test(code.replace(/_/g, ' '));
	// The same codes occur while reading a response; only the failed call to connect proves that nothing left.
	return message.includes(`connect ${code}`) || (code === 'ECONNRESET' && HANDSHAKE_CUT.test(message));
}

function classifyResponse(
	response: { status: number; body: string; retryAfter?: string },
	expects: Expectation,
): Outcome {
	const { status } = response;
	const body = parseBody(response.body);
	const error = isRecord(body) ? (body.error ?? undefined) : undefined;
	// Every error of the service has a number; gateways use the same shape without one.
	const code = isRecord(error) ? toInteger(error.code) : undefined;

	if (status >= 500 || code === SERVER_ERROR) return serverError(status, code);
	if (status >= 300 && status < 400) return redirected(status);
	const isGood = status >= 200 && status < 300;
	if (code !== undefined && (isGood || status >= 400)) {
		const meaning = meaningOfCode(code);
		if (isRecord(error) && meaning === 'refused' && !showsAcceptance(body)) {
			return { class: 'refused', ...describeRefusal(code, toText(error.message), status) };
		}
		if (meaning === 'refused' || !isGood) return contradicting(status);
	} else if (error !== undefined && isGood) {
		return showsAcceptance(body) ? contradicting(status) : notFromService(status);
	}
	if (isGood) {
		if (isRecord(body) && meaningOfCode(body.error_code) !== 'accepted') return contradicting(status);
		if (expects === 'empty' && response.body.trim() === '') return { class: 'accepted', body: undefined };
		// What the service responds with when it has no records is not documented.
		if (expects === 'list' && ['', 'null'].includes(response.body.trim())) return { class: 'accepted', body: [] };
		if (typeof body === 'object' && body !== null) return { class: 'accepted', body };
		return unreadable(status);
	}
	if (status === 429) {
		return {
			class: 'notAttempted',
			message: 'Too many requests at once (HTTP 429)',
			hint: 'Wait a few minutes.',
			retryAfter: response.retryAfter,
		};
	}
	return notFromService(status);
}

/** What only a response to something accepted holds. */
const IDS_OF_ACCEPTED = ['msg_id', 'schedule_id', 'sign_id', 'temp_id'] as const;

/**
 * True where a response holds anything that an accepted request leaves behind: an ID, a count, or a row that is not certainly
 * refused. Beside it an error proves nothing.
 */
function showsAcceptance(body: unknown): boolean {
	if (!isRecord(body)) return false;
	if (IDS_OF_ACCEPTED.some((name) => isGiven(body[name])) || body.is_valid === true) return true;
	if (isGiven(body.success_count) && toInteger(body.success_count) !== 0) return true;
	if (!isGiven(body.recipients)) return false;
	if (!Array.isArray(body.recipients)) return true;
	return body.recipients.some((row: unknown) => !isRecord(row) || meaningOfCode(row.error_code) !== 'refused');
}

/** False for what forms and clients write for "nothing". */
function isGiven(value: unknown): boolean {
	return value !== undefined && value !== null && value !== '';
}

/** The service's response, or undefined when it is not JSON: what a proxy page says about a message is not evidence. */
function parseBody(text: string): unknown {
	try {
		return parseJson(text);
	} catch {
		return undefined;
	}
}

function serverError(status: number, code: number | undefined): Outcome {
	return {
		class: 'unknown',
		message: `JSMS had an internal error (HTTP ${status}${code === undefined ? '' : `, code ${code}`})`,
		hint: LOOK_UP_FIRST,
		httpStatus: status,
		...(code !== undefined && { code }),
	};
}

function redirected(status: number): Outcome {
	return {
		class: 'unknown',
		message: `'Base URL' redirects to another address (HTTP ${status}), and your keys were not sent there`,
		hint: `Set 'Base URL' in the credential to https://api.sms.jpush.cn/v1. ${LOOK_UP_FIRST}`,
		httpStatus: status,
	};
}

/** A response without the service's error envelope comes from something in between, which proves nothing. */
function notFromService(status: number): Outcome {
	return {
		class: 'unknown',
		message: `Something other than JSMS responded (HTTP ${status}), probably a proxy or a wrong 'Base URL'`,
		hint: `Check 'Base URL' in the credential and any proxy between n8n and JSMS. ${LOOK_UP_FIRST}`,
		httpStatus: status,
	};
}

/** An error beside what only an accepted request has: either of them may be true. */
function contradicting(status: number): Outcome {
	return {
		class: 'unknown',
		message: `The response of JSMS contradicts itself (HTTP ${status}): it contains an error, but also signs that the request was accepted`,
		hint: LOOK_UP_FIRST,
		httpStatus: status,
	};
}

function unreadable(status: number): Outcome {
	return {
		class: 'unknown',
		message: `The response of JSMS could not be read (HTTP ${status})`,
		hint: LOOK_UP_FIRST,
		httpStatus: status,
	};
}
