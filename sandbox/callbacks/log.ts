import type { Reply, Report } from '../receipts';
import type { Settings } from '../settings';
import type { Type } from './form';

/** What a callback tells: the JSON in its `data`. */
export type CallbackData = Report | Reply | ReviewData;

type ReviewData = ({ tempId: number } | { signId: number }) & { status: number; refuseReason: string | null };

/** One call as it went. */
export interface CallbackTry {
	/** 1, 2, 3 ... since the last reset */
	number: number;
	app_key: string;
	type: Type;
	data: CallbackData;
	url: string;
	/** 1: the first; 2 to 4: repeats */
	attempt: number;
	/** ms since 1970 on the sandbox's clock */
	at: number;
	/** of the response; null: none (yet) */
	status: number | null;
	state: 'sending' | 'taken' | 'repeats' | 'given up';
	/** why there was no response */
	error?: string;
	/** ms since 1970 on the sandbox's clock, of one that repeats */
	repeats_at?: number;
	/** grows with every change of any call */
	revision: number;
}

/** The calls that were made, in order. */
export class CallbackLog {
	/** the same array for the life of the sandbox */
	readonly entries: CallbackTry[] = [];
	count = 0;
	revision = 0;
	/** by `subjectOf` */
	private readonly latest = new Map<string, CallbackTry>();

	constructor(private readonly settings: Settings) {}

	reset() {
		this.entries.length = 0;
		this.count = 0;
		this.revision = 0;
		this.latest.clear();
	}

	/** @param call one that begins */
	add(call: Omit<CallbackTry, 'number' | 'status' | 'state' | 'revision'>): CallbackTry {
		const entry: CallbackTry = {
			number: ++this.count,
			...call,
			status: null,
			state: 'sending',
			revision: ++this.revision,
		};
		this.entries.push(entry);
		this.latest.set(subjectOf(entry.data), entry);
		if (this.entries.length > this.settings.maxRecordedRequests) {
			const [forgotten] = this.entries.splice(0, 1);
			const subject = subjectOf(forgotten.data);
			if (this.latest.get(subject) === forgotten) this.latest.delete(subject);
		}
		return entry;
	}

	change(entry: CallbackTry, changes: Partial<CallbackTry>) {
		Object.assign(entry, changes, { revision: ++this.revision });
	}

	/** Calls that told about a message, first try first. */
	aboutMessage(msgId: string): CallbackTry[] {
		return this.entries.filter(({ data }) => msgIdOf(data) === msgId);
	}

	/** The last call about a message or a reply, for the inbox. */
	lastAbout(record: { msgId: string } | Reply) {
		const last = this.latest.get(subjectOf(record));
		return last && shownCall(last);
	}

	/** Calls that changed since. */
	changedSince(revision: number) {
		return this.entries.filter((entry) => entry.revision > revision).map(shownCall);
	}
}

const msgIdOf = (data: CallbackData) => ('msgId' in data ? data.msgId : undefined);

/** What a call is about: a message has an id, a reply has none. */
function subjectOf(data: CallbackData | { msgId: string }): string {
	if ('msgId' in data) return data.msgId;
	return JSON.stringify('content' in data ? [data.phone, data.replyTime, data.content] : data);
}

/** What the inbox shows of a call. */
function shownCall({ data, attempt, status, state, error, repeats_at }: CallbackTry) {
	return { msg_id: msgIdOf(data), attempt, status, state, error, repeats_at };
}

export type ShownCall = ReturnType<typeof shownCall>;
