import type { Ledger, LedgerEntry } from './ledger';
import type { Settings } from './settings';

/**
 * What became of accepted messages, and what people answered. Reports come into being by themselves: a message's report is
 * worked out from the ledger when it is asked for, so sending pays nothing for it.
 */

export type Report = { msgId: string; phone: string; receiveTime: number; status: number };

export type Reply = { phone: string; replyTime: number; content: string };

export type KeptReply = { app_key: string } & Reply;

/** States of delivery by the ending of the number ("callback" page); the ending is the state. Other numbers: 4001, delivered. */
export const MAGIC_STATES = Object.freeze({
	4002: "on the carrier's blacklist",
	4003: 'handset off or suspended',
	4004: 'number does not exist',
	4005: 'insufficient quota',
	4006: "over the carrier's frequency limit",
	4007: 'voice: not answered (voice codes only)',
	4008: 'voice: busy (voice codes only)',
	4009: 'voice: unreachable (voice codes only)',
	4010: 'sensitive word, blocked by the carrier',
	4100: 'other',
});
const VOICE_STATES = [4007, 4008, 4009];
const DELIVERED = 4001;

export class Receipts {
	readonly replies: KeptReply[] = [];
	/** by application and kind: how far it was read */
	readonly readUpTo = new Map<string, number>();
	/** Pulls that handed something out. */
	pulls = 0;

	constructor(
		readonly ledger: Ledger,
		readonly settings: Settings,
		readonly now: () => number,
	) {}

	reset() {
		this.replies.length = 0;
		this.pulls = 0;
		this.readUpTo.clear();
	}

	/** The report of a message; undefined as long as there is none. */
	reportOf({ msg_id: msgId, mobile: phone, kind, accepted_at: acceptedAt }: LedgerEntry): Report | undefined {
		const receiveTime = acceptedAt + this.settings.reportDelayMs;
		if (receiveTime > this.now()) return undefined;
		return { msgId, phone, receiveTime, status: this.stateOf(phone, kind) };
	}

	stateOf(phone: string, kind: string) {
		const ending = Number(phone.slice(-4));
		if (!this.settings.magicEndings || !Object.hasOwn(MAGIC_STATES, ending)) return DELIVERED;
		return VOICE_STATES.includes(ending) && kind !== 'voice' ? DELIVERED : ending;
	}

	/** Somebody answers. */
	addReply(reply: KeptReply) {
		this.replies.push(reply);
	}

	/** Hands out reports that were not handed out before, oldest first. */
	takeReports(appKey: string, atMost: number): Report[] {
		const { entries } = this.ledger;
		return this.take(`report ${appKey}`, entries, atMost, (entry) => {
			const report = this.reportOf(entry);
			if (!report) return 'wait';
			return entry.app_key === appKey && this.isKept(report.receiveTime) ? report : 'skip';
		});
	}

	/** Hands out replies that were not handed out before, oldest first. */
	takeReplies(appKey: string, atMost: number): Reply[] {
		return this.take(`reply ${appKey}`, this.replies, atMost, ({ app_key: owner, ...reply }) =>
			owner === appKey && this.isKept(reply.replyTime) ? reply : 'skip',
		);
	}

	/** What comes before this place of its list is not handed out any more. */
	skipTo(kind: 'report' | 'reply', appKey: string, place: number) {
		const reader = `${kind} ${appKey}`;
		this.readUpTo.set(reader, Math.max(place, this.readUpTo.get(reader) ?? 0));
	}

	/** Whether a pull of this application has got past this place of its list. */
	isPassed(kind: 'report' | 'reply', appKey: string, place: number) {
		return place < (this.readUpTo.get(`${kind} ${appKey}`) ?? 0);
	}

	isKept(time: number) {
		return this.now() - time < this.settings.receiptsKeptDays * 24 * 3600_000;
	}

	/** Goes on in a list where the last call has ended. */
	take<T, R>(reader: string, list: T[], atMost: number, read: (one: T) => R | 'skip' | 'wait'): R[] {
		const taken: R[] = [];
		let at = this.readUpTo.get(reader) ?? 0;
		for (; at < list.length && taken.length < atMost; at++) {
			const one = read(list[at]);
			if (one === 'wait') break;
			if (one !== 'skip') taken.push(one);
		}
		this.readUpTo.set(reader, at);
		if (taken.length > 0) this.pulls++;
		return taken;
	}
}
