import { isGoodPhone } from '../world/people';
import type { ServiceFault } from '../world/types';
import type { RecordKind } from './inbox';
import type { Attempt } from './ledger';
import { oddRows, oddText, type ResponseRow } from './odd';

/** A request as the service reads it. */
export interface Asked {
	number: number;
	method: string;
	/** Below the base URL. */
	path: string;
	/** Whom it is for; the path where it names nobody. */
	phones: string[];
	/** Of a batch. */
	recipients: Array<{ mobile: string; temp_para?: unknown }> | undefined;
	sendTime: string | undefined;
	/** Of a check: what was entered. */
	code: string | undefined;
}

export interface Decision {
	status: number;
	headers: Record<string, string>;
	body: string;
	certainty: Attempt['certainty'];
}

export interface Books {
	newId(): string;
	accept(phone: string, id: string): void;
	refuse(phone: string): void;
	/** Schedules that cannot be changed any more, by ID, and why. */
	schedulesGone: Map<string, 'sent' | 'deleted'>;
	/** IDs of codes that were checked and passed. */
	codesUsed: Set<string>;
	/** IDs of what was accepted. */
	knows(id: string): boolean;
	/** The next page of an inbox. */
	handOut(kind: RecordKind): string;
}

/** What the service does with a request and what it says: everything but when and whether that arrives. */
export function decide(asked: Asked, fault: ServiceFault | undefined, books: Books): Decision {
	const before = fault && refusalOf(fault);
	if (before) return before;
	const decision = accept(asked, fault, books);
	// What a gateway says instead, once the service has done its part; a clear refusal it leaves alone.
	if (fault?.kind === 'status' && decision.certainty !== 'clear') {
		return { status: fault.status, headers: {}, body: fault.body ?? decision.body, certainty: 'doubt' };
	}
	// Of a response that does not arrive whole, even a clear refusal cannot be read.
	const isBroken =
		fault?.kind === 'cut' || fault?.kind === 'drip' || (fault?.kind === 'odd' && decision.certainty !== 'clear');
	return isBroken ? { ...decision, certainty: 'doubt' } : decision;
}

/** What is said instead of doing anything. */
function refusalOf(fault: ServiceFault): Decision | undefined {
	switch (fault.kind) {
		case 'refuse':
			return envelope(fault.status ?? 403, fault.code, fault.message);
		case 'tooMany': {
			const headers: Record<string, string> =
				fault.retryAfter === undefined ? {} : { 'retry-after': String(fault.retryAfter) };
			return { status: 429, headers, body: 'slow down', certainty: 'clear' };
		}
		case 'status':
			if (fault.when === 'after') return undefined;
			return { status: fault.status, headers: {}, body: fault.body ?? '<html></html>', certainty: 'doubt' };
		case 'serverError':
			return { ...envelope(500, 50019, 'server error'), certainty: 'doubt' };
		default:
			return undefined;
	}
}

function accept(asked: Asked, fault: ServiceFault | undefined, books: Books): Decision {
	const { method, path } = asked;
	if (method === 'GET') return read(path, books);
	if (method === 'DELETE' || method === 'PUT') return changeSchedule(asked, fault, books);
	if (asked.recipients) return acceptBatch(asked, asked.recipients, fault, books);
	const [, checked] = /^\/codes\/([^/]+)\/valid$/.exec(path) ?? [];
	if (checked !== undefined) return checkCode(checked, asked.code, books);

	const [phone] = asked.phones;
	if (!isGoodPhone(phone)) return envelope(403, 50006, 'invalid mobile');
	const id = path.startsWith('/schedule') ? `5b0c-${books.newId()}` : books.newId();
	books.accept(phone, id);
	return told(asWhole(fault, path.startsWith('/schedule') ? { schedule_id: id } : { msg_id: id }));
}

function read(path: string, { handOut }: Books): Decision {
	if (path.startsWith('/report')) return told(handOut('report'));
	if (path.startsWith('/reply')) return told(handOut('reply'));
	if (path.startsWith('/templates/')) {
		return told(JSON.stringify({ temp_id: 1250, template: '您好{{number}}', type: 1, status: 1 }));
	}
	return told(JSON.stringify({ app_balance: 1000, app_voice: 10, app_industry: 1000, app_market: 1000 }));
}

