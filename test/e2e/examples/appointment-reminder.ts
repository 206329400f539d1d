import type { Execution } from '../../../scripts/n8n/client';
import { importWorkflow } from '../support/workflows';
import type { Instance } from '../support/instance';

/** The hour in China. */
const hour = () => Number(new Date(Date.now() + 8 * 3_600_000).toISOString().slice(11, 13));

/** Events as Google Calendar gives them. */
const EVENTS = [
	{
		id: 'ev1',
		summary: '牙科检查',
		description: '<b>Li Lei</b> 13800005101',
		start: { dateTime: '2030-12-01T09:30:00+08:00' },
	},
	{ id: 'ev2', summary: '理发', location: '+86 138-0000-5102', start: { dateTime: '2030-12-01T06:00:00Z' } },
	{
		id: 'ev3',
		summary: '体检',
		description: 'Customer 2138000051034',
		start: { dateTime: '2030-12-01T15:00:00+08:00' },
	},
	{ id: 'ev4', summary: 'Holiday', description: '13800005104', start: { date: '2030-12-01' } },
	{ id: 'ev5', summary: '复查', description: '13800000009', start: { dateTime: '2030-12-01T16:00:00+08:00' } },
	{ id: 'ev6', summary: '洗牙', description: '13800000006', start: { dateTime: '2030-12-01T17:00:00+08:00' } },
];

/** A Code node stands in for Google Calendar. */
export default (get: () => Instance, file: string) =>
	test('appointments with a number are reminded once; the front desk hears of the others', async () => {
		const { client, sandbox } = get();
		sandbox.review('template', 4001, 1);
		const calendar = {
			type: 'n8n-nodes-base.code',
			typeVersion: 2,
			parameters: { jsCode: `return ${JSON.stringify(EVENTS.map((json) => ({ json })))};` },
		};
		const saved = await importWorkflow(get(), file, {}, { "Tomorrow's appointments": calendar });
		const run = async () => {
			const execution = await client.run(saved, 'At 18:00 and 19:00');
			expect([execution.status, execution.error]).toEqual(['success', undefined]);
			return execution;
		};
		const retry = expect.stringMatching(/^复查, 12-01 16:00, 13800000009: .*50009/);
		const calls = [
			expect.stringMatching(/^体检, 12-01 15:00, no number: /),
			expect.stringMatching(/^洗牙, 12-01 17:00, 13800000006: .*50006/),
		];

		const first = await run();
		expect(sandbox.ledger.map(({ mobile, temp_para }) => [mobile, temp_para]).sort()).toEqual([
			['13800005101', { service: '牙科检查', time: '12-01 09:30' }],
			['13800005102', { service: '理发', time: '12-01 14:00' }],
		]);
		const told = (execution: Execution) =>
			[0, 1].flatMap((at) => execution.json('Tell the front desk', 0, at)).map(({ text }) => text);
		expect(told(first)).toEqual(expect.arrayContaining(calls));
		if (hour() >= 19) expect(told(first)).toContainEqual(retry);
		else expect(first.json('Leave it for 19:00').map(({ mobile }) => mobile)).toEqual(['13800000009']);

		// Nobody is reminded twice, and nobody who was reminded has to be called.
		const second = await run();
		expect(sandbox.ledger).toHaveLength(2);
		expect(second.json('Reminded')).toEqual([]);
		expect(told(second).filter((text) => /牙科检查|理发/.test(String(text)))).toEqual([]);
	});
