import { importWorkflow } from '../support/workflows';
import type { Instance } from '../support/instance';

export default (get: () => Instance, file: string) =>
	test('the workflow that calls gets every row, those that failed and those that are unknown included', async () => {
		const { client, sandbox } = get();
		// The last row of the answer gets lost.
		sandbox.fault({ kind: 'dropRows', count: 1, path: '/v1/messages/batch' });
		const saved = await importWorkflow(get(), file);
		const execution = await client.run(saved, 'Start');
		const mobiles = (node: string) => execution.json(node).map(({ mobile }) => mobile);
		expect([execution.status, execution.error]).toEqual(['success', undefined]);
		expect(mobiles('Mark as sent')).toEqual(['13800005101', '13800005102']);
		expect(mobiles('Fix the data')).toEqual(['13800000006', '']);
		expect(mobiles('Look at the send records')).toEqual(['13800000009']);
		expect(sandbox.ledger.map(({ mobile }) => mobile)).toEqual(['13800005101', '13800005102']);
	});
