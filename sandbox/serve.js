'use strict';

const { Refusal, envelope } = require('./codes');
const { Exchange, TAKEN } = require('./exchange');
const { KINDS } = require('./faults/kinds');
const { signInApplication, signInAccount } = require('./auth');
const { readForm } = require('./form');

/**
 * What the handler of an endpoint works with.
 * @typedef {object} Call
 * @property {import('./state').State} state
 * @property {any} application the signed-in application (or account, where the endpoint signs in accounts)
 * @property {Record<string, any>} body the JSON object of the request; empty where the endpoint takes none
 * @property {import('./form').Form} [form] where the endpoint takes one and a form came
 * @property {Record<string, string>} params of the path
 * @property {number} request number of the request
 * @property {() => string} newId gives out a msg_id
 *
 * @typedef {object} Endpoint
 * @property {boolean} [sends] something is sent: all refusals about the application apply
 * @property {'application' | 'account' | 'nobody'} [signIn] default: application
 * @property {boolean} [takesBody]
 * @property {string[]} [optional] fields of the body that may be left out, see the switch `emptyOptionals`
 * @property {boolean} [takesForm] multipart/form-data
 * @property {(call: Call) => { status?: number, body: unknown }} handle synchronous, so that nothing comes between the
 *   checks of a request and what it writes
 */

/**
 * Reads a request body as a JSON object.
 * @param {string} text
 * @param {import('./settings').Settings} settings
 */
function readBody(text, settings) {
	if (text.trim() === '') throw new Refusal(50003);
	if (settings.maxBodyBytes > 0 && Buffer.byteLength(text) > settings.maxBodyBytes) throw new Refusal(50007);
	let body;
	try {
		body = JSON.parse(text);
	} catch {
		throw new Refusal(50007);
	}
	if (typeof body !== 'object' || body === null || Array.isArray(body)) throw new Refusal(50007);
	return body;
}

/**
 * Deals with optional fields that are empty texts, as some clients send what was not filled in.
 * @param {Record<string, any>} body changed in place
 * @param {string[]} optional
 * @param {import('./settings').Settings} settings
 */
function readEmptyOptionals(body, optional, settings) {
	if (settings.emptyOptionals === 'judge') return;
	for (const name of optional) {
		if (body[name] !== '') continue;
		if (settings.emptyOptionals === 'refuse') throw new Refusal(50007);
		delete body[name];
	}
}

/** @param {string | undefined} contentType */
function isJson(contentType) {
	return /^\s*application\/json\s*(;|$)/i.test(contentType ?? '');
}

/** Order of the checks: path, method, media type, sign-in, body. Undocumented, and the usual one. */
class Service {
	/** @param {import('./state').State} state @param {AbortSignal} closing */
	constructor(state, closing) {
		this.state = state;
		this.closing = closing;
	}

	/**
	 * Answers one request under /v1.
	 * @param {any} request with `record` and `bodyText`
	 * @param {import('fastify').FastifyReply} reply
	 * @param {Endpoint | number} endpoint a number: refuse with this code (path or method that does not exist)
	 */
	async answer(request, reply, endpoint) {
		const { state } = this;
		const { record } = request;
		const exchange = new Exchange(request, reply, record, this.closing);
		try {
			const path = record.path.replace(/(.)\/$/, '$1');
			const fault = state.faults.take(record.method, path);
			const kind = fault && KINDS[fault.kind];
			if (fault) record.fault = fault.kind;
			if (state.settings.latencyMs > 0) await exchange.wait(state.settings.latencyMs);

			let answer = fault && kind?.before ? await kind.before(exchange, fault) : undefined;
			if (answer === undefined) {
				const takesForm = typeof endpoint === 'object' && endpoint.takesForm === true;
				const form = takesForm ? await readForm(record.headers['content-type'], request.body) : undefined;
				answer = this.work(request, endpoint, form, kind?.ids);
				if (fault && kind?.after) answer = await kind.after(exchange, fault, answer);
			}
			if (answer === TAKEN) return reply;
			return exchange.send(answer, state.settings.recordBodies);
		} catch (error) {
			// Waits end this way when the sandbox closes; nobody is owed an answer any more.
			if (!this.closing.aborted) throw error;
			exchange.takeOver();
			exchange.socket.destroy();
			return reply;
		}
	}

	/**
	 * Works a request off and gives the honest answer.
	 * @param {any} request
	 * @param {Endpoint | number} endpoint
	 * @param {import('./form').Form} [form]
	 * @param {'big'} [ids]
	 * @returns {import('./exchange').Answer}
	 */
	work(request, endpoint, form, ids) {
		const { state } = this;
		const { settings } = state;
		const { record } = request;
		state.tick();
		/** @type {Record<string, any>} */
		let body = {};
		try {
			if (settings.trailingSlash === 'refuse' && record.path.endsWith('/')) throw new Refusal(50016);
			if (typeof endpoint === 'number') throw new Refusal(endpoint);
			if (endpoint.takesBody && settings.contentType === 'strict' && !isJson(record.headers['content-type'])) {
				throw new Refusal(50017);
			}
			const style = ids ?? (settings.msgIds === 'uuids' ? 'uuids' : 'digits');
			const application = signIn(state, request.headers.authorization, endpoint);
			if (endpoint.takesBody) body = readBody(request.bodyText, settings);
			readEmptyOptionals(body, endpoint.optional ?? [], settings);
			const answer = endpoint.handle({
				state,
				application,
				body,
				form,
				params: request.params,
				request: record.number,
				newId: () => state.ids.take(style),
			});
			return { status: answer.status ?? 200, body: answer.body };
		} catch (error) {
			if (!(error instanceof Refusal)) throw error;
			if (typeof endpoint === 'object' && endpoint.sends) this.noteRefusal(record, body, error.code);
			return {
				status: error.status,
				body: { ...error.extra, ...envelope(error.code) },
				headers: error.code === 50002 && settings.wwwAuthenticate ? { 'www-authenticate': 'Basic realm="JSMS"' } : {},
			};
		} finally {
			state.changed();
		}
	}

	/** For the page: whom a request was meant for that was refused as a whole. */
	noteRefusal(/** @type {any} */ record, /** @type {any} */ { mobile, recipients }, /** @type {number} */ code) {
		const { state } = this;
		state.refusals.add({
			at: state.now(),
			...(mobile !== undefined && mobile !== null && { mobile: String(mobile) }),
			...(Array.isArray(recipients) && { recipients: recipients.length }),
			code,
			request: record.number,
			path: record.path,
		});
	}
}

/** @param {import('./state').State} state @param {string | undefined} header @param {Endpoint} endpoint */
function signIn(state, header, endpoint) {
	if (endpoint.signIn === 'nobody') return undefined;
	if (endpoint.signIn === 'account') return signInAccount(state, header);
	return signInApplication(state, header, { sends: endpoint.sends === true });
}

module.exports = { Service };
