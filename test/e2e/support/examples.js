'use strict';

const { importWorkflow } = require('./workflows');
const { McpClient } = require('./mcp');

/** Examples whose tests are told in ../examples; `needsN8n` is the first major version that knows all they use. */
const TOLD_APART = [
	'campaign-with-cancel',
	'crm-webhook-once',
	'daily-reminder',
	'low-balance-alert',
	'sign-up-with-code',
	'suppression-list',
	'failed-rows-again',
	'message-log-send',
	'message-log-reports',
	'message-log-postgres-send',
	'message-log-postgres-reports',
];

/**
 * Runs every workflow published under examples/, the way its reader would.
 *
 * @param {() => import('./instance').Instance} get
 * @param {number} major Version of this n8n
 */
function describeExamples(get, major) {
	describe('published examples', () => {
		beforeEach(() => get().sandbox.reset());

		for (const name of TOLD_APART) {
			const example = require(`../examples/${name}`);
			if (major >= (example.needsN8n ?? 1)) describe(name, () => example(get, `examples/${name}.json`));
		}

		test('batch-from-a-list: sent rows, rows to try again and rows to mend part ways', async () => {
			const { client, sandbox } = get();
			const saved = await importWorkflow(get(), 'examples/batch-from-a-list.json');
			const execution = await client.run(saved, 'Start');
			const mobiles = (node, output) => execution.json(node, output).map(({ mobile }) => mobile);
			expect(execution.status).toBe('success');
			expect(mobiles('Mark as sent')).toEqual(['13800005101', '13800005102']);
			expect(mobiles('Queue for later')).toEqual(['13800000009']);
			expect(mobiles('Mend the data')).toEqual(['13800000006', '']);
			expect(mobiles('Look at the send records')).toEqual([]);
			expect(sandbox.ledger.map(({ mobile }) => mobile)).toEqual(['13800005101', '13800005102']);
		});

		test('message-per-customer: a ticket for each customer who could not be reached', async () => {
			const { client, sandbox } = get();
			const saved = await importWorkflow(get(), 'examples/message-per-customer.json');
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
			expect(sandbox.ledger.map(({ mobile, temp_para }) => [mobile, temp_para.number])).toEqual([
				['13800005101', '741627'],
				['13800005105', '905516'],
			]);
		});

		test('verification-code-api: two webhooks send and check codes', async () => {
			const { client, sandbox } = get();
			const saved = await importWorkflow(get(), 'examples/verification-code-api.json');
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

		test('sms-tool-for-ai-agents: an agent finds the tool, calls it and gets all rows', async () => {
			const { client, sandbox } = get();
			const saved = await importWorkflow(get(), 'examples/sms-tool-for-ai-agents.json');
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
	});
}

module.exports = { describeExamples };
