import type { Execution } from '../../../scripts/n8n/client';
import { eventually } from '../../support/eventually';
import { importWorkflow } from '../support/workflows';
import type { Instance } from '../support/instance';

export default (get: () => Instance, file: string) =>
	test('a workflow that fails twice alerts each person once; who gets no SMS is alerted another way', async () => {
		const { client, sandbox, installation } = get();
		const people = [{ mobile: '13800005101' }, { mobile: '13800000006' }, { mobile: '13800005102' }];
		const saved = await importWorkflow(get(), file, { 'On call': { jsonOutput: JSON.stringify({ people }) } });
		// n8n 1.x takes an error workflow as it is saved, and refuses to activate it.
		if (!installation.version.startsWith('1.')) await client.activate(saved);
		const failing = await client.createWorkflow({
			name: 'Nightly import of all the orders',
			nodes: [
				{
					id: 'hook',
					name: 'Hook',
					type: 'n8n-nodes-base.webhook',
					typeVersion: 2,
					position: [0, 0],
					parameters: { httpMethod: 'POST', path: 'on-call-test', options: {} },
					webhookId: 'on-call-test',
				},
				{
					id: 'fails',
					name: 'Fails',
					type: 'n8n-nodes-base.stopAndError',
					typeVersion: 1,
					position: [240, 0],
					parameters: { errorMessage: 'No connection' },
				},
			],
			connections: { Hook: { main: [[{ node: 'Fails', type: 'main', index: 0 }]] } },
			settings: { executionOrder: 'v1', errorWorkflow: saved.id },
		});
		await client.activate(failing, ['/webhook/on-call-test']);
		const fail = async (count: number) => {
			await client.callWebhook('on-call-test', {});
			await eventually(async () => expect(await client.readExecutions(saved.id)).toHaveLength(count), 60_000);
			const [execution] = await client.readExecutions(saved.id);
			expect([execution.status, execution.error]).toEqual(['success', undefined]);
			return execution;
		};
		const mobiles = (execution: Execution, node: string) => execution.json(node).map(({ mobile }) => mobile);

		const before = new Date(Date.now() + 8 * 3_600_000).getUTCHours();
		const first = await fail(1);
		expect(mobiles(first, 'Alerted')).toEqual(['13800005101', '13800005102']);
		expect(mobiles(first, 'Alert another way')).toEqual(['13800000006']);
		const [failed] = await client.readExecutions(failing.id);
		expect(sandbox.ledger.map(({ temp_para }) => temp_para)).toEqual(
			[1, 2].map(() => ({
				name: 'Nightly import of all the orders'.slice(0, 20),
				order: String(failed.id),
				date: expect.stringMatching(/^\d{2}-\d{2} \d{2}:\d{2}$/),
			})),
		);
		const second = await fail(2);
		// Unless the hour has changed meanwhile.
		if (new Date(Date.now() + 8 * 3_600_000).getUTCHours() !== before) return;
		expect(mobiles(second, 'Alerted')).toEqual([]);
		expect(mobiles(second, 'Alert another way')).toEqual(['13800000006']);
		expect(sandbox.ledger.map(({ mobile }) => mobile).sort()).toEqual(['13800005101', '13800005102']);
	});
