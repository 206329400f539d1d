import type { FastifyReply, FastifyRequest } from 'fastify';
import { signInAccount, signInApplication } from './auth';
import { Refusal, envelope } from './codes';
import { Exchange, TAKEN, type ServiceResponse } from './exchange';
import { KINDS } from './faults/kinds';
import { readForm, type Form } from './form';
import { isObject } from './json';
import type { RecordedRequest } from './requests';
import type { Account, Application } from './seed';
import type { Settings } from './settings';
import type { State } from './state';

declare module 'fastify' {
	interface FastifyRequest {
		/** of a call under /v1; null: a control call */
		record: RecordedRequest | null;
		bodyText: string;
	}
}

/** The JSON object of a request. */
export type Body = Record<string, unknown>;

/** What every endpoint is handed. */
interface AnyCall {
	state: State;
	/** empty where the endpoint takes none */
	body: Body;
	/** where the endpoint takes one and a form came */
	form?: Form;
	/** of the path */
	params: Record<string, string>;
	/** parameters behind the question mark; the last one counts where one is given twice */
	query: Record<string, string>;
	/** number of the request */
	request: number;
	/** gives out a msg_id */
	newId: () => string;
}

/** A call of a signed-in application. */
export type Call = AnyCall & { application: Application };
/** A call signed in with the developer pair of an account. */
export type AccountCall = AnyCall & { account: Account };

interface Result {
	/** default: 200 */
	status?: number;
	body: unknown;
}

/** `handle` is synchronous, so that nothing comes between the checks of a request and what it writes. */
export type Endpoint = {
	/** something is sent: all refusals about the application apply */
	sends?: boolean;
	takesBody?: boolean;
	/** fields of the body that may be left out, see the switch `emptyOptionals` */
	optional?: string[];
	/** multipart/form-data */
	takesForm?: boolean;
} & (
	| { signIn?: 'application'; handle: (call: Call) => Result }
	| { signIn: 'account'; handle: (call: AccountCall) => Result }
	| { signIn: 'nobody'; handle: (call: AnyCall) => Result }
);

/** Path → method → endpoint. */
export type Routes = Record<string, Partial<Record<string, Endpoint>>>;

/** Reads a request body as a JSON object. */
function readBody(text: string, settings: Settings): Body {
	if (text.trim() === '') throw new Refusal(50003);
	if (settings.maxBodyBytes > 0 && Buffer.byteLength(text) > settings.maxBodyBytes) throw new Refusal(50007);
	let body: unknown;
	try {
		body = JSON.parse(text);
	} catch {
		throw new Refusal(50007);
	}
	if (!isObject(body)) throw new Refusal(50007);
	return body;
}

/**
 * Deals with optional fields that are empty texts, as some clients send what was not filled in.
 * @param body changed in place
 */
function readEmptyOptionals(body: Body, optional: string[], settings: Settings) {
	if (settings.emptyOptionals === 'judge') return;
	for (const name of optional) {
		if (body[name] !== '') continue;
		if (settings.emptyOptionals === 'refuse') throw new Refusal(50007);
		delete body[name];
	}
}

function isJson(contentType: string | undefined) {
	return /^\s*application\/json\s*(;|$)/i.test(contentType ?? '');
}

/** Order of the checks: path, method, media type, sign-in, body. Undocumented, and the usual one. */
export class Service {
	constructor(
		readonly state: State,
		readonly closing: AbortSignal,
	) {}

	/**
	 * Responds to one request under /v1.
	 * @param endpoint a number: refuse with this code (path or method that does not exist)
	 */
	async respond(request: FastifyRequest, reply: FastifyReply, endpoint: Endpoint | number) {
		const { state } = this;
		const { record } = request;
		if (!record) throw new Error('A call under /v1 has a record.');
		const exchange = new Exchange(request, reply, record, this.closing);
		try {
			const path = record.path.replace(/(.)\/$/, '$1');
			const fault = state.faults.take(record.method, path);
			const kind = fault && KINDS[fault.kind];
			if (fault) record.fault = fault.kind;
			if (state.settings.latencyMs > 0) await exchange.wait(state.settings.latencyMs);

			let response = fault && kind?.before ? await kind.before(exchange, fault) : undefined;
			if (response === undefined) {
				const takesForm = typeof endpoint === 'object' && endpoint.takesForm === true;
				const form = takesForm ? await readForm(record.headers['content-type'], request.body) : undefined;
				response = this.work(exchange, endpoint, form, kind?.ids);
				if (fault && kind?.after) response = await kind.after(exchange, fault, response);
			}
			if (response === TAKEN) return reply;
			return exchange.send(response, state.settings.recordBodies);
		} catch (error) {
			// Waits end this way when the sandbox closes; nobody is owed a response any more.
			if (!this.closing.aborted) throw error;
			exchange.takeOver();
			exchange.socket.destroy();
			return reply;
		}
	}

	/** Works a request off and gives the honest response. */
	work({ request, record }: Exchange, endpoint: Endpoint | number, form?: Form, ids?: 'big'): ServiceResponse {
		const { state } = this;
		const { settings } = state;
		state.tick();
		let body: Body = {};
		try {
			if (settings.trailingSlash === 'refuse' && record.path.endsWith('/')) throw new Refusal(50016);
			if (typeof endpoint === 'number') throw new Refusal(endpoint);
			if (endpoint.takesBody && settings.contentType === 'strict' && !isJson(record.headers['content-type'])) {
				throw new Refusal(50017);
			}
			const style = ids ?? (settings.msgIds === 'uuids' ? 'uuids' : 'digits');
			const handle = signIn(state, request.headers.authorization, endpoint);
			if (endpoint.takesBody) body = readBody(request.bodyText, settings);
			readEmptyOptionals(body, endpoint.optional ?? [], settings);
			const response = handle({
				state,
				body,
				form,
				params: request.params as Record<string, string>,
				query: record.query,
				request: record.number,
				newId: () => state.ids.take(style),
			});
			return { status: response.status ?? 200, body: response.body };
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
	noteRefusal(record: RecordedRequest, { mobile, recipients }: Body, code: number) {
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

/** @returns the handler of the endpoint, for whoever signed in */
function signIn(state: State, header: string | undefined, endpoint: Endpoint): (call: AnyCall) => Result {
	switch (endpoint.signIn) {
		case 'nobody':
			return endpoint.handle;
		case 'account': {
			const account = signInAccount(state, header);
			return (call) => endpoint.handle({ ...call, account });
		}
		default: {
			const application = signInApplication(state, header, { sends: endpoint.sends === true });
			return (call) => endpoint.handle({ ...call, application });
		}
	}
}
