import type { Shared, TemplateParameters } from '../model/recipient';
import type { Outcome } from '../model/outcome';

/** One person to send to, as read from the input. */
export interface Recipient {
	/** Index of the input item it came from. */
	item: number;
	mobile: string;
	tempPara: TemplateParameters;
	/** Key under which this recipient may be sent to once only. */
	onceKey?: string;
}

/** A line of the input: a recipient to send to, or the reason why it cannot be sent to. */
export type Entry = (Recipient & { shared: Shared }) | Rejected;

/** A line of the input that is refused before sending. */
export interface Rejected {
	item: number;
	problem: LocalProblem;
	/** What is known of the recipient, for the row. */
	mobile?: string;
	tempPara?: TemplateParameters;
	tempId?: number;
}

/** Why a line was refused before sending: a sentence and what to do. */
export interface LocalProblem {
	message: string;
	hint: string;
	/** `everyone` where the cause is a setting rather than this recipient's data. */
	concerns: 'recipient' | 'everyone';
	safeToRetry?: boolean;
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

/** Sends one request and tells what came of it; must not throw. */
export type SendRequest = (request: BatchRequest, recipients: Recipient[]) => Promise<Outcome>;

/** Decides right before a planned request starts who must not be sent to. */
export interface Admission {
	/** The results of those who must not be sent to, by recipient; must not throw. */
	admit: (recipients: Recipient[]) => Promise<Array<Result | undefined>>;
	/** Makes recipients free again to whom certainly nothing was sent; must not throw. */
	release: (recipients: Recipient[]) => Promise<void>;
}
