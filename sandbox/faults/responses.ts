import { RETURN_CODES, envelope } from '../codes';
import { anything, headers, secondsOrDate, status, text, whole, type Values } from './fields';
import { faultKind } from './kind';
import type { ServiceResponse } from '../exchange';

/** Faults that put another ordinary response in place of the real one. */

const HTML_PAGE =
	'<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad Gateway</h1></center>\r\n</body>\r\n</html>\r\n';

const RESPONSE_FIELDS = {
	status: status(),
	code: whole(0),
	message: text(),
	body: anything(),
	headers: headers({ default: {} }),
	contentType: text(),
};

/** @param fault `body` as given, or the error envelope of `code`; without both 50019 */
function madeUpResponse({
	status: given,
	code = 50019,
	message,
	body,
	headers: more,
	contentType,
}: Values<typeof RESPONSE_FIELDS>): ServiceResponse {
	const responseStatus = given ?? (body === undefined ? RETURN_CODES[code]?.status : undefined) ?? 500;
	if (body === undefined) {
		return { status: responseStatus, body: envelope(code, message), headers: more, contentType };
	}
	const looksLikeHtml = typeof body === 'string' && body.trimStart().startsWith('<');
	return {
		status: responseStatus,
		body,
		headers: more,
		contentType: contentType ?? (looksLikeHtml ? 'text/html' : undefined),
	};
}

export const responses = {
	answer: faultKind({
		note: 'this response, nothing accepted. Without `body` the error envelope of `code` (default 50019); `status` follows the code',
		accepts: false,
		fields: RESPONSE_FIELDS,
		before: (_exchange, fault) => madeUpResponse(fault),
	}),
	answerAfterAccepting: faultKind({
		note: 'the request is carried out as usual, then this response is sent instead (500/50019 unless told otherwise)',
		accepts: true,
		fields: RESPONSE_FIELDS,
		after: (_exchange, fault) => madeUpResponse(fault),
	}),
	tooMany: faultKind({
		note: '429 as from a gateway: no envelope; `retryAfter` (seconds or date) becomes the Retry-After header',
		accepts: false,
		fields: {
			retryAfter: secondsOrDate(),
			body: text(),
		},
		before: (_exchange, fault) => ({
			status: 429,
			body: fault.body ?? 'Too Many Requests\n',
			contentType: 'text/plain',
			...(fault.retryAfter !== undefined && { headers: { 'retry-after': String(fault.retryAfter) } }),
		}),
	}),
	redirect: faultKind({
		note: '`status` (302) with `Location: location`, nothing accepted',
		accepts: false,
		fields: { location: text({ required: true }), status: status({ default: 302 }) },
		before: (_exchange, fault) => ({
			status: fault.status,
			body: '',
			contentType: 'text/plain',
			headers: { location: fault.location },
		}),
	}),
	notJson: faultKind({
		note: 'accepted, then 200 (or `status`) with an HTML page (or `body`)',
		accepts: true,
		fields: { status: status({ default: 200 }), body: text({ default: HTML_PAGE }) },
		after: (_exchange, fault) => ({ status: fault.status, body: fault.body, contentType: 'text/html', headers: {} }),
	}),
	emptyBody: faultKind({
		note: 'accepted, then 200 (or `status`) with no body',
		accepts: true,
		fields: { status: status({ default: 200 }) },
		after: (_exchange, fault) => ({ status: fault.status, body: '', headers: {} }),
	}),
	brokenJson: faultKind({
		note: 'accepted, then the real response cut in half but with a matching Content-Length, so only the JSON is broken',
		accepts: true,
		fields: {},
		after: (exchange, _fault, response) => {
			const full = exchange.textOf(response);
			return { ...response, body: full.slice(0, Math.ceil(full.length / 2)) };
		},
	}),
};
