import { ALONE } from '../../../scripts/n8n/client';
import { importWorkflow } from '../support/workflows';
import type { Instance } from '../support/instance';

const KEY = { name: 'x-shop-key', value: 'dummy-shop-key' };

export default (get: () => Instance, file: string) =>
	test('a parcel that the shop reports twice sends one SMS; a refused one may come again', async () => {
		const { client, sandbox } = get();
		const httpHeaderAuth = await client.createCredential({ name: 'Shop', type: 'httpHeaderAuth', data: KEY });
		const credentials = { ...get().credentials, httpHeaderAuth };
		await client.activate(await importWorkflow({ ...get(), credentials }, file), ['/webhook/order-shipped']);
		const post = async (body: object, headers: Record<string, string> = {}) => {
			const response = await fetch(`${client.url}/webhook/order-shipped`, {
				method: 'POST',
				headers: { ...ALONE, 'content-type': 'application/json', ...headers },
				body: JSON.stringify(body),
			});
			const text = await response.text();
			return { status: response.status, body: text.startsWith('{') ? (JSON.parse(text) as object) : text };
		};
		const call = (order_no: string, mobile: string, tracking_no = `SF${order_no}`) =>
			post({ order_no, tracking_no, mobile }, { [KEY.name]: KEY.value });

		expect((await post({ order_no: 'A-1', tracking_no: 'SF-1', mobile: '13800005101' })).status).toBe(403);
		expect(sandbox.requests).toEqual([]);
		const sent = await call('A-1', '13800005101');
		expect(sent).toEqual({ status: 200, body: { sent: true, msg_id: sandbox.ledger[0].msg_id } });
		expect(await call('A-1', '13800005101')).toEqual({ status: 200, body: { sent: false, reason: 'alreadySent' } });
		// The order's second parcel.
		expect((await call('A-1', '13800005102', 'SF-1b')).body).toMatchObject({ sent: true });
		expect(await call('A-2', '13800000006')).toEqual({
			status: 422,
			body: { sent: false, error: expect.stringContaining('50006'), hint: expect.any(String) },
		});
		expect(await call('A-3', '13800000009')).toEqual({
			status: 503,
			body: { sent: false, error: expect.stringContaining('50009') },
		});
		// The key of a parcel that was refused is free again.
		expect((await call('A-3', '13800005103')).body).toMatchObject({ sent: true });
		// A response that gets lost: the SMS was sent, and no repeat sends it again.
		sandbox.fault({ kind: 'resetAfter', path: '/v1/messages' });
		expect(await call('A-4', '13800005104')).toMatchObject({ status: 422, body: { sent: false } });
		expect((await call('A-4', '13800005104')).body).toEqual({ sent: false, reason: 'alreadySent' });
		// A shop that names no order gets no SMS under a key that all such calls would share.
		expect(await call('', '13800005105')).toMatchObject({ status: 422, body: { sent: false } });
		expect(sandbox.ledger.map(({ mobile, temp_para: { number } }) => [mobile, number])).toEqual([
			['13800005101', 'SFA-1'],
			['13800005102', 'SF-1b'],
			['13800005103', 'SFA-3'],
			['13800005104', 'SFA-4'],
		]);
	});
