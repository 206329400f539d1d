import { setTimeout as sleep } from 'node:timers/promises';
import type { Socket } from 'node:net';
import type { FastifyRequest, FastifyReply } from 'fastify';
import type { RecordedRequest } from './requests';

export interface ServiceResponse {
	status: number;
	/** a text is sent as it is, anything else as JSON */
	body: unknown;
	/** default: application/json */
	contentType?: string;
	headers?: Record<string, string | number>;
}

/** Returned by a fault that has seen to the response itself. */
export const TAKEN = 'taken' as const;

/** One request and the means to respond to it in unusual ways. */
export class Exchange {
	readonly socket: Socket;

	/** @param closing aborted when the sandbox closes */
	constructor(
		readonly request: FastifyRequest,
		readonly reply: FastifyReply,
		readonly record: RecordedRequest,
		readonly closing: AbortSignal,
	) {
		this.socket = request.raw.socket;
	}

	/** Waits; ends with an error when the sandbox closes meanwhile. */
	async wait(ms: number) {
		await sleep(ms, undefined, { signal: this.closing });
	}

	/**
	 * Takes the response out of the server library's hands.
	 * @param status the one that will be sent; null: none
	 */
	takeOver(status: number | null = null) {
		this.record.status = status;
		this.reply.hijack();
		return this.reply.raw;
	}

	/** The body of a response as it goes over the wire. */
	textOf({ body }: ServiceResponse): string {
		return typeof body === 'string' ? body : JSON.stringify(body);
	}

	/**
	 * Sends an ordinary response.
	 * @param keepBody keep it in the record
	 */
	send(response: ServiceResponse, keepBody: boolean) {
		const text = this.textOf(response);
		this.record.status = response.status;
		if (keepBody) this.record.answer = text;
		this.reply
			.code(response.status)
			.headers(response.headers ?? {})
			.header('content-type', response.contentType ?? 'application/json');
		return this.reply.send(text);
	}
}
