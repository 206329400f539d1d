'use strict';

const { setTimeout: sleep } = require('node:timers/promises');

/**
 * @typedef {object} Answer
 * @property {number} status
 * @property {unknown} body a text is sent as it is, anything else as JSON
 * @property {string} [contentType] default: application/json
 * @property {Record<string, string | number>} [headers]
 */

/** Returned by a fault that has seen to the answer itself. */
const TAKEN = Symbol('taken');

/** One request and the means to answer it in unusual ways. */
class Exchange {
	/**
	 * @param {import('fastify').FastifyRequest} request
	 * @param {import('fastify').FastifyReply} reply
	 * @param {import('./requests').RecordedRequest} record
	 * @param {AbortSignal} closing aborted when the sandbox closes
	 */
	constructor(request, reply, record, closing) {
		this.request = request;
		this.reply = reply;
		this.record = record;
		this.closing = closing;
		this.socket = request.raw.socket;
	}

	/** Waits; ends with an error when the sandbox closes meanwhile. @param {number} ms */
	async wait(ms) {
		await sleep(ms, undefined, { signal: this.closing });
	}

	/**
	 * Takes the response out of the server library's hands.
	 * @param {number | null} [status] the one that will be sent; null: none
	 */
	takeOver(status = null) {
		this.record.status = status;
		this.reply.hijack();
		return this.reply.raw;
	}

	/** The body of an answer as it goes over the wire. @param {Answer} answer @returns {string} */
	textOf({ body }) {
		return typeof body === 'string' ? body : JSON.stringify(body);
	}

	/** Sends an ordinary answer. @param {Answer} answer @param {boolean} keepBody keep it in the record */
	send(answer, keepBody) {
		const text = this.textOf(answer);
		this.record.status = answer.status;
		if (keepBody) this.record.answer = text;
		this.reply
			.code(answer.status)
			.headers(/** @type {any} */ (answer.headers ?? {}))
			.header('content-type', answer.contentType ?? 'application/json');
		return this.reply.send(text);
	}
}

module.exports = { Exchange, TAKEN };
