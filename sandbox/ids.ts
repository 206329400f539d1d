import { randomUUID } from 'node:crypto';

/** First id of a fresh sandbox: 12 digits, as in the documented answers. */
const FIRST_ID = 288193860302;
/** Ids a double cannot hold; 2^53 is 9007199254740992. */
const FIRST_BIG_ID = 9007199254740993n;

/** Gives out msg_ids; they are unique until the next reset. */
export class MessageIds {
	next = FIRST_ID;
	nextBig = FIRST_BIG_ID;

	reset() {
		this.next = FIRST_ID;
		this.nextBig = FIRST_BIG_ID;
	}

	take(style: 'digits' | 'uuids' | 'big'): string {
		if (style === 'uuids') return randomUUID();
		if (style === 'digits') return String(this.next++);
		const id = this.nextBig;
		// Odd numbers only: every second integer beyond 2^53 is exact in a double and would hide a rounding reader.
		this.nextBig += 2n;
		return String(id);
	}
}
