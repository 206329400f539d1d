import type { IPairedItemData } from 'n8n-workflow';
import { templateFields } from '../../support/operations';
import { JSMS, runJsms } from './workflows';
import type { Instance } from './instance';

export function describeLargeBatch(get: () => Instance) {
	test('2,500 recipients go out in three requests, each person once, in the order of the input', async () => {
		get().sandbox.reset();
		const mobiles = Array.from({ length: 2500 }, (_, index) => String(13810001000 + index));
		const execution = await runJsms(
			get(),
			{
				resource: 'message',
				operation: 'sendBatch',
				recipientsFrom: 'inputItems',
				mobile: '={{ $json.mobile }}',
				templateId: 1250,
				parameterMode: 'templateFields',
				templateFields: templateFields({ number: '={{ $json.number }}' }),
			},
			{
				code: "return Array.from({ length: 2500 }, (_, i) => ({ json: { mobile: String(13810001000 + i), number: 'N' + i } }));",
			},
		);
		expect(execution.status).toBe('success');
		expect(execution.json(JSMS).map(({ mobile }) => mobile)).toEqual(mobiles);
		expect(execution.items(JSMS).map(({ pairedItem }) => (pairedItem as IPairedItemData).item ?? pairedItem)).toEqual(
			mobiles.map((_, index) => index),
		);
		expect([execution.json(JSMS, 1), execution.json(JSMS, 2)]).toEqual([[], []]);
		const requests = get().sandbox.requests.filter(({ path }) => path === '/v1/messages/batch');
		expect(requests.map(({ body }) => JSON.parse(body).recipients.length).sort()).toEqual([1000, 1000, 500]);
		const accepted = new Map(get().sandbox.ledger.map(({ mobile, temp_para }) => [mobile, temp_para.number]));
		expect(get().sandbox.ledger).toHaveLength(2500);
		expect([...accepted].sort()).toEqual(mobiles.map((mobile, index) => [mobile, `N${index}`]));
	});
}
