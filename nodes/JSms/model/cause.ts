/** Why something is not sent: a sentence and what to do about it. */
export interface Cause {
	message: string;
	hint: string;
}

/** The message of what is not sent, with the cause inside the sentence. */
export function notSentBecause({ message }: Cause): string {
	return `Not sent: ${withinSentence(message)}`;
}

/** A sentence as the second part of another: without its capital, unless a name stands there. */
export function withinSentence(sentence: string): string {
	return /^(?!Jiguang\b)[A-Z](?=[a-z ])/.test(sentence) ? sentence[0].toLowerCase() + sentence.slice(1) : sentence;
}

/** What to do about the cause, and what comes after it: an instruction that begins in lower case. */
export function thenDo({ hint }: Cause, next: string): string {
	return hint === '' ? `${next[0].toUpperCase()}${next.slice(1)}` : `${hint} Then ${next}`;
}