function changeSchedule({ method, path, phones }: Asked, fault: ServiceFault | undefined, books: Books): Decision {
	const id = path.split('/').pop() ?? '';
	const gone = books.schedulesGone.get(id);
	// The documentation names 50029 for both. That a schedule once deleted is unknown is another reading, and the harder one.
	if (gone === 'deleted' && method === 'DELETE') return envelope(403, 50028, 'invalid schedule_id');
	if (gone) return envelope(403, 50029, 'wrong schedule status');
	books.accept(phones[0], id);
	if (method === 'DELETE') books.schedulesGone.set(id, 'deleted');
	else if (fault?.kind === 'reset' && fault.thenDue) books.schedulesGone.set(id, 'sent');
	return told(method === 'DELETE' ? '' : JSON.stringify({ schedule_id: id }));
}

/** The code that an SMS holds. */
export const codeOf = (id: string) => id.slice(-6);

function checkCode(id: string, code: string | undefined, { codesUsed, knows }: Books): Decision {
	const refused = (number: number, message: string): Decision => {
		const error = { code: number, message };
		return { status: 403, headers: {}, body: JSON.stringify({ is_valid: false, error }), certainty: 'clear' };
	};
	if (!knows(id)) return refused(50026, 'wrong msg_id');
	if (code !== codeOf(id)) return refused(50010, 'verify code is wrong');
	if (codesUsed.has(id)) return refused(50012, 'verify code is used');
	codesUsed.add(id);
	return told(JSON.stringify({ is_valid: true }));
}

function acceptBatch(
	{ path }: Asked,
	recipients: NonNullable<Asked['recipients']>,
	fault: ServiceFault | undefined,
	books: Books,
): Decision {
	const isSchedule = path.startsWith('/schedule');
	const scheduleId = `5b0c-${books.newId()}`;
	const refused: ResponseRow[] = [];
	const isLost = (place: number) =>
		fault?.kind === 'odd' && fault.shape === 'lostRow' && place === recipients.length - 1;
	const rows = recipients
		.filter((_, place) => !isLost(place))
		.map(({ mobile, temp_para }): ResponseRow => {
			const reason = reasonToRefuse(mobile, fault);
			if (!reason) {
				const id = books.newId();
				books.accept(mobile, isSchedule ? scheduleId : id);
				return { msg_id: id, mobile };
			}
			const row = { error_code: reason[0], error_message: reason[1], msg_id: books.newId(), mobile, temp_para };
			// A server error may stand for a message that went through.
			if (reason[0] === '50019' && Number(mobile.slice(-1)) % 2 === 0) books.accept(mobile, row.msg_id);
			else books.refuse(mobile);
			refused.push(row);
			return row;
		});
	const counts = { success_count: rows.length - refused.length, failure_count: refused.length };
	const isServerFault = fault?.kind === 'rowsRefused' && fault.code === '50019';
	const certainty = isServerFault ? 'doubt' : 'told';
	if (isSchedule) {
		const failures = refused.length > 0 && { failure_recipients: refused };
		return { ...told(asWhole(fault, { schedule_id: scheduleId, ...counts, ...failures })), certainty };
	}
	const shown = fault?.kind === 'odd' ? oddRows(fault.shape, rows) : rows;
	return { ...told(asWhole(fault, { ...counts, recipients: shown })), certainty };
}

function reasonToRefuse(mobile: string, fault: ServiceFault | undefined): [string, string] | undefined {
	if (!isGoodPhone(String(mobile))) return ['50006', 'invalid mobile'];
	return fault?.kind === 'rowsRefused' && fault.digits.includes(mobile.slice(-1))
		? [fault.code, 'row refused']
		: undefined;
}

const asWhole = (fault: ServiceFault | undefined, body: Record<string, unknown>) =>
	fault?.kind === 'odd' ? oddText(fault.shape, body) : JSON.stringify(body);

const told = (body: string): Decision => ({ status: 200, headers: {}, body, certainty: 'told' });

const envelope = (status: number, code: number, message: string): Decision => ({
	status,
	headers: {},
	body: JSON.stringify({ error: { code, message } }),
	certainty: 'clear',
});
