import { importWorkflow } from '../support/workflows';
import type { Instance } from '../support/instance';

export default (get: () => Instance, file: string) =>
	test('an event that the CRM repeats sends one SMS; a refused one may come again', async () => {
		const { client, sandbox } = get();
		await client.activate(await importWorkflow(get(), file), ['/webhook/order-shipped']);
		const call = (event_id: string, mobile: string) =>
			client.callWebhook('order-shipped', { event_id, mobile, pickup: '741627' });
		const sent = await call('E-1', '13800005101');
		expect(sent).toEqual({ status: 200, body: { sent: true, msg_id: sandbox.ledger[0].msg_id } });
		expect(await call('E-1', '13800005101')).toEqual({ status: 200, body: { sent: false, reason: 'alreadySent' } });
		expect(await call('E-2', '13800000006')).toEqual({
			status: 422,
			body: { sent: false, error: expect.stringContaining('50006'), hint: expect.any(String) },
		});
		expect(await call('E-3', '13800000009')).toEqual({
			status: 503,
			body: { sent: false, error: expect.stringContaining('50009') },
		});
		// The key of an event that was refused is free again.
		expect((await call('E-3', '13800005103')).body).toMatchObject({ sent: true });
		// An answer that gets lost: the SMS went out, and no repeat sends it again.
		sandbox.fault({ kind: 'resetAfter', path: '/v1/messages' });
		expect(await call('E-4', '13800005104')).toMatchObject({ status: 422, body: { sent: false } });
		expect((await call('E-4', '13800005104')).body).toEqual({ sent: false, reason: 'alreadySent' });
		expect(sandbox.ledger.map(({ mobile }) => mobile)).toEqual(['13800005101', '13800005103', '13800005104']);
	});

/** Run in the newest n8n so far. */
