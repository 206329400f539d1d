import type { Outcome } from './api/outcome';

/** What to do about a message that was held back. */
export const NOT_SENT = 'Nothing was sent to this number. Once the cause is gone, run the failed items again.';

/** After this many results in a row that nobody knows the service counts as down. */
const UNKNOWN_IN_A_ROW = 5;

/** What a refusal that concerns a template tells about other messages: the same template with the same signature. */
export interface TemplateUse {
	tempId?: number;
	signId?: number;
}

/**
 * What stops a run: whatever the next request would meet as well. Requests under way keep their own results.
 *
 * - a refusal that concerns everybody (keys, IP address, balance, application), or nobody can be reached: everything
 * - a refusal of a template or signature: the messages that use it
 * - five results in a row unknown, where something is sent: everything, because each more may be paid for twice
 * - the execution was cancelled, or the time of the day does not allow it: everything
 */
export class StopRule {
	private everything: string | undefined;

	private readonly templates = new Map<string, string>();

	private unknownInARow = 0;

	private readonly isCancelled: () => boolean;

	private readonly countsUnknown: boolean;

	private readonly whyClosed: () => string | undefined;

	/**
	 * @param whyClosed gives the reason why nothing may be sent now, by the time of the day
	 * @param countsUnknown false where nothing is sent, so that an unknown result says nothing about the next one
	 */
	constructor({
		isCancelled = () => false,
		countsUnknown = true,
		whyClosed = () => undefined,
	}: { isCancelled?: () => boolean; countsUnknown?: boolean; whyClosed?: () => string | undefined } = {}) {
		this.whyClosed = whyClosed;
		this.isCancelled = isCancelled;
		this.countsUnknown = countsUnknown;
	}

	/** Why a request must not start now; undefined when it may. */
	reason(use: TemplateUse): string | undefined {
		if (this.isCancelled()) return 'the execution was cancelled';
		return this.everything ?? this.templates.get(keyOf(use)) ?? this.whyClosed();
	}

	/** Takes in what came of a request. */
	learn(outcome: Outcome, use: TemplateUse): void {
		this.unknownInARow = outcome.class === 'unknown' ? this.unknownInARow + 1 : 0;
		if (outcome.class === 'notAttempted') this.everything ??= outcome.message;
		if (outcome.class === 'refused' && outcome.scope === 'application') this.everything ??= outcome.message;
		if (outcome.class === 'refused' && outcome.scope === 'template') this.templates.set(keyOf(use), outcome.message);
		if (this.countsUnknown && this.unknownInARow >= UNKNOWN_IN_A_ROW) {
			this.everything ??= `${UNKNOWN_IN_A_ROW} requests in a row had no known result`;
		}
	}
}

function keyOf({ tempId, signId }: TemplateUse): string {
	return `${tempId ?? ''}/${signId ?? ''}`;
}
