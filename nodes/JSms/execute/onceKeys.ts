import type { Failure } from '../model/failure';
import type { Admission } from '../batch/admission';
import type { Entry, Recipient, Result } from '../model/recipient';
import { readOnceKey, usesOnceKeys } from '../fields/options';
import { InputProblem } from '../model/inputProblem';
import { isRecord } from '../model/json';
import type { InterruptedTry, KeyVerdict, OnceKeys } from '../memory';
import { INTERRUPTED } from './interrupted';
import type { Parameters } from './parameters';
import { describeProblem, reject } from './rejection';

/** The send-once key of an input item, or why it has none. */
type ItemKey = { key: string } | { problem: unknown };

/** The send-once keys of all input items, read before anything else. */
export class ItemKeys {
	/** The first item that has a key. */
	private readonly firstOf: ReadonlyMap<string, number>;

	private constructor(private readonly keys: readonly ItemKey[]) {
		// From the end: of several items that have a key the first one stays.
		this.firstOf = new Map(keys.flatMap((one, item) => ('key' in one ? [[one.key, item] as const] : [])).reverse());
	}

	/** Undefined where the node does not have the option. */
	static read(parameters: Parameters, items: number): ItemKeys | undefined {
		const options = parameters.raw('options');
		if (!usesOnceKeys(options)) return undefined;
		const optionsOf = (item: number) =>
			isRecord(options)
				? { sendOnceKey: parameters.read('options.sendOnceKey', item) }
				: parameters.read('options', item);
		const keys = Array.from({ length: items }, (_, item): ItemKey => {
			try {
				const key = readOnceKey(optionsOf(item));
				return key === undefined ? { problem: new InputProblem(NO_KEY.message, NO_KEY.hint) } : { key };
			} catch (problem) {
				return { problem };
			}
		});
		return new ItemKeys(keys);
	}

	/** @throws the reason why the item has no key: it would be unprotected */
	of(item: number): string {
		const one = this.keys[item];
		if ('problem' in one) throw one.problem;
		return one.key;
	}

	/**
	 * As `of`, for an item that is one message.
	 * @throws for an item that repeats the key of an earlier one, too
	 */
	unique(item: number): string {
		const key = this.of(item);
		const first = this.firstOf.get(key);
		if (first !== item) throw duplicateKeyProblem(first as number);
		return key;
	}

	/** All keys of the run. */
	all(): string[] {
		return this.keys.flatMap((one) => ('key' in one ? [one.key] : []));
	}
}

/** One expression in place of all options may leave the option out for an item. */
const NO_KEY = {
	message: "'Send Once Key' is switched on, but the key is empty",
	hint: "Use a value that is different for every message, or remove the option 'Send Once Key'.",
};

/** The sentences for a message that its key keeps from being sent. */
const SENTENCES: Record<KeyVerdict, { message: string; hint: string }> = {
	used: {
		message: "Already sent: this 'Send Once Key' was used before",
		hint: 'If the first result was sent, do nothing. If it was unknown or the run was interrupted, look for the number in 发送记录 (send records) in the Jiguang console. To resend the message, use another key for it.',
	},
	doubtful: {
		message: "n8n's dedupe store had an error, so the node cannot tell whether this 'Send Once Key' was used before",
		hint: 'Nothing was sent now. Look for the number in 发送记录 (send records) in the Jiguang console. If it is not there, send the message with another key.',
	},
};

/** The failure of a single message that its key keeps from being sent. A used key is no error: it does not stop a workflow. */
export function failureOfKey(verdict: KeyVerdict, mobile: string | undefined): Failure {
	return {
		...SENTENCES[verdict],
		outcome: verdict === 'used' ? 'alreadySent' : 'notAttempted',
		safeToRetry: false,
		...(mobile !== undefined && { mobile }),
	};
}

/** Claims the keys of a request before it is sent. After a crash a used key means that the earlier try may have sent it. */
export function admitByKey(onceKeys: Pick<OnceKeys, 'claim' | 'release'>, interrupted: InterruptedTry): Admission {
	const resultOf = (verdict: KeyVerdict | undefined): Result | undefined => {
		if (verdict === undefined) return undefined;
		return interrupted === 'none' ? { status: 'failed', ...SENTENCES[verdict], safeToRetry: false } : INTERRUPTED;
	};
	return {
		admit: async (recipients) => {
			try {
				const verdicts = await onceKeys.claim(onceKeysOf(recipients));
				return recipients.map(({ onceKey }) => resultOf(verdicts.get(onceKey as string)));
			} catch (error) {
				const result: Result = interrupted === 'none' ? resultOfFailedStore(error) : INTERRUPTED;
				return recipients.map(() => result);
			}
		},
		release: async (recipients) => await onceKeys.release(onceKeysOf(recipients)),
	};
}

function resultOfFailedStore(error: unknown): Result {
	const { message, hint } = error as InputProblem;
	return { status: 'failed', message, hint, safeToRetry: true, scope: 'application' };
}

function onceKeysOf(recipients: Recipient[]): string[] {
	return recipients.flatMap(({ onceKey }) => onceKey ?? []);
}

/** Why an item that repeats the key of another one is not sent. */
function duplicateKeyProblem(item: number): InputProblem {
	return new InputProblem(
		`This 'Send Once Key' is also the key of item ${item}; only that message is sent`,
		'Nothing was sent for this item. Give every message a key of its own, such as the order number.',
	);
}

/** Rejects, in place, the recipients whose key an earlier recipient of the run has. */
export function rejectRepeatedKeys(entries: Entry[]): void {
	const first = new Map<string, number>();
	entries.forEach((entry, position) => {
		if ('problem' in entry || entry.onceKey === undefined) return;
		const earlier = first.get(entry.onceKey);
		if (earlier === undefined) first.set(entry.onceKey, entry.item);
		else entries[position] = reject(entry, describeProblem(duplicateKeyProblem(earlier)));
	});
}
