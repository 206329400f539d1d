import { LOOK_UP_FIRST } from '../api/errorCodes';
import type { Outcome } from '../api/outcome';
import { workOff, type Company } from '../pool';
import { NOT_SENT, StopRule } from '../stopRule';
import { newFamily, quietly, type Family } from './family';
import type { Match } from './match';
import { planRequests } from './plan';
import { splitInHalves } from './split';
import type { Admission, Admit, BatchRequest, Entry, Recipient, Rejected, Result, SendRequest } from './types';

export interface BatchSettings {
	/** Recipients per request, 1..1000. */
	batchSize: number;
	/** Requests in flight at once, 1..20. */
	concurrency: number;
	/** How an accepted answer gives each recipient a result. */
	match: Match;
	/** False where a refused request must not be split. */
	splits?: boolean;
	/** True as soon as the execution was cancelled; no further request starts then. */
	isCancelled?: () => boolean;
	/** Told about lines of an answer that belong to nobody. */
	onInventedRows?: (count: number) => void;
	/** Asked right before a request starts. */
	admit?: Admit;
	/** Settles when a request should no longer wait for others to ask with it, which is cheaper. It does not wait by default. */
	patience?: () => Promise<void>;
	/** The clock, in ms since 1970. */
	now?: () => number;
}

export interface BatchReport {
	/** One result per entry, in the order of the entries. */
	results: Result[];
	/** Requests that were started. */
	requests: number;
}

/**
 * Sends a list of recipients and accounts for every one of them exactly once.
 *
 * Knows neither n8n nor HTTP: `send` does the I/O and reports what came of each request. A refusal that concerns
 * everybody stops the requests that would meet it too; a refusal for the content of a request splits it in halves
 * until the bad rows stand alone.
 *
 * @param entries  lines of the input; rejected ones become failed rows without a request
 * @param settings sizes and limits
 * @param send     sends one request; never throws
 */
export async function runBatch(
	entries: readonly Entry[],
	settings: BatchSettings,
	send: SendRequest,
): Promise<BatchReport> {
	const run = new BatchRun(entries, settings, send);
	await run.drain();
	return run.report();
}

/** The result of a line that was refused before sending. */
export function resultOfRejected({ problem }: Rejected): Result {
	return {
		status: 'failed',
		message: problem.message,
		hint: problem.hint,
		safeToRetry: problem.safeToRetry ?? false,
		scope: problem.concerns === 'everyone' ? 'application' : 'recipient',
	};
}

/** A request that may start now, with those who are left of it. */
type Admitted = { request: BatchRequest; recipients: Recipient[] } & Partial<Pick<Admission, 'release' | 'forget'>>;

class BatchRun {
	private readonly results: Array<Result | undefined>;

	private readonly queue: BatchRequest[];

	/** The planned request that each request comes from. */
	private readonly families = new Map<BatchRequest, Family>();

	/** Notes that are being taken back. */
	private readonly closing: Array<Promise<void>> = [];

	private requests = 0;

	private readonly stop: StopRule;

	constructor(
		private readonly entries: readonly Entry[],
		private readonly settings: BatchSettings,
		private readonly send: SendRequest,
	) {
		this.stop = new StopRule({ isCancelled: settings.isCancelled });
		this.results = entries.map((entry) => ('problem' in entry ? resultOfRejected(entry) : undefined));
		this.queue = planRequests(entries, settings.batchSize);
		for (const request of this.queue) this.families.set(request, newFamily(request.positions.length));
	}

	/** Works the queue off; splitting puts halves back to its front. */
	async drain(): Promise<void> {
		await workOff(
			() => this.takeNext(),
			this.settings.concurrency,
			async (request, company) => await this.sendOne(request, company),
		);
		await Promise.all(this.closing);
	}

	private takeNext(): BatchRequest | undefined {
		for (let request = this.queue.shift(); request; request = this.queue.shift()) {
			const reason = this.stop.reason(request.shared);
			if (reason === undefined) return request;
			this.holdBack(request, reason);
		}
		return undefined;
	}

	report(): BatchReport {
		return { results: this.results as Result[], requests: this.requests };
	}

	private holdBack(request: BatchRequest, reason: string): void {
		this.settle(request, notAttempted(reason));
	}

	private async sendOne(asked: BatchRequest, company: Company): Promise<void> {
		if (this.settings.patience) await company.gather(this.settings.patience);
		const admitted = await this.admit(asked);
		if (!admitted) return;
		const { request, recipients, release, forget } = admitted;
		if (request.positions.length === 0) {
			this.close(request);
			return;
		}
		// Asking may have taken its time.
		const reason = this.stop.reason(request.shared);
		if (reason !== undefined) {
			await quietly(async () => await release?.(recipients));
			this.familyOf(request).notes.push(forget);
			this.holdBack(request, reason);
			return;
		}
		this.requests += 1;
		const attemptedAt = new Date(this.settings.now?.() ?? Date.now()).toISOString();
		const outcome = await this.sendSafely(request, recipients);
		if (outcome.class === 'refused' || outcome.class === 'notAttempted') {
			// Before the result is taken in: the halves of a split ask again for the same recipients.
			await quietly(async () => await release?.(recipients));
			this.familyOf(request).notes.push(forget);
		} else {
			this.familyOf(request).sent = true;
		}
		this.take(request, recipients, outcome);
		this.stampUnknown(request, attemptedAt);
		if (outcome.class !== 'accepted') return;
		const refused = recipients.filter((_, index) => this.results[request.positions[index]]?.status === 'failed');
		if (refused.length > 0) await quietly(async () => await release?.(refused));
	}

