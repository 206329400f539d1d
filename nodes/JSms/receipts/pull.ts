import type { PulledEvent } from '../model/receipt';
import type { Outcome } from '../model/outcome';

/** Records that the service hands out in one call; a page with fewer is the last. */
export const FULL_PAGE = 500;

/**
 * Records after which no run asks for more, so that it ends even if the service never has an empty page: 200 pages, some 17
 * minutes at the pace of the service. What is left stays with the service.
 */
export const MAX_RECORDS = 100_000;

/** Where each kind of record is pulled ("inquire" page). */
export const PULL_PATHS = { deliveryReport: '/report', reply: '/reply' } as const satisfies Record<PulledEvent, string>;

/** What a pull has brought. */
export interface Pulled {
	/** Every record that arrived, in the order of the service. */
	records: unknown[];
	/** Why it ended early; what arrived before is kept all the same. */
	stoppedBy?: Exclude<Outcome, { class: 'accepted' }>;
	/** True when the last page was full, so that the service may have more. */
	more: boolean;
}

/**
 * Pulls page after page. The service hands out each record only once, so a page is never asked for again, and what a page
 * brings is kept whole even beyond the limit.
 *
 * @param get   asks for the next page; never throws
 * @param turn  waits until the next call is allowed; false when none is to follow
 * @param limit records after which no further page is asked for, `MAX_RECORDS` at most
 */
export async function pullPages(
	get: () => Promise<Outcome>,
	turn: () => Promise<boolean>,
	limit: number,
): Promise<Pulled> {
	const records: unknown[] = [];
	let more = true;
	const enough = Math.min(limit, MAX_RECORDS);
	while (more && records.length < enough && (await turn())) {
		const outcome = await get();
		if (outcome.class !== 'accepted') return { records, stoppedBy: outcome, more };
		if (!Array.isArray(outcome.body)) return { records, stoppedBy: NO_LIST, more };
		// One by one: as arguments of a single call a long page could overflow the stack.
		for (const record of outcome.body as unknown[]) records.push(record);
		more = outcome.body.length >= FULL_PAGE;
	}
	return { records, more };
}

const NO_LIST = {
	class: 'unknown' as const,
	message: 'The response of JSMS is not a list of records',
	hint: 'Check the records in the Jiguang console: delivery status under 发送记录 (send records), replies under 回复记录 (reply records).',
};

/** What to do about a page whose response was lost: the service has handed its records out. */
export const MAYBE_LOST =
	'JSMS gives out each record only once, so up to 500 may be lost here. You can still see them in the Jiguang console: delivery status under 发送记录 (send records), replies under 回复记录 (reply records).';

/** What to do about a page that was not asked for, because the request did not leave. */
export const NOT_LOST =
	"No records are lost: JSMS keeps them for three days. If this lasts, check 'Base URL' in the credential and the network between n8n and JSMS.";
