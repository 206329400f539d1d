import type { IHttpRequestOptions } from 'n8n-workflow';

import type { VirtualClock } from '../clock/virtualClock';
import type { Random } from '../random';
import type { InboxPlan, ServiceFault, World } from '../world/types';
import { decide, type Asked, type Decision } from './decide';
import { Inbox, type HandedPage } from './inbox';
import type { Attempt, LedgerEntry, Origin } from './ledger';

/** A response as n8n's HTTP helper gives it when asked for a stream and for all statuses. */
export interface HttpResponse {
	statusCode: number;
	headers: Record<string, string>;
	body: AsyncIterable<Buffer> & { destroy(): void };
}

/** The keys of the one application, also in the way they go over the wire. */
export const APP_KEY = 'dummykeydummykeydummykey';
export const MASTER_SECRET = 'dummysecretdummysecret00';
export const BASIC = Buffer.from(`${APP_KEY}:${MASTER_SECRET}`).toString('base64');

/**
 * JSMS on a wire without a network. Keeps the ledger of what it accepted, and for each request what is certain about it.
 * What it does belongs to no simulated process: it goes on when the one who asked has died.
 */
export class Service {
	readonly ledger: LedgerEntry[] = [];
	readonly attempts: Attempt[] = [];
	/** Requests that change nothing. */
	reads = 0;
	isHealed = false;
	readonly inbox: Inbox;
	readonly #schedulesGone = new Map<string, 'sent' | 'deleted'>();
	readonly #codesUsed = new Set<string>();
	#requests = 0;
	#nextId = 700_000_000_000;

	constructor(
		private readonly plan: World['service'],
		inbox: InboxPlan,
		private readonly clock: VirtualClock,
		private readonly random: Random,
		private readonly trace: (line: string) => void,
	) {
		this.inbox = new Inbox(inbox);
	}

	/** Takes a request in the place of n8n's HTTP helper. */
	async request(options: IHttpRequestOptions, signal: AbortSignal | undefined, origin: Origin): Promise<HttpResponse> {
		const number = this.#requests++;
		const asked = readRequest(options, number);
		const fault = this.isHealed ? undefined : this.plan.faults[number];
		const from = `${origin.execution} ${origin.node}${origin.run > 0 ? ` (run ${origin.run})` : ''}`;
		this.trace(`wire ${number}: ${asked.method} ${asked.path} of ${from}${fault ? `, ${JSON.stringify(fault)}` : ''}`);
		const attempt: Attempt = {
			...origin,
			at: this.clock.now,
			wallAt: Date.now(),
			request: number,
			phones: asked.phones,
			accepted: [],
			refused: [],
			certainty: 'doubt',
			isAborted: false,
			neverLeft: false,
		};
		if (asked.method === 'GET') this.reads += 1;
		else this.attempts.push(attempt);
		if (signal?.aborted) {
			Object.assign(attempt, { neverLeft: true, certainty: 'clear' });
			throw netError('ERR_CANCELED', 'canceled');
		}
		return await new Promise((resolve, reject) => {
			const onAbort = () => {
				attempt.isAborted = true;
				reject(netError('ERR_CANCELED', 'canceled'));
			};
			signal?.addEventListener('abort', onAbort, { once: true });
			/** Hands something to the one who asked, if it still lives. */
			const answer = (give: () => void, ms = 1) => {
				this.clock.schedule(
					() => {
						signal?.removeEventListener('abort', onAbort);
						give();
					},
					ms,
					origin.owner,
				);
			};
			const fail = (code: string, message: string) => answer(() => reject(netError(code, message)));
			if (fault?.kind === 'connectionRefused') {
				attempt.certainty = 'clear';
				return fail('ECONNREFUSED', 'connect ECONNREFUSED 127.0.0.1:443');
			}
			const latency = this.#latency(fault);
			this.clock.schedule(
				() => {
					if (fault?.kind === 'reset' && fault.when === 'before') return fail('ECONNRESET', 'socket hang up');
					if (fault?.kind === 'hang' && fault.when === 'before') return;
					let page: HandedPage | undefined;
					const decision = this.#decide(asked, fault, attempt, origin, (handed) => (page = handed));
					// Whatever was decided: nobody hears of it.
					if (fault?.kind === 'hang' || fault?.kind === 'reset') attempt.certainty = 'doubt';
					if (fault?.kind === 'hang') return;
					if (fault?.kind === 'reset') return fail('ECONNRESET', 'read ECONNRESET');
					const isWhole = fault === undefined || fault.kind === 'slow';
					const give = () => {
						if (page && isWhole && !attempt.isAborted) page.hasArrived = true;
						resolve(toResponse(decision, fault));
					};
					answer(give, 1 + Math.floor(latency / 2));
				},
				Math.ceil(latency / 2),
				'service',
			);
		});
	}

	#latency(fault: ServiceFault | undefined): number {
		if (this.isHealed) return 1;
		return 1 + Math.floor(this.random() * this.plan.ms) + (fault?.kind === 'slow' ? fault.ms : 0);
	}

	#decide(
		asked: Asked,
		fault: ServiceFault | undefined,
		attempt: Attempt,
		origin: Origin,
		onPage: (page: HandedPage) => void,
	): Decision {
		const decision = decide(asked, fault, {
			newId: () => String(this.#nextId++),
			accept: (phone, id) => {
				attempt.accepted.push(phone);
				this.ledger.push({ ...origin, at: this.clock.now, phone, id, request: asked.number, sendTime: asked.sendTime });
			},
			refuse: (phone) => attempt.refused.push(phone),
			schedulesGone: this.#schedulesGone,
			codesUsed: this.#codesUsed,
			knows: (id) => this.ledger.some((entry) => entry.id === id),
			handOut: (kind) => {
				const { page, body } = this.inbox.take(kind, origin.execution, origin.owner);
				onPage(page);
				return body;
			},
		});
		attempt.certainty = decision.certainty;
		return decision;
	}
}

function readRequest(options: IHttpRequestOptions, number: number): Asked {
	const method = options.method ?? 'GET';
	const path = options.url.replace(/^https?:\/\/[^/]+\/v1/, '');
	const body = bodyOf(options.body);
	const recipients = Array.isArray(body?.recipients) ? (body.recipients as Asked['recipients']) : undefined;
	const phones = (recipients ?? [body ?? {}]).map((one) => String((one as { mobile?: unknown }).mobile ?? path));
	const [sendTime, code] = [body?.send_time, body?.code] as Array<string | undefined>;
	return { number, method, path, phones, recipients, sendTime, code };
}

function bodyOf(body: unknown): Record<string, unknown> | undefined {
	if (!body) return undefined;
	const text = typeof body === 'string' ? body : Buffer.isBuffer(body) ? body.toString() : JSON.stringify(body);
	return JSON.parse(text) as Record<string, unknown>;
}

function toResponse({ status, headers, body }: Decision, fault: ServiceFault | undefined): HttpResponse {
	const text = fault?.kind === 'cut' ? body.slice(0, body.length >> 1) : body;
	const stream = {
		destroy() {},
		async *[Symbol.asyncIterator]() {
			yield Buffer.from(text);
			if (fault?.kind === 'drip') await new Promise(() => {});
		},
	};
	return { statusCode: status, headers, body: stream };
}

const netError = (code: string, message: string) => Object.assign(new Error(message), { code, httpCode: code });
