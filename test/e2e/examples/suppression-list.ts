import { createDataTable, type DataTable } from '../support/dataTables';
import { DataTables } from '../support/logTables';
import { importWorkflow } from '../support/workflows';
import type { Instance } from '../support/instance';

export default (get: () => Instance, file: string) => {
	const tables: DataTable[] = [];
	afterEach(async () => {
		for (const made of tables.splice(0)) await made.drop();
	});

	test('whoever answers with a stop word gets no further SMS', async () => {
		const { client, sandbox } = get();
		const table = await createDataTable(get(), 'suppressed', ['mobile', 'word', 'since']);
		tables.push(table);
		const workflow = await importWorkflow(get(), file, table.chosenIn(file));
		const send = async () => {
			const before = sandbox.ledger.length;
			const execution = await client.run(workflow, 'Start');
			expect([execution.status, execution.error]).toEqual(['success', undefined]);
			return {
				sent: sandbox.ledger.slice(before).map(({ mobile }) => mobile),
				leftOut: execution.json('Left out').map(({ mobile }) => mobile),
			};
		};

		const everybody = ['13800005101', '13800005102', '13800005103', '13800005104'];
		expect(await send()).toEqual({ sent: everybody, leftOut: [] });

		sandbox.reply('13800005101', '好的，谢谢');
		sandbox.reply('13800005102', ' ｔｄ　');
		sandbox.reply('13800005104', '退订');
		sandbox.reply('13800005105', 'r');
		sandbox.reply('13800005106', 'Thanks, T');
		const replies = await client.run(workflow, 'Replies');
		expect(replies.json('Show to support').map(({ phone }) => phone)).toEqual(['13800005101', '13800005106']);
		expect((await table.rows()).map(({ mobile, word }) => [mobile, word])).toEqual([
			['13800005102', ' ｔｄ　'],
			['13800005104', '退订'],
			['13800005105', 'r'],
		]);

		expect(await send()).toEqual({
			sent: ['13800005101', '13800005103'],
			leftOut: ['13800005102', '13800005104'],
		});

		// Who says it twice is on the list once.
		sandbox.reply('13800005102', 'TD');
		sandbox.advance(6000);
		await client.run(workflow, 'Replies');
		expect(await table.rows()).toHaveLength(3);
	});

	test('without the list nothing is sent', async () => {
		const { client, sandbox } = get();
		tables.push(await createDataTable(get(), 'another', ['mobile']));
		const execution = await client.run(await importWorkflow(get(), file), 'Start');
		expect(execution.status).toBe('error');
		expect(sandbox.ledger).toEqual([]);
	});

	test('replies that come before anybody made the list are kept: JSMS hands them out only once', async () => {
		const { client, sandbox, installation } = get();
		// A workflow cannot make a Data Table in n8n 1.x.
		if (installation.version.startsWith('1.')) return;
		const workflow = await importWorkflow(get(), file);
		sandbox.reply('13800005102', 'TD');
		sandbox.reply('13800005104', '退订');
		const execution = await client.run(workflow, 'Replies');
		expect([execution.status, execution.error]).toEqual(['success', undefined]);
		const dataTables = new DataTables(client);
		const rows = await dataTables.rows('suppressed');
		await dataTables.remove('suppressed');
		expect(rows.map(({ mobile, word }) => [mobile, word])).toEqual([
			['13800005102', 'TD'],
			['13800005104', '退订'],
		]);
	});
};
