import { isRecord } from './call';
import type { Reply } from './http';

/** What is compared of a response, and what a report may hold: status, code, message, and types instead of values. */
export interface Answer {
	/** Absent: no response came. */
	status?: number;
	code?: number | string;
	message?: string;
	/** The body with types for values, as JSON; texts where it is no JSON. */
	shape: string;
	/** Response headers that tell something, in small letters. */
	headers: string[];
}

/** Fields whose values are compared; they hold nothing personal. */
const VALUES = new Set([
	'code',
	'message',
	'type',
	'error_code',
	'error_message',
	'is_valid',
	'success_count',
	'failure_count',
]);
/** In every response of every server. */
const ORDINARY = new Set([
	'connection',
	'content-length',
	'content-type',
	'date',
	'keep-alive',
	'server',
	'transfer-encoding',
]);
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export interface Reading {
	/** null counts as a number. */
	nullable?: boolean;
	/** The number that SMS are sent to. */
	ownNumber?: string;
}

export function answerOf(reply: Reply, reading: Reading = {}): Answer {
	if ('failure' in reply) return { shape: masked(reply.failure), headers: [] };
	const { status, text } = reply;
	const headers = Object.keys(reply.headers).filter((name) => !ORDINARY.has(name));
	if (text === '') return { status, shape: 'empty', headers };
	let body: unknown;
	try {
		body = JSON.parse(text);
	} catch {
		return { status, shape: 'no JSON', headers };
	}
	const error = isRecord(body) && isRecord(body.error) ? body.error : undefined;
	return {
		status,
		...(error && { code: codeOf(error.code), message: masked(String(error.message)) }),
		shape: JSON.stringify(shapeOf(body, reading)),
		headers,
	};
}

/** Equal answers have equal texts. A missing header that the sandbox can send tells something, too. */
export function keyOf({ status, shape, headers }: Answer): string {
	return [status, shape, headers.includes('www-authenticate')].join(' ');
}

function codeOf(code: unknown): number | string {
	return typeof code === 'number' ? code : `${kindOf(code)} ${masked(String(code))}`;
}

function shapeOf(value: unknown, reading: Reading, name = ''): unknown {
	if (Array.isArray(value)) return value.map((entry) => shapeOf(entry, reading, name));
	if (isRecord(value) && name !== 'temp_para') {
		// Object.keys before JSON.stringify: two orders of the same fields are one shape.
		const names = Object.keys(value).sort();
		return Object.fromEntries(names.map((field) => [field, shapeOf(value[field], reading, field)]));
	}
	// A person's own values; their names would be the template's.
	if (name === 'temp_para') return kindOf(value);
	if (VALUES.has(name)) return typeof value === 'string' ? masked(value) : value;
	if (name === 'mobile' || name === 'phone') return mobileOf(value, reading.ownNumber);
	if (value === null && reading.nullable) return 'number';
	return kindOf(value);
}

function mobileOf(value: unknown, ownNumber: string | undefined): string {
	if (ownNumber !== undefined && String(value) === ownNumber) return `own number (${typeof value})`;
	// The numbers of one digit that the check itself sends tell the order of rows.
	return typeof value === 'string' && value.length < 3 ? value : kindOf(value);
}

function kindOf(value: unknown): string {
	if (value === null) return 'null';
	if (typeof value !== 'string') return typeof value;
	if (/^\d+$/.test(value)) return 'digits';
	return UUID.test(value) ? 'uuid' : 'text';
}

/** Words of the service may repeat what was sent: addresses and long numbers do not belong into a report. */
function masked(text: string): string {
	return text
		.slice(0, 200)
		.replace(/[A-Za-z0-9+/=]{24,}/g, '<key?>')
		.replace(/\b\d{1,3}(\.\d{1,3}){3}\b/g, '<address>')
		.replace(/\d{7,}/g, '<number>');
}
