import { McpClient } from '../support/mcp';
import { importWorkflow } from '../support/workflows';
import type { Instance } from '../support/instance';

export default (get: () => Instance, file: string) =>
	test('an agent finds the tool, calls it and gets all rows', async () => {
		const { client, sandbox } = get();
		const saved = await importWorkflow(get(), file);
		await client.activate(saved);
		const agent = await new McpClient(`${client.url}/mcp/sms-tools`).connect();
		const tools = await agent.listTools();
		expect(tools.map(({ name }) => name)).toEqual(['Send_pickup_codes']);
		const answer = await agent.callTool('Send_pickup_codes', {
			recipients: [
				{ mobile: '13800005101', temp_para: { number: '741627' } },
				{ mobile: '13800000006', temp_para: { number: '120854' } },
			],
		});
		const rows = JSON.stringify(answer);
		expect(rows).toContain('sent');
		expect(rows).toContain('50006');
		expect(sandbox.ledger.map(({ mobile }) => mobile)).toEqual(['13800005101']);
	});
