'use strict';

const { RETURN_CODES, envelope } = require('../codes');
const { status, whole, text, headers, anything } = require('./fields');

/** Faults that put another ordinary answer in place of the real one. */

const HTML_PAGE =
	'<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad Gateway</h1></center>\r\n</body>\r\n</html>\r\n';

const ANSWER_FIELDS = {
	status: status(),
	code: whole(0),
	message: text(),
	body: anything(),
	headers: headers(),
	contentType: text(),
};

/**
 * @param {Record<string, any>} fault `body` as given, or the error envelope of `code`; without both 50019
 * @returns {import('../exchange').Answer}
 */
function madeUpAnswer({ status: given, code = 50019, message, body, headers: more = {}, contentType }) {
	const answerStatus = given ?? (body === undefined ? RETURN_CODES[code]?.status : undefined) ?? 500;
	if (body === undefined) {
		return { status: answerStatus, body: envelope(code, message), headers: more, contentType };
	}
	const looksLikeHtml = typeof body === 'string' && body.trimStart().startsWith('<');
	return {
		status: answerStatus,
		body,
		headers: more,
		contentType: contentType ?? (looksLikeHtml ? 'text/html' : undefined),
	};
}

/** @type {Record<string, import('./kinds').FaultKind>} */
module.exports = {
	answer: {
		note: 'this answer, nothing accepted. Without `body` the error envelope of `code` (default 50019); `status` follows the code',
		accepts: false,
		fields: ANSWER_FIELDS,
		before: (_exchange, fault) => madeUpAnswer(fault),
	},
	answerAfterAccepting: {
		note: 'the request is worked off as usual, then this answer is given instead (500/50019 unless told otherwise)',
		accepts: true,
		fields: ANSWER_FIELDS,
		after: (_exchange, fault) => madeUpAnswer(fault),
	},
	tooMany: {
		note: '429 as from a gateway: no envelope; `retryAfter` (seconds or date) becomes the Retry-After header',
		accepts: false,
		fields: {
			retryAfter: { check: (v) => ['string', 'number'].includes(typeof v), expects: 'seconds or a date' },
			body: text(),
		},
		before: (_exchange, fault) => ({
			status: 429,
			body: fault.body ?? 'Too Many Requests\n',
			contentType: 'text/plain',
			headers: fault.retryAfter === undefined ? {} : { 'retry-after': String(fault.retryAfter) },
		}),
	},
	redirect: {
		note: '`status` (302) with `Location: location`, nothing accepted',
		accepts: false,
		fields: { location: text({ required: true }), status: status({ default: 302 }) },
		before: (_exchange, fault) => ({
			status: fault.status,
			body: '',
			contentType: 'text/plain',
			headers: { location: fault.location },
		}),
	},
	notJson: {
		note: 'accepted, then 200 (or `status`) with an HTML page (or `body`)',
		accepts: true,
		fields: { status: status({ default: 200 }), body: text({ default: HTML_PAGE }) },
		after: (_exchange, fault) => ({ status: fault.status, body: fault.body, contentType: 'text/html', headers: {} }),
	},
	emptyBody: {
		note: 'accepted, then 200 (or `status`) with no body',
		accepts: true,
		fields: { status: status({ default: 200 }) },
		after: (_exchange, fault) => ({ status: fault.status, body: '', headers: {} }),
	},
	brokenJson: {
		note: 'accepted, then the real answer cut in half but with a matching Content-Length, so only the JSON is broken',
		accepts: true,
		fields: {},
		after: (exchange, _fault, answer) => {
			const full = exchange.textOf(answer);
			return { ...answer, body: full.slice(0, Math.ceil(full.length / 2)) };
		},
	},
};
