import { useSandbox, applicationNumber, error, type CallOptions } from './support';

const jsms = useSandbox();

async function sendCode(more = {}) {
	const { json } = await jsms.post('/codes', { mobile: '13812345678', temp_id: 1, ...more });
	return { id: json.msg_id, code: jsms.last().code };
}
const verify = async (id: string, code: unknown, options?: CallOptions) =>
	(await jsms.post(`/codes/${id}/valid`, { code }, options)).json;
const refused = (code: number, message: string) => ({ is_valid: false, ...error(code, message) });

test('the code in the ledger has six digits and stands in the text', async () => {
	const { code } = await sendCode();
	expect(code).toMatch(/^\d{6}$/);
	expect(jsms.sandbox.ledger[0].text).toBe(`【示例科技】您的验证码是${code}，5分钟内有效，请勿告诉他人。`);
	expect(jsms.sandbox.ledger[0].temp_para).toEqual({});
});

test('a wrong code does not use the right one up, and the right one passes once', async () => {
	const { id, code } = await sendCode();
	expect(await verify(id, 'x')).toEqual(refused(50010, 'invalid code'));
	expect(await verify(id, code)).toEqual({ is_valid: true });
	expect(await verify(id, code)).toEqual(refused(50012, 'verified code'));
});

test('a text code lives as long as its template says', async () => {
	const { id, code } = await sendCode();
	jsms.sandbox.advance(299_000);
	expect(await verify(id, 'x')).toEqual(refused(50010, 'invalid code'));
	jsms.sandbox.advance(1_000);
	expect(await verify(id, code)).toEqual(refused(50011, 'expired code'));
});

test('a voice code lives 60 seconds or its ttl', async () => {
	const first = (await jsms.post('/voice_codes', { mobile: '13812345678', code: '0394' })).json.msg_id;
	const second = (await jsms.post('/voice_codes', { mobile: '13812345679', code: '0394', ttl: 90 })).json.msg_id;
	jsms.sandbox.advance(60_000);
	expect(await verify(first, '0394')).toEqual(refused(50011, 'expired code'));
	expect(await verify(second, '394')).toEqual(refused(50010, 'invalid code'));
	expect(await verify(second, '0394')).toEqual({ is_valid: true });
});

test('another application does not know the msg_id', async () => {
	const { id, code } = await sendCode();
	expect(await verify(id, code, { pair: applicationNumber(4) })).toEqual(refused(50026, 'wrong msg_id'));
});

test('the msg_id of a template message cannot be verified', async () => {
	const { json } = await jsms.post('/messages', { mobile: '13812345678', temp_id: 2002 });
	expect(await verify(json.msg_id, '123456')).toEqual(refused(50026, 'wrong msg_id'));
	jsms.sandbox.settings.verifyOtherMessages = 50010;
	expect(await verify(json.msg_id, '123456')).toEqual(refused(50010, 'invalid code'));
});

test('verifyFailureStatus 200', async () => {
	const { id } = await sendCode();
	jsms.sandbox.settings.verifyFailureStatus = 200;
	const answer = await jsms.post(`/codes/${id}/valid`, { code: 'x' });
	expect([answer.status, answer.json]).toEqual([200, refused(50010, 'invalid code')]);
});

test('verifyAttempts: after so many wrong codes the right one fails too', async () => {
	jsms.sandbox.settings.verifyAttempts = 2;
	const { id, code } = await sendCode();
	await verify(id, 'x');
	await verify(id, 'x');
	expect(await verify(id, code)).toEqual(refused(50010, 'invalid code'));
});
