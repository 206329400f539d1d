import type { Settings } from '../settings';

/**
 * How often a number may get something from one application (50009), and the repeat filter across requests (50034).
 * Rules: sending-code page of the service's documentation, as listed in README.md.
 */

const SECOND = 1000;
const TEN_MINUTES = 600 * SECOND;
const DAY = 24 * 3600 * SECOND;

export type Rule = { within: number; atMost: number; sameText: boolean };

export type Kind = 'voice' | 'code' | 'notification' | 'marketing';

/** What the rules look at of a message. */
export interface Countable {
	appKey: string;
	kind: Kind;
	mobile: string;
	text: string;
	/** ms since 1970 on the sandbox's clock */
	now: number;
}

const RULES: Record<'relaxed' | 'documented', Record<Kind, Rule[]>> = {
	relaxed: {
		voice: [{ within: 20 * SECOND, atMost: 1, sameText: false }],
		code: [{ within: DAY, atMost: 200, sameText: false }],
		notification: [{ within: DAY, atMost: 200, sameText: false }],
		marketing: [],
	},
	documented: {
		voice: [{ within: 20 * SECOND, atMost: 1, sameText: false }],
		code: [{ within: DAY, atMost: 200, sameText: false }],
		notification: [
			{ within: TEN_MINUTES, atMost: 3, sameText: true },
			{ within: DAY, atMost: 200, sameText: false },
		],
		marketing: [{ within: TEN_MINUTES, atMost: 3, sameText: false }],
	},
};

/** Times of what was counted, per group and key; times a rule no longer looks back at are dropped when it is asked. */
class Times {
	/** a map per group, so that no long keys have to be put together */
	readonly groups = new Map<string, Map<string, number[]>>();

	of(group: string) {
		let times = this.groups.get(group);
		if (!times) this.groups.set(group, (times = new Map()));
		return times;
	}

	countSince(group: string, key: string, since: number) {
		const times = this.of(group).get(key);
		if (!times) return 0;
		let stale = 0;
		while (stale < times.length && times[stale] <= since) stale++;
		if (stale > 0) times.splice(0, stale);
		return times.length;
	}

	add(group: string, key: string, at: number) {
		const times = this.of(group);
		const known = times.get(key);
		if (known) known.push(at);
		else times.set(key, [at]);
	}

	/** Takes back the last `add` of a key. */
	undo(group: string, key: string) {
		this.of(group).get(key)?.pop();
	}
}

export class Frequency {
	times = new Times();

	reset() {
		this.times = new Times();
	}

	rulesFor(settings: Settings, kind: Kind) {
		return settings.frequencyRules === 'off' ? [] : RULES[settings.frequencyRules][kind];
	}

	/** @returns whether the message may go */
	allows(message: Countable, settings: Settings): boolean {
		return this.rulesFor(settings, message.kind).every(
			(rule) =>
				this.times.countSince(groupOf(message, rule), keyOf(message, rule), message.now - rule.within) < rule.atMost,
		);
	}

	/** Counts a message. */
	count(message: Countable, settings: Settings) {
		for (const rule of this.rulesFor(settings, message.kind))
			this.times.add(groupOf(message, rule), keyOf(message, rule), message.now);
		if (settings.repeatWindowSeconds > 0) this.times.add(repeatGroup(message), contentOf(message), message.now);
	}

	/** Takes back a `count` of a message that was not sent after all. */
	uncount(message: Countable, settings: Settings) {
		for (const rule of this.rulesFor(settings, message.kind))
			this.times.undo(groupOf(message, rule), keyOf(message, rule));
		if (settings.repeatWindowSeconds > 0) this.times.undo(repeatGroup(message), contentOf(message));
	}

	/** Whether the same text went to the number within the repeat window. */
	isRepeat(message: Countable, settings: Settings) {
		const window = settings.repeatWindowSeconds * SECOND;
		return window > 0 && this.times.countSince(repeatGroup(message), contentOf(message), message.now - window) > 0;
	}
}

const groupOf = ({ appKey, kind }: Countable, rule: Rule) => `${appKey}|${kind}|${rule.within}`;
const keyOf = (message: Countable, rule: Rule) => (rule.sameText ? contentOf(message) : message.mobile);
const repeatGroup = ({ appKey }: Countable) => `${appKey}|repeat`;
const contentOf = ({ mobile, text }: Countable) => `${mobile}|${text}`;
