import { importWorkflow } from '../support/workflows';
import type { Instance } from '../support/instance';

export default (get: () => Instance, file: string) =>
	test('a ticket for each customer who could not be reached', async () => {
		const { client, sandbox } = get();
		const saved = await importWorkflow(get(), file);
		const execution = await client.run(saved, 'Start');
		expect(execution.status).toBe('success');
		expect(execution.json('Note in the CRM').map(({ customer }) => customer)).toEqual(['C-1', 'C-4']);
		expect(execution.json('Open a ticket')).toEqual([
			{
				title: 'SMS not sent to customer C-2',
				text: expect.stringContaining('138****0006'),
				todo: expect.any(String),
				again: false,
			},
			{
				title: 'SMS not sent to customer C-3',
				text: expect.stringContaining('Mobile'),
				todo: expect.any(String),
				again: false,
			},
		]);
		// Their requests leave together, so that either can arrive first.
		expect(sandbox.ledger.map(({ mobile, temp_para }) => [mobile, temp_para.number]).sort()).toEqual([
			['13800005101', '741627'],
			['13800005105', '905516'],
		]);
	});
