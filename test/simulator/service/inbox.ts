import type { InboxPlan } from '../world/types';

/** Records of the first kind are reports, those of the second replies. */
export type RecordKind = 'report' | 'reply';

/** A page that was handed out: its records are gone from the service. */
export interface HandedPage {
	execution: string;
	owner: string;
	/** Numbers of the records. */
	records: number[];
	/** The one who asked got it whole, and in time. */
	hasArrived: boolean;
}

/** When a record happened, in the service's own time. It tells the records apart. */
const FIRST = 1_900_000_000_000;

/** Delivery reports and replies that wait to be pulled. */
export class Inbox {
	readonly pages: HandedPage[] = [];
	readonly #waiting: Record<RecordKind, number[]> = { report: [], reply: [] };
	#count = 0;

	constructor(private readonly plan: InboxPlan) {
		for (let left = plan.reports; left > 0; left -= 1) this.add('report');
		for (let left = plan.replies; left > 0; left -= 1) this.add('reply');
	}

	/** @returns the record's number */
	add(kind: RecordKind): number {
		this.#waiting[kind].push(this.#count);
		return this.#count++;
	}

	/** Hands out the next page. */
	take(kind: RecordKind, execution: string, owner: string): { page: HandedPage; body: string } {
		const records = this.#waiting[kind].splice(0, this.plan.pageSize);
		const page = { execution, owner, records, hasArrived: false };
		this.pages.push(page);
		return { page, body: JSON.stringify(records.map((number) => this.#record(kind, number))) };
	}

	#record(kind: RecordKind, number: number): Record<string, unknown> {
		const time = FIRST + number;
		const whole: Record<string, unknown> =
			kind === 'report'
				? { msgId: `m${number}`, phone: '13700000001', status: 4001, receiveTime: time }
				: { phone: '13700000001', content: 'TD', replyTime: time };
		if (this.plan.odd[number] === 'withoutId') delete whole.msgId;
		return this.plan.odd[number] === 'error' ? { error: 'a field of the service', ...whole } : whole;
	}
}

/** The number of a record that came out of a node; undefined for anything else. */
export function recordNumber({ receiveTime, replyTime }: Record<string, unknown>): number | undefined {
	const number = Number(receiveTime ?? replyTime) - FIRST;
	return number >= 0 && number < 1e9 ? number : undefined;
}
