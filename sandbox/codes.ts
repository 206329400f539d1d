/**
 * The service's return codes that can occur at the imitated endpoints: number → HTTP status and exact message.
 * Source: return-code table of "SMS Sending API" (docs.jiguang.cn/en/jsms/server/rest_api_jsms); 50033 from the
 * account page, 50027-50029 from the schedule page, 50042-50054 and 50101-50105 from the template, sending and signature
 * pages; 50051 stands on no page, a user pasted it (its status is assumed).
 */
export const RETURN_CODES: Readonly<Record<number, { status: number; message: string }>> = Object.freeze({
	50000: { status: 200, message: 'success' },
	50001: { status: 400, message: 'missing auth' },
	50002: { status: 401, message: 'auth failed' },
	50003: { status: 400, message: 'missing body' },
	50004: { status: 400, message: 'missing mobile' },
	50005: { status: 400, message: 'missing temp_id' },
	50006: { status: 403, message: 'invalid mobile' },
	50007: { status: 403, message: 'invalid body' },
	50008: { status: 403, message: 'no sms code auth' },
	50009: { status: 403, message: 'out of freq' },
	50010: { status: 403, message: 'invalid code' },
	50011: { status: 403, message: 'expired code' },
	50012: { status: 403, message: 'verified code' },
	50013: { status: 403, message: 'invalid temp_id' },
	50014: { status: 403, message: 'no money' },
	50015: { status: 400, message: 'missing code' },
	50016: { status: 404, message: 'api not found' },
	50017: { status: 415, message: 'media not supported' },
	50018: { status: 405, message: 'request method not support' },
	50019: { status: 500, message: 'server error' },
	50020: { status: 403, message: 'template auditing' },
	50021: { status: 403, message: 'template not pass' },
	50022: { status: 403, message: 'parameters not all replaced' },
	50023: { status: 403, message: 'parameters is empty' },
	50024: { status: 403, message: 'unsubscribed mobile' },
	50025: { status: 403, message: 'wrong template type' },
	50026: { status: 403, message: 'wrong msg_id' },
	50027: { status: 403, message: 'invalid send_time' },
	50028: { status: 403, message: 'invalid schedule_id' },
	50029: { status: 403, message: 'wrong schedule status' },
	50030: { status: 403, message: 'recipients is empty' },
	50031: { status: 403, message: 'too much recipients' },
	50033: { status: 403, message: 'app quota not assigned' },
	50034: { status: 403, message: 'repeat send' },
	50035: { status: 403, message: 'illegal IP' },
	50036: { status: 403, message: 'app in black' },
	50037: { status: 403, message: 'has black word' },
	50038: { status: 403, message: 'invalid code length' },
	50039: { status: 403, message: 'invalid code type' },
	50040: { status: 403, message: 'invalid voice language type' },
	50041: { status: 403, message: 'invalid ttl value' },
	50042: { status: 403, message: 'template is empty' },
	50043: { status: 403, message: 'template too long' },
	50044: { status: 403, message: 'template parameter invalid' },
	50045: { status: 403, message: 'remark too long' },
	50046: { status: 403, message: 'signature not set' },
	50047: { status: 403, message: 'modify template not allow' },
	50051: { status: 403, message: 'signatures not exist' },
	50052: { status: 403, message: 'template contains special symbol' },
	50053: { status: 403, message: 'special template parameter need extra remark for confirmation' },
	50054: { status: 403, message: 'content contains special symbol' },
	50101: { status: 403, message: 'invalid image' },
	50102: { status: 403, message: 'invalid sign id' },
	50103: { status: 403, message: 'other signatures in the audit' },
	50104: { status: 403, message: 'invalid signature' },
	50105: { status: 403, message: 'default signature cannot be deleted' },
});

/** A request the service refuses with one of its return codes; nothing was accepted. */
export class Refusal extends Error {
	readonly status: number;
	readonly extra: Record<string, unknown>;

	/**
	 * @param code a key of RETURN_CODES
	 * @param options `extra` is put before `error` in the body
	 */
	constructor(
		readonly code: number,
		options: { status?: number; extra?: Record<string, unknown> } = {},
	) {
		super(RETURN_CODES[code].message);
		this.status = options.status ?? RETURN_CODES[code].status;
		this.extra = options.extra ?? {};
	}
}

/**
 * The error envelope of the service.
 * @param message default: the table's message
 */
export function envelope(code: number, message: string = RETURN_CODES[code]?.message ?? 'unknown') {
	return { error: { code, message } };
}
