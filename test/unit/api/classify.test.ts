import { classify } from '../../../nodes/JSms/api/classify';
import { type Exchange } from '../../../nodes/JSms/model/outcome';

const answer = (status: number, body: unknown, retryAfter?: string): Exchange => ({
	kind: 'response',
	status,
	body: typeof body === 'string' ? body : JSON.stringify(body),
	...(retryAfter !== undefined && { retryAfter }),
});
const failure = (code: string, message = ''): Exchange => ({ kind: 'connectionError', code, message });
const envelope = (code: unknown, message = 'words') => ({ error: { code, message } });

describe('accepted', () => {
	it('is a 2xx that holds JSON without an error', () => {
		expect(classify(answer(200, { msg_id: 1 }))).toEqual({ class: 'accepted', body: { msg_id: 1 } });
		expect(classify(answer(201, []))).toEqual({ class: 'accepted', body: [] });
	});

	it('is an empty 2xx only where nothing is to come, as after a delete', () => {
		expect(classify(answer(200, ''), 'empty')).toEqual({ class: 'accepted', body: undefined });
		expect(classify(answer(200, ''))).toMatchObject({ class: 'unknown', httpStatus: 200 });
	});

	it('keeps the digits of long ids', () => {
		expect(classify(answer(200, '{"msg_id":9007199254740993123}'))).toEqual({
			class: 'accepted',
			body: { msg_id: '9007199254740993123' },
		});
	});
});

describe('an answer without content', () => {
	it.each(['', ' \n', 'null', ' null '])('is an empty list where records are read and there are none (%j)', (body) => {
		expect(classify(answer(200, body), 'list')).toEqual({ class: 'accepted', body: [] });
	});

	it('counts as nothing only where nothing, or no record, may come', () => {
		expect(classify(answer(200, ' '), 'empty')).toEqual({ class: 'accepted', body: undefined });
		expect(classify(answer(200, 'null'), 'empty').class).toBe('unknown');
		expect(classify(answer(200, 'null')).class).toBe('unknown');
		expect(classify(answer(200, '[1]'), 'list')).toEqual({ class: 'accepted', body: [1] });
		expect(classify(answer(200, { a: 1 }), 'empty')).toEqual({ class: 'accepted', body: { a: 1 } });
		expect(classify(answer(200, 'text'), 'list').class).toBe('unknown');
	});
});

describe('refused', () => {
	it.each([400, 401, 403, 404, 405, 415, 429])('is the error envelope with HTTP %d', (status) => {
		expect(classify(answer(status, envelope(50013)))).toMatchObject({
			class: 'refused',
			code: 50013,
			httpStatus: status,
			message: 'There is no template with this ID in the application (50013 words)',
			scope: 'template',
		});
	});

	it('is also an envelope that comes with HTTP 200', () => {
		expect(classify(answer(200, { is_valid: false, ...envelope(50010) }))).toMatchObject({
			class: 'refused',
			code: 50010,
		});
	});

	it('takes the code as text too', () => {
		expect(classify(answer(403, envelope('50014')))).toMatchObject({
			class: 'refused',
			code: 50014,
			scope: 'application',
		});
	});
});

describe('no error', () => {
	it.each([0, '0', 50000, '50000', ' 50000 '])('is the code %j with HTTP 200', (code) => {
		const body = { msg_id: 1, error: { code, message: 'success' } };
		expect(classify(answer(200, body))).toEqual({ class: 'accepted', body });
	});

	it('is an error of null', () => {
		expect(classify(answer(200, { msg_id: 1, error: null, error_code: null }))).toMatchObject({ class: 'accepted' });
	});

	it.each([0, 50000])('is no code %d with HTTP 403', (code) => {
		expect(classify(answer(403, envelope(code)))).toMatchObject({ class: 'unknown', httpStatus: 403 });
	});
});

describe('a contradiction', () => {
	const signs = [
		{ msg_id: '1' },
		{ msg_id: 0 },
		{ schedule_id: 'a' },
		{ sign_id: 1 },
		{ temp_id: 1 },
		{ is_valid: true },
		{ success_count: 1 },
		{ success_count: 'x' },
		{ recipients: {} },
		{ recipients: [{ mobile: '13812345678' }] },
		{ recipients: [{ error_code: '50006' }, { error_code: '0' }] },
		{ recipients: [{ error_code: 'E?' }] },
		{ recipients: ['x'] },
	];
	const errors = [envelope(50006), envelope('50009'), envelope('E?'), { error: 'no' }, { error: {} }, { error: false }];
	it.each(signs)('is an error beside %j', (sign) => {
		for (const error of errors) {
			for (const status of [200, 400, 403]) {
				expect(classify(answer(status, { ...sign, ...error }))).toMatchObject({ class: 'unknown', httpStatus: status });
			}
		}
	});

	it('says that either may be true, and what to do', () => {
		expect(classify(answer(403, { msg_id: '1', ...envelope(50006) }))).toStrictEqual({
			class: 'unknown',
			message:
				'The response of JSMS contradicts itself (HTTP 403): it contains an error, but also signs that the request was accepted',
			hint: 'The message may or may not have been sent. Open 发送记录 (send records) in the Jiguang console and look for this number before you resend.',
			httpStatus: 403,
		});
	});

	it.each(['50006', 50006, '', {}, 'E?'])('is the code of a row beside an id: %j', (error_code) => {
		expect(classify(answer(200, { msg_id: '1', error_code }))).toMatchObject({ class: 'unknown' });
	});

	it.each([
		{},
		{ msg_id: null, schedule_id: '' },
		{ is_valid: false },
		{ success_count: 0, failure_count: 2 },
		{ recipients: [] },
		{ recipients: [{ msg_id: '1', error_code: '50006' }] },
	])('is nothing that a refusal may hold: %j', (beside) => {
		expect(classify(answer(403, { ...beside, ...envelope(50006) }))).toMatchObject({ class: 'refused', code: 50006 });
	});
});

