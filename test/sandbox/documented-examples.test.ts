import { useSandbox, DEVELOPER } from './support';

/** The examples of the service's documentation: each request in, the documented shape of answer out. */
const jsms = useSandbox();

test('a text verification code answers with a quoted msg_id', async () => {
	const { status, headers, text } = await jsms.post('/codes', { mobile: '13812345678', temp_id: 1 });
	expect(status).toBe(200);
	expect(headers['content-type']).toMatch(/^application\/json/);
	expect(text).toMatch(/^\{"msg_id":"\d{12}"\}$/);
});

test('a voice verification code answers with a quoted msg_id', async () => {
	const { status, text } = await jsms.post('/voice_codes', { mobile: '13812345678', ttl: 60 });
	expect(status).toBe(200);
	expect(text).toMatch(/^\{"msg_id":"\d{12}"\}$/);
});

test('the right code passes', async () => {
	const { json } = await jsms.post('/codes', { mobile: '13812345678', temp_id: 1 });
	const { status, text } = await jsms.post(`/codes/${json.msg_id}/valid`, { code: jsms.sandbox.ledger[0].code });
	expect(status).toBe(200);
	expect(text).toBe('{"is_valid":true}');
});

test('a wrong code is answered with is_valid false, the error and 403', async () => {
	const { json } = await jsms.post('/voice_codes', { mobile: '13812345678', code: '123456' });
	const { status, text } = await jsms.post(`/codes/${json.msg_id}/valid`, { code: '654321' });
	expect(status).toBe(403);
	expect(text).toBe('{"is_valid":false,"error":{"code":50010,"message":"invalid code"}}');
});

test('a template message answers with an unquoted msg_id', async () => {
	const { status, text } = await jsms.post('/messages', {
		mobile: '13812345678',
		temp_id: 1,
		temp_para: { code: '1' },
	});
	expect(status).toBe(200);
	expect(text).toMatch(/^\{"msg_id":\d{12}\}$/);
});

test('a failed send answers with the error envelope', async () => {
	const { status, text } = await jsms.post('/messages', { mobile: '13812345678', temp_id: 9999 });
	expect(status).toBe(403);
	expect(text).toBe('{"error":{"code":50013,"message":"invalid temp_id"}}');
});

test('the documented batch, with a second number that is invalid', async () => {
	const { status, json } = await jsms.post('/messages/batch', {
		temp_id: 1250,
		recipients: [
			{ mobile: '13812345678', temp_para: { number: '741627' } },
			{ mobile: '1860305070', temp_para: { number: '147721' } },
		],
	});
	expect(status).toBe(200);
	expect(json).toEqual({
		success_count: 1,
		failure_count: 1,
		recipients: [
			{ msg_id: expect.stringMatching(/^\d{12}$/), mobile: '13812345678' },
			{
				error_code: '50006',
				error_message: 'invalid mobile',
				msg_id: expect.stringMatching(/^\d{12}$/),
				mobile: '1860305070',
				temp_para: { number: '147721' },
			},
		],
	});
});

test('a template can be read', async () => {
	const { status, json } = await jsms.api('/templates/1');
	expect(status).toBe(200);
	expect(json).toEqual({
		temp_id: 1,
		template: '您的验证码是{{code}}，5分钟内有效，请勿告诉他人。',
		type: 1,
		ttl: 300,
		remark: '通用验证码',
		status: 1,
	});
});

test('both balances can be read, each with its own pair', async () => {
	const application = await jsms.api('/accounts/app');
	expect([application.status, application.json]).toEqual([
		200,
		{ app_balance: 100000, app_voice: 1000, app_industry: null, app_market: 0 },
	]);
	const account = await jsms.api('/accounts/dev', { pair: DEVELOPER });
	expect([account.status, account.json]).toEqual([
		200,
		{ dev_balance: 50000, dev_voice: 80, dev_industry: 2500, dev_market: null },
	]);
});
