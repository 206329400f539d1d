import { RETURN_CODES } from './codes';

/** Only so many are kept: a list that is refused as a whole must not slow the sandbox down. */
const MOST = 1000;

export interface RefusedSend {
	/** ms since 1970 on the sandbox's clock */
	at: number;
	mobile?: string;
	/** of a request that was refused as a whole */
	recipients?: number;
	code: number;
	message: string;
	/** number of the request */
	request: number;
	path: string;
}

/** What was refused, for the page: messages by number, or a request as a whole. */
export class Refusals {
	readonly entries: RefusedSend[] = [];
	count = 0;

	reset() {
		this.entries.length = 0;
		this.count = 0;
	}

	add(refusal: Omit<RefusedSend, 'message'>) {
		this.count++;
		this.entries.push({ ...refusal, message: RETURN_CODES[refusal.code].message });
		if (this.entries.length > MOST) this.entries.shift();
	}
}
