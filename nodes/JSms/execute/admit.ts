import { LOOK_UP_FIRST } from '../api/errorCodes';
import type { Admit, Entry, Recipient, Result, Shared } from '../batch/types';
import type { BatchOperation } from '../operation';
import type { SendMemory } from '../memory';
import type { CrashedTry } from '../memory/crashNotes';
import { digest } from '../memory/digest';

const ALREADY_SENT: Result = {
	status: 'failed',
	message: "Already sent: this 'Send Once Key' was used before",
	hint: 'Nothing needs to be done. Change the key if this SMS is meant to go out again.',
	safeToRetry: false,
};

const ALREADY_STARTED: Result = {
	status: 'unknown',
	message: 'An earlier try of this execution already started this request',
	hint: `The execution was interrupted and n8n ran it again. ${LOOK_UP_FIRST}`,
	safeToRetry: false,
};

const NOT_RECOGNISABLE: Result = {
	...ALREADY_STARTED,
	message:
		'An earlier try of this execution was interrupted while it was sending, and which of the recipients it reached is not known',
};

/** The memories that decide whether a request may start. */
type Admitting = Pick<SendMemory, 'onceKeys'> & { crashNotes: Pick<SendMemory['crashNotes'], 'start' | 'cancel'> };

/**
 * Asks the memories before each request of a batch: claims its keys and notes that this very request is starting.
 *
 * Equal requests are numbered, because two of them in one run (the same number twice, one recipient per request) are meant.
 * @param crashedTry where the requests of the try that died cannot be recognised, only keys help
 */
export function admitNew(
	operation: Pick<BatchOperation, 'buildRequest'>,
	{ onceKeys, crashNotes }: Admitting,
	crashedTry: CrashedTry | Promise<CrashedTry> = 'none',
): Admit {
	const started = new Map<string, number>();
	const nameOf = (shared: Shared, recipients: Recipient[]) => {
		const content = digest(operation.buildRequest(shared, recipients));
		const occurrence = (started.get(content) ?? 0) + 1;
		started.set(content, occurrence);
		return `${content}/${occurrence}`;
	};
	return async ({ shared }, recipients) => {
		const release = async (free: Recipient[]) => await onceKeys.release(keysOf(free));
		const names = [nameOf(shared, recipients)];
		const tried = recipients.every(hasKey) ? 'none' : await crashedTry;
		if (tried === 'changed' && !recipients.some(hasKey))
			return { verdicts: recipients.map(() => NOT_RECOGNISABLE), release };

		// At the same moment, so that n8n's store is asked once for both.
		const [used, isNew] = await Promise.all([onceKeys.claim(keysOf(recipients)), crashNotes.start(names[0])]);
		const seen = new Set<string>();
		const verdicts = recipients.map(({ onceKey }): Result | undefined => {
			if (onceKey === undefined) return tried === 'changed' ? NOT_RECOGNISABLE : undefined;
			const taken = used.has(onceKey) || seen.has(onceKey);
			seen.add(onceKey);
			return taken ? ALREADY_SENT : undefined;
		});
		const admitted = recipients.filter((_, index) => !verdicts[index]);
		if (admitted.length === 0) return { verdicts, release };

		let mayStart = isNew;
		if (admitted.length < recipients.length) {
			// Another request than the one that was asked about: keys tell by themselves who was in that one.
			names.push(nameOf(shared, admitted));
			mayStart = (await crashNotes.start(names[1])) && (isNew || admitted.every(hasKey));
		}
		if (!mayStart) return { verdicts: verdicts.map((verdict) => verdict ?? ALREADY_STARTED), release };
		const forget = async () => {
			for (const name of names) await crashNotes.cancel(name);
		};
		return { verdicts, release, forget };
	};
}

const hasKey = ({ onceKey }: Recipient) => onceKey !== undefined;

/** What a batch is about to send, in pieces of many recipients: each piece costs a call of the hash. */
export function* contentOf(entries: readonly Entry[]): Generator<string> {
	let piece: unknown[] = [];
	let last: Shared | undefined;
	for (const entry of entries) {
		if ('problem' in entry) continue;
		if (entry.shared !== last) {
			last = entry.shared;
			piece.push(last);
		}
		piece.push(entry.mobile, entry.tempPara);
		if (piece.length < 2000) continue;
		yield JSON.stringify(piece);
		piece = [];
	}
	yield JSON.stringify(piece);
}

function keysOf(recipients: Recipient[]): string[] {
	return [...new Set(recipients.flatMap(({ onceKey }) => (onceKey === undefined ? [] : [onceKey])))];
}
