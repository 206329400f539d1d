import { importWorkflow } from '../support/workflows';
import type { Instance } from '../support/instance';

export default (get: () => Instance, file: string) =>
	test('two webhooks send and check codes', async () => {
		const { client, sandbox } = get();
		const saved = await importWorkflow(get(), file);
		await client.activate(saved, ['/webhook/code/send', '/webhook/code/verify']);
		const sent = await client.callWebhook('code/send', { mobile: '13800005101' });
		expect(sent).toEqual({ status: 200, body: { msg_id: sandbox.ledger[0].msg_id } });
		const { msg_id, code } = sandbox.ledger[0];
		const wrong = code === '111111' ? '222222' : '111111';
		expect(await client.callWebhook('code/verify', { msg_id, code: wrong })).toEqual({
			status: 200,
			body: { valid: false, reason: 'invalid' },
		});
		expect(await client.callWebhook('code/verify', { msg_id, code })).toEqual({ status: 200, body: { valid: true } });
		expect(await client.callWebhook('code/send', { mobile: '13800000006' })).toEqual({
			status: 422,
			body: { error: expect.any(String), code: 50006, safe_to_retry: false },
		});
		expect(sandbox.ledger).toHaveLength(1);
	});
