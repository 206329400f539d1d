import { ExpiringMap } from './expiringMap';
import type { ProblemCode } from './problems';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** How many codes may be sent. */
export interface SendLimits {
	/** Seconds between two codes to one number. */
	resendAfter: number;
	perNumberAndDay: number;
	perAddressAndHour: number;
	/** To all numbers together: the bound of what abuse can cost. */
	perHour: number;
}

/** Who wants a code. */
export interface Sender {
	/** The node that is asked: each counts for itself. */
	nodeKey: string;
	mobile: string;
	/** Undefined where the visitors' addresses are not known. */
	address?: string;
}

/** The options by the limit that was reached, for n8n's log. */
export type Limit = 'Resend After' | 'Codes per Number and Day' | 'Codes per Address and Hour' | 'Codes per Hour';

export type Permit =
	| { granted: true; release: () => void }
	| { granted: false; error: ProblemCode; limit: Limit; retryAfter: number };

/** Entries of each table, of all nodes of the process: some 20 MB when all are full. */
const CAPACITY = 50_000;

/**
 * Counts the codes that this process sends. A code is counted before the call, so that requests at the same moment cannot all
 * slip through. Numbers and addresses have separate tables: nobody can push out the one by means of the other.
 */
export class SendCounter {
	private readonly numbers = new ExpiringMap<number[]>(DAY, CAPACITY);

	private readonly addresses = new ExpiringMap<number[]>(HOUR, CAPACITY);

	private readonly totals = new ExpiringMap<number[]>(HOUR, 1000);

	/**
	 * Asks for one code, and counts it if it may be sent.
	 *
	 * `release` gives back what counts messages, for a code that was certainly not sent. It keeps what counts requests: the
	 * address, so that nobody can go on asking for codes that fail.
	 *
	 * @param now milliseconds on a monotonic clock
	 */
	take({ nodeKey, mobile, address }: Sender, limits: SendLimits, now: number): Permit {
		const number = `${nodeKey}/${mobile}`;
		const sent = recent(this.numbers, number, now);
		const last = sent[sent.length - 1];
		const gap = limits.resendAfter * 1000;
		if (last !== undefined && now - last < gap) return refuse('too_soon', 'Resend After', last + gap, now);
		if (sent.length >= limits.perNumberAndDay) {
			return refuse('too_many_codes', 'Codes per Number and Day', freeAt(sent, limits.perNumberAndDay, DAY), now);
		}
		const client = address === undefined ? undefined : `${nodeKey}/${address}`;
		const asked = client === undefined ? [] : recent(this.addresses, client, now);
		if (asked.length >= limits.perAddressAndHour) {
			return refuse('too_many_codes', 'Codes per Address and Hour', freeAt(asked, limits.perAddressAndHour, HOUR), now);
		}
		const all = recent(this.totals, nodeKey, now);
		if (all.length >= limits.perHour) {
			return refuse('busy', 'Codes per Hour', freeAt(all, limits.perHour, HOUR), now);
		}
		this.numbers.set(number, [...sent, now], now);
		if (client !== undefined) this.addresses.set(client, [...asked, now], now);
		this.totals.set(nodeKey, [...all, now], now);
		return {
			granted: true,
			release: () => {
				giveBack(this.numbers, number, now);
				giveBack(this.totals, nodeKey, now);
			},
		};
	}

	/** Entries of all tables, which never grow beyond their capacity. */
	get size(): number {
		return this.numbers.size + this.addresses.size + this.totals.size;
	}
}

/** The times that still count, oldest first. */
function recent(table: ExpiringMap<number[]>, key: string, now: number): number[] {
	return (table.get(key, now) ?? []).filter((time) => now - time < table.lifetime);
}

function giveBack(table: ExpiringMap<number[]>, key: string, time: number): void {
	const times = [...(table.get(key, time) ?? [])];
	const index = times.lastIndexOf(time);
	if (index === -1) return;
	times.splice(index, 1);
	if (times.length === 0) table.delete(key);
	else table.set(key, times, times[times.length - 1]);
}

/** When so many have become old that there is room for one more. */
function freeAt(times: number[], limit: number, window: number): number {
	return times[times.length - limit] + window;
}

function refuse(error: ProblemCode, limit: Limit, at: number, now: number): Permit {
	return { granted: false, error, limit, retryAfter: Math.max(1, Math.ceil((at - now) / 1000)) };
}
