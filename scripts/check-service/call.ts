/** What the check asks the service, as data, and the rule that keeps it from sending. */

/** Whose keys go along. `crossed` is the other pair: the application's for the developer balance, and the reverse. */
export type KeysUsed = 'application' | 'developer' | 'crossed' | 'none' | 'wrong' | 'bearer' | 'noColon';

export interface Call {
	/** Stays the same from version to version, so that reports can be compared. */
	id: string;
	/** For people. */
	title: string;
	method: 'GET' | 'POST' | 'PUT' | 'DELETE';
	/** Below the base URL. */
	path: string;
	/** Default: the application's. */
	keys?: KeysUsed;
	/** A text is sent as it is, anything else as JSON. */
	body?: unknown;
	/** Default: application/json where there is a body; null: no header. */
	contentType?: string | null;
	/** Codes that say something about the account rather than about the service: as good as what the sandbox says. */
	fine?: readonly number[];
	/** Fields may be null instead of a number, as the pages say of balances. */
	nullable?: boolean;
}

/** An ID that no template, signature or anything else has: the largest that fits 32 bits. */
export const UNKNOWN_ID = 2_147_483_647;
export const UNKNOWN_SCHEDULE = '00000000-0000-4000-8000-000000000000';
export const UNKNOWN_MESSAGE = '100000000000';
/** The template that is common to all accounts, approved and for codes (console guide). */
export const COMMON_TEMPLATE = 1;
/** Looks like a mobile number. Only together with a template that does not exist. */
export const PLAUSIBLE_NUMBER = '13800000000';
/** No phone number anywhere: one digit. */
export const IMPOSSIBLE_NUMBERS = ['1', '2'] as const;

const SENDS = /^\/(codes|voice_codes|messages|schedule)(\/batch)?(\/[^/]+)?$/;

/**
 * Says why a call could send an SMS, change something in the account, or take something away from it.
 * @returns undefined for a call that can do none of this, whatever the service makes of it
 */
export function dangerOf({ method, path, body }: Call): string | undefined {
	const plain = path.replace(/\/$/, '');
	if (/^\/(report|reply)$/.test(plain)) return 'takes reports or replies away';
	if (method === 'GET') return undefined;
	if (method === 'DELETE') {
		return [UNKNOWN_ID, UNKNOWN_SCHEDULE].some((id) => plain.endsWith(`/${id}`)) ? undefined : 'deletes something';
	}
	const content = parsed(body);
	if (content === undefined) return undefined;
	if (/^\/codes\/[^/]+\/valid$/.test(plain)) {
		return plain.includes(UNKNOWN_MESSAGE) ? undefined : 'verifies a code that may have been sent';
	}
	if (/^\/templates(\/|$)/.test(plain)) return content.template === '' ? undefined : 'writes a template';
	if (/^\/sign(\/|$)/.test(plain)) return Object.keys(content).length === 0 ? undefined : 'writes a signature';
	if (!SENDS.test(plain)) return 'goes to a path that is not known';
	return namesTemplate(plain, content) && !numbersOf(content).every(isImpossible) ? 'can send an SMS' : undefined;
}

function parsed(body: unknown): Record<string, unknown> | undefined {
	let content = body;
	if (typeof body === 'string') {
		try {
			content = JSON.parse(body);
		} catch {
			return undefined;
		}
	}
	return isRecord(content) ? content : undefined;
}

/** A message has no text without a template; a voice call needs none. */
function namesTemplate(path: string, { temp_id: template }: Record<string, unknown>): boolean {
	if (path === '/voice_codes') return true;
	const id = String(template ?? '');
	return id !== String(UNKNOWN_ID) && /^\d+$/.test(id);
}

function numbersOf({ mobile, recipients }: Record<string, unknown>): unknown[] {
	const rows = Array.isArray(recipients) ? recipients : recipients === undefined ? [] : [recipients];
	return [mobile, ...rows.map((row) => (isRecord(row) ? row.mobile : row))];
}

function isImpossible(number: unknown): boolean {
	return number === undefined || number === null || JSON.stringify(number).replace(/\D/g, '').length < 3;
}

export function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
