import { LOOK_UP_FIRST } from '../model/returnCodes';
import type { Outcome } from '../model/outcome';
import type { Cause } from '../model/cause';
import { runPool, type Barrier } from './pool';
import { StopRule } from './stopRule';
import type { BatchRequest, Entry, Match, Recipient, Result } from '../model/recipient';
import { planRequests } from './plan';
import { resultOfNotSent, resultOfOutcome, resultOfRejected } from './results';
import { maxSplitRequests, splitInHalves } from './split';
import type { Admission } from './admission';

/** Sends one request and tells what came of it; must not throw. */
export type SendRequest = (request: BatchRequest, recipients: Recipient[]) => Promise<Outcome>;

export interface BatchSettings {
	/** Recipients per request, 1..1000. */
	batchSize: number;
	/** Requests in flight at once, 1..20. */
	concurrency: number;
	/** How an accepted response gives each recipient a result. */
	match: Match;
	/** False where a refused request must not be split. */
	splits?: boolean;
	/** True as soon as the execution was canceled; no further request starts then. */
	isCancelled?: () => boolean;
	/** Why no further request may start now, by the time of the day. */
	whyClosed?: () => Cause | undefined;
	/** Told how many rows of a response belong to no recipient. */
	onUnmatchedRows?: (count: number) => void;
	/** Asked before a planned request starts; its halves are not asked about again. */
	admission?: Admission;
	/** Settles when a request should no longer wait for others to ask for admission with it, which is cheaper. It does not wait by default. */
	admissionDeadline?: () => Promise<void>;
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
 * @param entries  what was read of the input; rejected ones become failed rows without a request
 * @param settings sizes and limits
 * @param send     sends one request; never throws
 */
export async function runBatch(
	entries: readonly Entry[],
	settings: BatchSettings,
	send: SendRequest,
): Promise<BatchReport> {
	return await new BatchRun(entries, settings, send).execute();
}

/** Where nobody is asked. */
const EVERYBODY: Admission = { admit: async () => [], release: async () => {} };

/** A planned request, or a part of one that was refused for its content. */
interface Task {
	request: BatchRequest;
	/** True for parts: their recipients were admitted with the planned request. */
	isAdmitted: boolean;
	/** Requests that splitting may still add, for all parts of the planned request together. */
	splitsLeft: { count: number };
}

class BatchRun {
	private readonly results: Array<Result | undefined>;

	/** What is left to do, the next task last. */
	private readonly tasks: Task[];

	/** Recipients that are being released while other requests are under way. */
	private released: Promise<unknown> = Promise.resolve();

	private requests = 0;

	private readonly stop: StopRule;

	private readonly admission: Admission;

	constructor(
		private readonly entries: readonly Entry[],
		private readonly settings: BatchSettings,
		private readonly send: SendRequest,
	) {
		this.stop = new StopRule(settings);
		this.admission = settings.admission ?? EVERYBODY;
		this.results = entries.map((entry) => ('problem' in entry ? resultOfRejected(entry) : undefined));
		this.tasks = planRequests(entries, settings.batchSize)
			.map((request) => ({
				request,
				isAdmitted: false,
				splitsLeft: { count: maxSplitRequests(request.positions.length) },
			}))
			.reverse();
	}

	async execute(): Promise<BatchReport> {
		await runPool(
			() => this.takeNext(),
			this.settings.concurrency,
			async (task, barrier) => await this.runTask(task, barrier),
		);
		await this.released;
		return { results: this.results as Result[], requests: this.requests };
	}

	private takeNext(): Task | undefined {
		for (let task = this.tasks.pop(); task; task = this.tasks.pop()) {
			const cause = this.stop.cause(task.request.shared);
			if (cause === undefined) return task;
			this.markNotSent(task.request, cause);
			if (task.isAdmitted) this.released = Promise.all([this.released, this.release(task.request.positions)]);
		}
		return undefined;
	}

