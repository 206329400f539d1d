import type { InputProblem } from './inputProblem';

/** Values of a template's parameters by name, as the service takes them. */
export type TemplateParameters = Record<string, string>;

/** What all recipients of one request have in common; equal shared values go into the same request. */
export interface Shared {
	tempId: number;
	signId?: number;
	tag?: string;
	sendTime?: string;
	scheduleId?: string;
}

/** One person to send to, as read from the input. */
export interface Recipient {
	/** Index of the input item it came from. */
	item: number;
	mobile: string;
	tempPara: TemplateParameters;
	/** Key under which this recipient may be sent to once only. */
	onceKey?: string;
}

/** What was read of the input for one row: a recipient to send to, or the reason why it cannot be sent to. */
export type Entry = EntryToSend | RejectedEntry;

export type EntryToSend = Recipient & { shared: Shared };

/** An entry that is refused before sending. */
export interface RejectedEntry {
	item: number;
	/** As data: an error keeps its stack, 700 bytes for each entry of a long list. */
	problem: Pick<InputProblem, 'message' | 'hint' | 'concerns'>;
	/** What is known of the recipient, for the row. */
	mobile?: string;
	tempPara?: TemplateParameters;
	tempId?: number;
}

/** One request: positions in the list of entries that go out together. */
export interface BatchRequest {
	shared: Shared;
	positions: number[];
}

/** The result of one recipient. */
export type Result =
	| { status: 'sent'; msgId?: string; scheduleId?: string }
	| {
			status: 'failed' | 'unknown';
			code?: number;
			message: string;
			hint: string;
			safeToRetry: boolean;
			msgId?: string;
			scheduleId?: string;
			/** Unknown ones whose request this run sent: when it left, as ISO text. A delivery report after it tells that the SMS went out. */
			attemptedAt?: string;
			/** Whom the cause concerns; anything but `recipient` and `request` may stop the run. */
			scope?: 'recipient' | 'request' | 'template' | 'application';
	  };

/** Results of one accepted request, in the order of its recipients, and what did not fit. */
export interface Matched {
	results: Result[];
	/** Rows of the response that belong to no recipient of the request. */
	unmatched: number;
}

/** How the response to an accepted request gives each of its recipients a result; never throws. */
export type Match = (recipients: readonly Recipient[], body: unknown) => Matched;

/** The service's limit for one request ("Sending Bulk Template SMS", code 50031). */
export const MAX_BATCH_SIZE = 1000;