	/**
	 * Leaves out the recipients that must not be sent to now; they have their results then. Where nobody is left out, the list
	 * that was asked about is the one to be sent, so that a body made for asking serves for sending, too.
	 */
	private async admit(asked: BatchRequest): Promise<Admitted | undefined> {
		const recipients = this.recipientsOf(asked);
		if (!this.settings.admit) return { request: asked, recipients };
		const request: BatchRequest = { shared: asked.shared, positions: [] };
		const family = this.familyOf(asked);
		this.families.delete(asked);
		this.families.set(request, family);
		try {
			const { verdicts, release, forget } = await this.settings.admit(asked, recipients);
			asked.positions.forEach((position, index) => {
				const verdict = verdicts[index];
				if (verdict) this.results[position] = verdict;
				else request.positions.push(position);
			});
			family.sent ||= verdicts.some((verdict) => verdict?.status === 'unknown');
			const all = request.positions.length === recipients.length;
			return { request, recipients: all ? recipients : this.recipientsOf(request), release, forget };
		} catch (error) {
			request.positions.push(...asked.positions);
			this.holdBack(request, error instanceof Error ? error.message : String(error));
			return undefined;
		}
	}

	private familyOf(request: BatchRequest): Family {
		return this.families.get(request) as Family;
	}

	private recipientsOf({ positions }: BatchRequest): Recipient[] {
		return positions.map((position) => this.entries[position] as Recipient);
	}

	private take(request: BatchRequest, recipients: Recipient[], outcome: Outcome): void {
		this.stop.learn(outcome, request.shared);
		switch (outcome.class) {
			case 'accepted': {
				const { results, invented } = this.settings.match(recipients, outcome.body);
				if (invented > 0) this.tellInvented(invented);
				this.settle(request, (index) => results[index]);
				break;
			}
			case 'refused':
				this.refuse(request, outcome);
				break;
			case 'notAttempted':
				this.settle(request, () => ({
					status: 'failed',
					message: outcome.message,
					hint: outcome.hint,
					safeToRetry: true,
					scope: 'application',
				}));
				break;
			case 'unknown':
				this.settle(request, () => ({
					status: 'unknown',
					...(outcome.code !== undefined && { code: outcome.code }),
					message: outcome.message,
					hint: outcome.hint,
					safeToRetry: false,
				}));
		}
	}

	/** Says of everybody of whom this request left nothing certain when it left. */
	private stampUnknown({ positions }: BatchRequest, attemptedAt: string): void {
		for (const position of positions) {
			const result = this.results[position];
			if (result?.status === 'unknown') this.results[position] = { ...result, attemptedAt };
		}
	}

	/** A failure of our own in mid-send must not lose the other rows; whether this request left is not known then. */
	private async sendSafely(request: BatchRequest, recipients: Recipient[]): Promise<Outcome> {
		try {
			return await this.send(request, recipients);
		} catch (error) {
			return {
				class: 'unknown',
				message: `The request ended unexpectedly (${error instanceof Error ? error.message : String(error)})`,
				hint: LOOK_UP_FIRST,
			};
		}
	}

	private refuse(request: BatchRequest, outcome: Outcome & { class: 'refused' }): void {
		if (outcome.splittable && request.positions.length > 1 && this.settings.splits !== false) {
			this.split(request);
			return;
		}
		const scope = outcome.scope === 'code' ? 'request' : outcome.scope;
		this.settle(request, () => ({
			status: 'failed',
			...(outcome.code !== undefined && { code: outcome.code }),
			message: outcome.message,
			hint: outcome.hint,
			safeToRetry: outcome.safeToRetry,
			scope,
		}));
	}

	/** Halves a refused request as long as its allowance lasts; the refusal proves that nothing of it was sent. */
	private split(request: BatchRequest): void {
		const family = this.familyOf(request);
		if (family.left < 2) {
			this.holdBack(request, 'JSMS refused requests with this recipient too often because of other rows');
			return;
		}
		family.left -= 2;
		family.open += 1;
		const halves = splitInHalves(request);
		for (const half of halves) this.families.set(half, family);
		this.families.delete(request);
		this.queue.unshift(...halves);
	}

	private settle(request: BatchRequest, resultOf: (index: number) => Result): void {
		request.positions.forEach((position, index) => {
			this.results[position] = resultOf(index);
		});
		this.close(request);
	}

	private close(request: BatchRequest): void {
		const family = this.familyOf(request);
		this.families.delete(request);
		family.open -= 1;
		// Only now is it certain that no part of the planned request was sent.
		if (family.open === 0 && !family.sent) this.closing.push(...family.notes.map(quietly));
	}

	private tellInvented(count: number): void {
		try {
			this.settings.onInventedRows?.(count);
		} catch {
			// A log that fails must not cost the rows of this answer.
		}
	}
}

function notAttempted(reason: string): () => Result {
	return () => ({
		status: 'failed',
		message: `Not attempted: ${reason}`,
		hint: NOT_SENT,
		safeToRetry: true,
		scope: 'request',
	});
}
