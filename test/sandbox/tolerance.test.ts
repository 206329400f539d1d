import { useSandbox, error } from './support';

/** What official SDKs of the service send and the sandbox must therefore take. */
const jsms = useSandbox();
const ok = { mobile: '13812345678', temp_id: 1250, temp_para: { number: '1' } };

test.each([
	['no Content-Type', undefined],
	['text', 'text/plain; charset=utf-8'],
	['form, as curl sends by itself', 'application/x-www-form-urlencoded'],
	['charset', 'application/json;charset=UTF-8'],
	['multipart with an odd boundary', 'multipart/form-data ; boundary=========7d4a6d158c9'],
	['nonsense', ';;'],
])('any Content-Type: %s', async (_name, contentType) => {
	const { status } = await jsms.post('/messages', ok, { headers: { 'content-type': contentType } });
	expect(status).toBe(200);
	expect(jsms.sandbox.requests[0].headers['content-type']).toBe(contentType);
});

test('strict media types take application/json with any charset only', async () => {
	jsms.sandbox.settings.contentType = 'strict';
	const statusWith = async (type: string) =>
		(await jsms.post('/messages', ok, { headers: { 'content-type': type } })).status;
	expect(await statusWith('application/json; charset=gbk')).toBe(200);
	expect(await statusWith('APPLICATION/JSON')).toBe(200);
	expect(await statusWith('application/jsonp')).toBe(415);
	expect(await statusWith('text/plain')).toBe(415);
});

test.each([
	['mobile as a number', { mobile: 13812345678 }],
	['template as text', { temp_id: '1250' }],
	['null for what is optional', { sign_id: null, tag: null }],
	['parameter as a number', { temp_para: { number: 741627 } }],
	['parameter as a boolean', { temp_para: { number: true } }],
	['parameters the template does not have', { temp_para: { number: '1', other: 'x' } }],
	['fields nobody knows', { type: 1, tag: 'x' }],
	['signature as text', { sign_id: '37002' }],
])('%s', async (_name, changes) => {
	expect((await jsms.post('/messages', { ...ok, ...changes })).status).toBe(200);
	expect(jsms.sandbox.ledger[0].mobile).toBe('13812345678');
});

test.each([[[]], [null], [{}], [undefined]])('no parameters as %j', async (parameters) => {
	expect((await jsms.post('/messages', { mobile: ok.mobile, temp_id: 2002, temp_para: parameters })).status).toBe(200);
});

test('numbers and empty lists in a batch', async () => {
	const { json } = await jsms.post('/messages/batch', {
		temp_id: '2002',
		sign_id: null,
		tag: null,
		recipients: [
			{ mobile: 13812345678, temp_para: [] },
			{ mobile: '13812345679', temp_para: null },
		],
	});
	expect(json).toMatchObject({ success_count: 2, failure_count: 0 });
});

test('a path may end in a slash, unless that is switched off', async () => {
	expect((await jsms.post('/messages/', ok)).status).toBe(200);
	expect((await jsms.api('/templates/1250/')).status).toBe(200);
	jsms.sandbox.settings.trailingSlash = 'refuse';
	expect((await jsms.post('/messages/', ok)).json).toEqual(error(50016, 'api not found'));
	expect((await jsms.post('/messages', ok)).status).toBe(200);
});

test('HEAD of the base address is harmless', async () => {
	expect((await jsms.api('', { method: 'HEAD', pair: null })).status).toBe(200);
	expect((await jsms.api('/', { method: 'HEAD', pair: null })).status).toBe(200);
});

test('a body in UTF-8 keeps every character', async () => {
	const number = '张三😀\u0000é';
	await jsms.post('/messages', { ...ok, temp_para: { number } });
	expect(jsms.sandbox.ledger[0].text).toBe(`【示例科技】您的取件码是${number}，请凭取件码到服务台领取包裹。`);
	expect(jsms.sandbox.ledger[0].temp_para).toEqual({ number });
});

test('voice: one SDK sends ttl 0 and a code as a number', async () => {
	expect((await jsms.post('/voice_codes', { mobile: ok.mobile, ttl: 0, code: 1234, voice_lang: '1' })).status).toBe(
		200,
	);
	expect(jsms.sandbox.ledger[0]).toMatchObject({ code: '1234', text: 'Your verification code is: 1 2 3 4' });
	jsms.sandbox.settings.voiceTtlZero = 'refuse';
	expect((await jsms.post('/voice_codes', { mobile: '13812345679', ttl: 0 })).json).toEqual(
		error(50041, 'invalid ttl value'),
	);
});
