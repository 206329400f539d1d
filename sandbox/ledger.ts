/** One accepted message. */
export interface LedgerEntry {
	/** 1, 2, 3 ... since the last reset */
	seq: number;
	msg_id: string;
	kind: 'code' | 'voice' | 'message' | 'batch' | 'schedule';
	mobile: string;
	/** null for voice codes */
	temp_id: number | null;
	/** as text, empty for codes */
	temp_para: Record<string, string>;
	/** null for voice codes */
	sign_id: number | null;
	tag: string | null;
	/** what the phone shows, or what is spoken */
	text: string;
	/** billed units */
	segments: number;
	/** the verification code */
	code?: string;
	/** of a scheduled message */
	schedule_id?: string;
	/** ms since 1970 on the sandbox's clock */
	accepted_at: number;
	/** number of the request it came in */
	request: number;
	app_key: string;
}

/** Every message the sandbox accepted, in order. */
export class Ledger {
	/** the same array for the life of the sandbox */
	readonly entries: LedgerEntry[] = [];

	reset() {
		this.entries.length = 0;
	}

	/** The `seq` of the entry that comes next. */
	get nextSeq() {
		return this.entries.length + 1;
	}

	add(entry: LedgerEntry) {
		this.entries.push(entry);
	}

	/** The newest message to a number. */
	lastTo(mobile: string) {
		return this.entries.findLast((entry) => entry.mobile === mobile);
	}

	/**
	 * @param filter `mobile` is the exact
	 * number, `search` a part of it or of the text, `since` leaves out entries up to that seq, `newest` keeps the last n
	 */
	find({ mobile, search, since = 0, newest }: { mobile?: string; search?: string; since?: number; newest?: number }) {
		// seq is the position plus one, so "since" needs no search.
		let found = since > 0 ? this.entries.slice(since) : this.entries;
		if (mobile !== undefined) found = found.filter((entry) => entry.mobile === mobile);
		if (search) {
			const number = search.replace(/[\s-]/g, '');
			found = found.filter((entry) => entry.text.includes(search) || (number && entry.mobile.includes(number)));
		}
		return newest === undefined ? found : found.slice(Math.max(0, found.length - newest));
	}
}
