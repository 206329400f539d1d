import { isRecord, isShallow, parseJson, toText } from '../model/json';
import type { ReceiptEvent } from './items';
import { isAuthentic, type CallbackKeys } from './authenticity';

/** What a callback tells about, by the service's name for it ("Callback": type). */
const EVENT_OF = new Map<string, ReceiptEvent>([
	['SMS_REPORT', 'deliveryReport'],
	['SMS_REPLY', 'reply'],
	['SMS_TEMPLATE', 'templateReview'],
	['SMS_SIGN', 'signatureReview'],
]);

/** The largest callback we read, in characters. Real ones have a few hundred. */
export const MAX_CALLBACK_LENGTH = 65_536;

const FIELDS = ['nonce', 'timestamp', 'signature', 'type', 'data'] as const;

/** The five fields of the form, as text. */
type Form = Record<(typeof FIELDS)[number], string>;

export interface CallbackChecks {
	keys: CallbackKeys;
	/** Seconds that a callback may be old; 0 for no limit. */
	maxAge: number;
	/** Milliseconds since 1970. */
	now: number;
}

/** A callback that is genuine and can be read. */
export interface Callback {
	event: ReceiptEvent;
	/** The service's record, integers of 16 digits and more as text. */
	record: Record<string, unknown>;
	/** True for the fixed data behind the console's test button. */
	isTest: boolean;
	/** Text as received. */
	form: Form;
}

/** A callback that starts nothing. */
export interface RefusedCallback {
	/** HTTP status of the response. */
	status: 400 | 401 | 413;
	/** For the log of n8n: says why, and holds nothing of the callback. */
	reason: string;
}

/**
 * Checks the form of a callback.
 *
 * What a stranger may learn from the status: whether the form is complete and of sane size. All else is told to the
 * holder of the keys only, so a callback with a bad signature and one that is too old get the same response.
 *
 * A callback that is too old is refused rather than taken and dropped: the service then repeats it, three times at most,
 * so that a wrong clock can be put right before anything is lost.
 *
 * @param body the parsed form; anything else where the request held none
 */
export function readCallback(body: unknown, { keys, maxAge, now }: CallbackChecks): Callback | RefusedCallback {
	const form = readForm(body);
	if (!form) return refuse(400, 'it is not the form that JSMS sends');
	if (FIELDS.some((field) => form[field].length > MAX_CALLBACK_LENGTH)) return refuse(413, 'it is too large');
	if (!isAuthentic(keys, form)) {
		return refuse(401, "its signature does not match the 'App Key' and 'Master Secret' in the credential");
	}
	if (!/^\d{1,16}$/.test(form.timestamp)) return refuse(400, 'its timestamp is not a number');
	if (maxAge > 0 && Math.abs(now - Number(form.timestamp)) > maxAge * 1000) {
		return refuse(
			401,
			"its timestamp is further from this machine's clock than 'Max Age' allows. Check the clock of the n8n server",
		);
	}
	const event = EVENT_OF.get(form.type);
	if (!event) return refuse(400, 'its type is not known');
	const record = readRecord(form.data);
	if (!record) return refuse(400, "its 'data' is not a JSON object");
	return { event, record, isTest: isTestRecord(event, record), form };
}

export function isRefused(callback: Callback | RefusedCallback): callback is RefusedCallback {
	return 'status' in callback;
}

function refuse(status: RefusedCallback['status'], reason: string): RefusedCallback {
	return { status, reason };
}

/** A field that is given twice arrives as a list. */
function readForm(body: unknown): Form | undefined {
	if (!isRecord(body)) return undefined;
	const form: Partial<Form> = {};
	for (const field of FIELDS) {
		const value = body[field];
		if (typeof value !== 'string' || value === '') return undefined;
		form[field] = value;
	}
	return isComplete(form) ? form : undefined;
}

function isComplete(form: Partial<Form>): form is Form {
	return FIELDS.every((field) => form[field] !== undefined);
}

function readRecord(data: string): Record<string, unknown> | undefined {
	try {
		const record = parseJson(data);
		return isRecord(record) && isShallow(record) ? record : undefined;
	} catch {
		return undefined;
	}
}

/** The fixed data that the console's test button sends ("Callback": test data). */
const TEST_RECORDS: Record<ReceiptEvent, Record<string, string | null>> = {
	deliveryReport: { msgId: '1857496', phone: '13000000000', receiveTime: '1492150740292', status: '4001' },
	reply: { content: 'TD', phone: '13000000000', replyTime: '1492150740292' },
	templateReview: { tempId: '57496', status: '1', refuseReason: null },
	signatureReview: { signId: '123', status: '1', refuseReason: null },
};

function isTestRecord(event: ReceiptEvent, record: Record<string, unknown>): boolean {
	return Object.entries(TEST_RECORDS[event]).every(([field, value]) =>
		value === null ? (record[field] ?? null) === null : toText(record[field]) === value,
	);
}
