import { ExpiringMap } from './expiringMap';
import { isProblem, type Problem } from './problems';

/** A code that was sent, or may have been. */
export interface Sent {
	/** Undefined where it may or may not have been sent. */
	msgId?: string;
	/** Milliseconds of the wall clock. */
	at: number;
	/** Names the visit that begins with it. */
	visitId: string;
}

/** As long as the longest token: after that a repeated form is refused because its token has expired. */
const LIFETIME = 12 * 3_600_000;
const CAPACITY = 50_000;

/**
 * Sends once per form: whoever reloads a page or clicks twice gets the result of the first request, also while that is under way.
 */
export class OnceSends {
	private readonly sends = new ExpiringMap<Promise<Sent | Problem>>(LIFETIME, CAPACITY);

	/**
	 * @param form names the form and what was entered
	 * @param now  milliseconds on a monotonic clock
	 * @param send sends the code; a problem counts as not sent, and the form may be submitted again
	 */
	async run(form: string, now: number, send: () => Promise<Sent | Problem>): Promise<Sent | Problem> {
		const earlier = this.sends.get(form, now);
		if (earlier) return await earlier;
		const sending = send();
		this.sends.set(form, sending, now);
		const forget = () => this.sends.delete(form);
		void sending.then((result) => isProblem(result) && forget(), forget);
		return await sending;
	}

	get size(): number {
		return this.sends.size;
	}
}