describe('not attempted', () => {
	it.each([
		['ECONNREFUSED', 'connect ECONNREFUSED 127.0.0.1:1'],
		['ECONNREFUSED', ''],
		['ENOTFOUND', 'getaddrinfo ENOTFOUND nowhere.invalid'],
		['EAI_AGAIN', 'getaddrinfo EAI_AGAIN'],
		['ETIMEDOUT', 'connect ETIMEDOUT 10.0.0.1:443'],
		['EHOSTUNREACH', 'connect EHOSTUNREACH 10.0.0.1:443'],
		['ENETUNREACH', 'connect ENETUNREACH 10.0.0.1:443'],
		['CERT_HAS_EXPIRED', 'certificate has expired'],
		['DEPTH_ZERO_SELF_SIGNED_CERT', 'self-signed certificate'],
		['SELF_SIGNED_CERT_IN_CHAIN', 'self-signed certificate in certificate chain'],
		['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'unable to verify the first certificate'],
		['ERR_TLS_CERT_ALTNAME_INVALID', "Hostname/IP does not match certificate's altnames"],
		['EPROTO', 'write EPROTO 0:error:0A00010B:SSL routines:ssl3_get_record:wrong version number'],
		['ERR_SSL_WRONG_VERSION_NUMBER', 'SSL routines'],
		['ERR_SSL_UNSUPPORTED_PROTOCOL', 'SSL routines'],
		['EPROTO', 'error:0A0000BF:SSL routines::no protocols available'],
		['EPROTO', 'error:0A000410:SSL routines:ssl3_read_bytes:SSLV3 ALERT HANDSHAKE FAILURE'],
		['EPROTO', 'error:0A00042E:SSL routines:ssl3_read_bytes:tlsv1 alert protocol version'],
		['EAI_FAIL', ''],
		['EAI_NODATA', ''],
		['EAI_NONAME', ''],
		['HOSTNAME_MISMATCH', ''],
		['ECONNRESET', 'Client network socket disconnected before secure TLS connection was established'],
	])('is %s: no byte of the request left', (code, message) => {
		expect(classify(failure(code, message))).toEqual({
			class: 'notAttempted',
			message: expect.stringContaining(`(${code})`) as string,
			hint: expect.stringMatching(/^(Check|A proxy) .+\.$/) as string,
		});
	});

	it.each([
		['ENOTFOUND', /^n8n could not find the address of JSMS/, /DNS/],
		['EAI_AGAIN', /^n8n could not find the address of JSMS/, /DNS/],
		['ECONNREFUSED', /^n8n could not connect to JSMS/, /firewall or proxy/],
		['CERT_HAS_EXPIRED', /^The connection to JSMS is not secure/, /replaced the certificate of JSMS/],
	])('says in plain words what is wrong: %s', (code, message, hint) => {
		expect(classify(failure(code, ''))).toMatchObject({
			message: expect.stringMatching(message) as string,
			hint: expect.stringMatching(hint) as string,
		});
	});

	it('is a 429 of a gateway, with its wish for a pause', () => {
		expect(classify(answer(429, 'Too Many Requests\n', '2'))).toMatchObject({ class: 'notAttempted', retryAfter: '2' });
		expect(classify(answer(429, ''))).toMatchObject({ class: 'notAttempted', retryAfter: undefined });
		expect(classify(answer(429, { error: { message: 'slow down' } }))).toEqual({
			class: 'notAttempted',
			message: 'Too many requests at once (HTTP 429)',
			hint: 'Wait a few minutes.',
		});
	});
});

describe('unknown', () => {
	const look =
		'The message may or may not have been sent. Open 发送记录 (send records) in the Jiguang console and look for this number before you resend.';

	it('says what came instead of an answer, and what to do', () => {
		expect(classify(failure('EPIPE'))).toStrictEqual({
			class: 'unknown',
			message: 'The connection to JSMS dropped before a response arrived (EPIPE)',
			hint: look,
		});
		expect(classify(answer(502, '<html>'))).toStrictEqual({
			class: 'unknown',
			message: 'JSMS had an internal error (HTTP 502)',
			hint: look,
			httpStatus: 502,
		});
		expect(classify(answer(200, envelope(50019)))).toStrictEqual({
			class: 'unknown',
			message: 'JSMS had an internal error (HTTP 200, code 50019)',
			hint: look,
			httpStatus: 200,
			code: 50019,
		});
		for (const status of [300, 399]) {
			expect(classify(answer(status, '{}'))).toStrictEqual({
				class: 'unknown',
				message: `'Base URL' redirects to another address (HTTP ${status}), and your keys were not sent there`,
				hint: `Set 'Base URL' in the credential to https://api.sms.jpush.cn/v1. ${look}`,
				httpStatus: status,
			});
		}
		for (const [status, body] of [
			[199, '{}'],
			[400, '{}'],
			[499, '{}'],
			[200, '{"error":{}}'],
			[299, '{"error":{}}'],
		] as const) {
			expect(classify(answer(status, body))).toStrictEqual({
				class: 'unknown',
				message: `Something other than JSMS responded (HTTP ${status}), probably a proxy or a wrong 'Base URL'`,
				hint: `Check 'Base URL' in the credential and any proxy between n8n and JSMS. ${look}`,
				httpStatus: status,
			});
		}
		expect(classify(answer(299, '<html>'))).toStrictEqual({
			class: 'unknown',
			message: 'The response of JSMS could not be read (HTTP 299)',
			hint: look,
			httpStatus: 299,
		});
	});

	it.each([
		['ECONNRESET', 'read ECONNRESET'],
		['ECONNRESET', 'socket hang up'],
		['EPIPE', 'write EPIPE'],
		['ECONNABORTED', 'timeout of 30000ms exceeded'],
		['ETIMEDOUT', 'read ETIMEDOUT'],
		['ETIMEDOUT', 'no complete response in time'],
		['EHOSTUNREACH', 'read EHOSTUNREACH'],
		['EPROTO', 'read EPROTO: bad record mac'],
		['ERR_SSL_DECRYPTION_FAILED_OR_BAD_RECORD_MAC', 'decryption failed'],
		['EPROTO', 'connect EPROTO'],
		['EPIPE', 'wrong version number'],
		['EPIPE', 'socket disconnected before secure TLS connection was established'],
		['NO_CERT_HAS_EXPIRED', ''],
		['ERR_OSSL_WRONG_VERSION_NUMBER', ''],
		['ERR_BAD_RESPONSE', 'aborted'],
		['UNKNOWN', ''],
	])('is %s (%s): the request may have arrived', (code, message) => {
		expect(classify(failure(code, message))).toMatchObject({ class: 'unknown' });
	});

	it.each([500, 502, 503, 504])('is HTTP %d, whatever stands in it', (status) => {
		expect(classify(answer(status, '<html>bad gateway</html>'))).toMatchObject({
			class: 'unknown',
			httpStatus: status,
		});
		expect(classify(answer(status, envelope(50019)))).toMatchObject({
			class: 'unknown',
			httpStatus: status,
			code: 50019,
		});
		expect(classify(answer(status, envelope(50006)))).toMatchObject({ class: 'unknown', httpStatus: status });
	});

	it.each(['', ' ', '<html>', '{"msg_id":1', 'null', '"text"', '12', 'true', '\u0000'])(
		'is HTTP 200 with %j',
		(body) => {
			expect(classify(answer(200, body))).toMatchObject({ class: 'unknown', httpStatus: 200 });
		},
	);

	it.each([301, 302, 307, 308])('is a redirect (HTTP %d), whatever stands in it', (status) => {
		expect(classify(answer(status, ''))).toMatchObject({ class: 'unknown', httpStatus: status });
		expect(classify(answer(status, envelope(50006)))).toMatchObject({ class: 'unknown', httpStatus: status });
	});

	it.each([400, 403, 404, 407, 413])('is HTTP %d without the envelope of the service', (status) => {
		expect(classify(answer(status, '<html>proxy</html>'))).toMatchObject({ class: 'unknown', httpStatus: status });
		expect(classify(answer(status, { error: 'text' }))).toMatchObject({ class: 'unknown', httpStatus: status });
	});

	it.each([200, 400, 403, 404, 413])("is HTTP %d with an error of a gateway, which has no code of JSMS's", (status) => {
		for (const error of [{ message: 'no' }, envelope('upstream_failure').error, envelope(null).error, {}]) {
			expect(classify(answer(status, { error }))).toMatchObject({ class: 'unknown', httpStatus: status });
		}
	});

	it('does not overflow on deep nesting', () => {
		const depth = 200_000;
		const deep = `{"a":${'['.repeat(depth)}${']'.repeat(depth)}}`;
		expect(['accepted', 'unknown']).toContain(classify(answer(200, deep)).class);
	});
});
