import type { Outcome } from '../model/outcome';
import type { Cause } from '../model/cause';

/** After this many results in a row that nobody knows the service counts as down. */
const UNKNOWN_IN_A_ROW = 5;

const SERVICE_DOWN: Cause = {
	message: `the results of ${UNKNOWN_IN_A_ROW} requests in a row are unknown`,
	hint: 'Check 发送记录 (send records) in the Jiguang console for the messages with an unknown result.',
};

const CANCELLED: Cause = { message: 'the execution was canceled', hint: '' };

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
 * - the execution was canceled, or the time of the day does not allow it: everything
 */
export class StopRule {
	private everything: Cause | undefined;

	private readonly templates = new Map<string, Cause>();

	private unknownInARow = 0;

	/**
	 * @param whyClosed tells why nothing may be sent now, by the time of the day
	 * @param countsUnknown false where nothing is sent, so that an unknown result says nothing about the next one
	 */
	constructor(
		private readonly settings: {
			isCancelled?: () => boolean;
			countsUnknown?: boolean;
			whyClosed?: () => Cause | undefined;
		} = {},
	) {}

	/** Why a request must not start now; undefined when it may. */
	cause(use: TemplateUse): Cause | undefined {
		if (this.settings.isCancelled?.()) return CANCELLED;
		return this.everything ?? this.templates.get(templateKey(use)) ?? this.settings.whyClosed?.();
	}

	/** Takes in what came of a request. */
	record(outcome: Outcome, use: TemplateUse): void {
		this.unknownInARow = outcome.class === 'unknown' ? this.unknownInARow + 1 : 0;
		switch (outcome.class) {
			case 'notAttempted':
				this.everything ??= outcome;
				break;
			case 'refused':
				if (outcome.scope === 'application') this.everything ??= outcome;
				if (outcome.scope === 'template') this.templates.set(templateKey(use), outcome);
		}
		const isDown = this.settings.countsUnknown !== false && this.unknownInARow >= UNKNOWN_IN_A_ROW;
		if (isDown) this.everything ??= SERVICE_DOWN;
	}
}

function templateKey({ tempId, signId }: TemplateUse): string {
	return [tempId, signId].join('/');
}
