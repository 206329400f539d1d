import type { Logger } from 'n8n-workflow';

import { maskMobile } from '../model/mask';
import { ExpiringMap } from './expiringMap';
import type { VerificationEvent } from './flow';

/** The same line at most once in a minute, so that abuse cannot fill the log. */
const QUIET_MS = 60_000;
const CAPACITY = 1000;

/** Where lines go and what they name. */
export interface LogTarget {
	logger: Pick<Logger, 'info' | 'warn' | 'error'>;
	node: string;
	workflowId?: string;
	/** Workflow and node. */
	nodeKey: string;
}

/** Writes to n8n's log what the owner of the workflow should know. Never a code, a token or a whole number. */
export class VerificationLog {
	private readonly written = new ExpiringMap<true>(QUIET_MS, CAPACITY);

	private readonly proxies = new Set<string>();

	/** @param now milliseconds on a monotonic clock */
	report({ logger, node, workflowId, nodeKey }: LogTarget, event: VerificationEvent, now: number): void {
		const who = maskMobile(event.mobile);
		const data = { workflowId };
		if (event.event === 'verified') return void logger.info(`${node}: verified ${who}`, data);
		if (!this.isDue(`${nodeKey}/${event.event}/${'limit' in event ? event.limit : ''}`, now)) return undefined;
		logger.warn(`${node}: ${textOf(event, who)}`, data);
		return undefined;
	}

	/** The node cannot serve anybody. */
	reportSetup({ logger, node, workflowId, nodeKey }: LogTarget, message: string, now: number): void {
		if (this.isDue(`${nodeKey}/setup`, now)) logger.error(`${node}: cannot serve its page: ${message}`, { workflowId });
	}

	/** All visitors seem to have one address. Said once per node, because it stays so until n8n is started with other settings. */
	reportProxy({ logger, node, workflowId, nodeKey }: LogTarget): void {
		if (this.proxies.has(nodeKey) || this.proxies.size >= CAPACITY) return;
		this.proxies.add(nodeKey);
		logger.warn(
			`${node}: the limit 'Codes per Address and Hour' is off, because a proxy hides the addresses of visitors. Set N8N_PROXY_HOPS to the number of proxies in front of n8n (usually 1) and restart n8n.`,
			{ workflowId },
		);
	}

	private isDue(line: string, now: number): boolean {
		if (this.written.get(line, now)) return false;
		this.written.set(line, true, now);
		return true;
	}
}

function textOf(event: Exclude<VerificationEvent, { event: 'verified' }>, who: string): string {
	switch (event.event) {
		case 'limit':
			return `sent no code to ${who}: the limit '${event.limit}' is reached`;
		case 'notSent':
			return `sent no code to ${who}: ${event.reason}`;
		case 'maybeSent':
			return `it is not known whether the code for ${who} was sent: ${event.reason}`;
		case 'notChecked':
			return `could not check the code of ${who}: ${event.reason}`;
		case 'tooManyTries':
			return `checks no more codes for the last message to ${who}: the limit 'Tries per Code' is reached`;
	}
}
