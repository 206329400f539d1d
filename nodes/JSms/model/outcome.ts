import type { Refusal } from './returnCodes';

/** What came back from one try: an HTTP response, or a failure of the connection. */
export type Exchange =
	| { kind: 'response'; status: number; body: string; retryAfter?: string }
	| { kind: 'connectionError'; code: string; message: string };

/** What one request means for the messages in it. */
export type Outcome =
	| { class: 'accepted'; body: unknown }
	| ({ class: 'refused' } & Refusal)
	| { class: 'notAttempted'; message: string; hint: string; retryAfter?: string }
	| { class: 'unknown'; message: string; hint: string; code?: number; httpStatus?: number };

/** What to expect of a good response: a JSON object, (deletes) nothing at all, or (receipts) a list that may be missing. */
export type Expectation = 'json' | 'empty' | 'list';
