import { importWorkflow } from '../support/workflows';
import type { Instance } from '../support/instance';

export default (get: () => Instance, file: string) =>
	test('rows that were sent, rows to send again and rows to fix go to different nodes', async () => {
		const { client, sandbox } = get();
		const saved = await importWorkflow(get(), file);
		const execution = await client.run(saved, 'Start');
		const mobiles = (node: string, output?: number) => execution.json(node, output).map(({ mobile }) => mobile);
		expect(execution.status).toBe('success');
		expect(mobiles('Mark as sent')).toEqual(['13800005101', '13800005102']);
		expect(mobiles('Queue for later')).toEqual(['13800000009']);
		expect(mobiles('Fix the data')).toEqual(['13800000006', '']);
		expect(mobiles('Look at the send records')).toEqual([]);
		expect(sandbox.ledger.map(({ mobile }) => mobile)).toEqual(['13800005101', '13800005102']);
	});