	private async runTask({ request: asked, isAdmitted, splitsLeft }: Task, barrier: Barrier): Promise<void> {
		if (!isAdmitted && this.settings.admissionDeadline) await barrier.wait(this.settings.admissionDeadline);
		const request = isAdmitted ? asked : await this.admit(asked);
		if (request.positions.length === 0) return;
		// Asking may have taken its time.
		const cause = this.stop.cause(request.shared);
		if (cause === undefined) {
			const outcome = await this.exchange(request);
			if (this.split(request, outcome, splitsLeft)) return;
		} else {
			this.markNotSent(request, cause);
		}
		await this.release(request.positions.filter((position) => (this.results[position] as Result).status === 'failed'));
	}

	/** The request without those who must not be sent to; they have their results then. */
	private async admit(request: BatchRequest): Promise<BatchRequest> {
		const { shared, positions } = request;
		try {
			const results = await this.admission.admit(this.recipientsOf(positions));
			positions.forEach((position, index) => (this.results[position] = results[index]));
		} catch (error) {
			this.markNotSent(request, { message: error instanceof Error ? error.message : String(error), hint: '' });
		}
		return { shared, positions: positions.filter((position) => this.results[position] === undefined) };
	}

	/** A courtesy: when it fails, results must not get lost over it, and who stays claimed is not sent to again. */
	private async release(positions: readonly number[]): Promise<void> {
		if (positions.length === 0) return;
		await this.admission.release(this.recipientsOf(positions)).catch(() => undefined);
	}

	private recipientsOf(positions: readonly number[]): Recipient[] {
		return positions.map((position) => this.entries[position] as Recipient);
	}

	/** Sends a request and gives its recipients their results. */
	private async exchange(request: BatchRequest): Promise<Outcome> {
		this.requests += 1;
		const attemptedAt = new Date(this.settings.now?.() ?? Date.now()).toISOString();
		const recipients = this.recipientsOf(request.positions);
		const outcome = await this.sendSafely(request, recipients);
		this.stop.record(outcome, request.shared);
		const results = this.resultsOf(recipients, outcome);
		request.positions.forEach((position, index) => {
			const result = results[index];
			this.results[position] = result.status === 'unknown' ? { ...result, attemptedAt } : result;
		});
		return outcome;
	}

	/** A failure of our own in mid-send must not lose the other rows; whether this request left is not known then. */
	private async sendSafely(request: BatchRequest, recipients: Recipient[]): Promise<Outcome> {
		try {
			return await this.send(request, recipients);
		} catch (error) {
			return {
				class: 'unknown',
				message: `Something went wrong inside the node while sending (${error instanceof Error ? error.message : String(error)})`,
				hint: LOOK_UP_FIRST,
			};
		}
	}

	/** What the outcome of a request means for each of its recipients, in their order. */
	private resultsOf(recipients: Recipient[], outcome: Outcome): Result[] {
		if (outcome.class !== 'accepted') {
			const shared = resultOfOutcome(outcome);
			return recipients.map(() => shared);
		}
		const { results, unmatched } = this.settings.match(recipients, outcome.body);
		if (unmatched > 0) this.reportUnmatched(unmatched);
		return results;
	}

	/**
	 * Halves a request that was refused for its content, as long as it may still be split: the refusal proves that nothing of it
	 * was sent.
	 * @returns true when its recipients are tried again
	 */
	private split(request: BatchRequest, outcome: Outcome, splitsLeft: Task['splitsLeft']): boolean {
		if (outcome.class !== 'refused' || !outcome.splittable) return false;
		if (request.positions.length === 1 || this.settings.splits === false) return false;
		if (splitsLeft.count < 2) {
			this.markNotSent(request, TOO_MANY_BAD_ROWS);
			return false;
		}
		splitsLeft.count -= 2;
		const [first, second] = splitInHalves(request);
		for (const half of [second, first]) this.tasks.push({ request: half, isAdmitted: true, splitsLeft });
		return true;
	}

	private markNotSent({ positions }: BatchRequest, cause: Cause): void {
		for (const position of positions) this.results[position] = resultOfNotSent(cause);
	}

	private reportUnmatched(count: number): void {
		const { onUnmatchedRows = () => {} } = this.settings;
		try {
			onUnmatchedRows(count);
		} catch {
			// A log that fails must not cost the rows of this response.
		}
	}
}

const TOO_MANY_BAD_ROWS: Cause = {
	message: 'too many bad rows were in the same request',
	hint: 'Fix the other failed rows.',
};
