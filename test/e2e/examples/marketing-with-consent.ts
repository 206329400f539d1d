import type { SavedWorkflow } from '../../support/n8nTypes';
import { createDataTable, type DataTable } from '../support/dataTables';
import { DataTables } from '../support/logTables';
import { importWorkflow } from '../support/workflows';
import type { Instance } from '../support/instance';

const SEND = 'Send to the others';
/** The test runs at any time. */
const OPEN = { 'options.allowedHours': { hours: { from: '00:00', to: '23:59' } } };
/** A moment in China, so many hours ahead, e.g. 09:30. */
const china = (ahead: number) => new Date(Date.now() + (8 + ahead) * 3_600_000).toISOString().slice(11, 16);

export default (get: () => Instance, file: string) => {
	let table: DataTable | undefined;
	afterEach(async () => {
		await table?.drop();
		table = undefined;
	});
	const make = async () => {
		table = await createDataTable(get(), 'suppressed', ['mobile', 'word', 'since']);
	};
	const importFor = (campaign: string, hours: Record<string, unknown> = OPEN) =>
		importWorkflow(get(), file, {
			...table?.chosenIn(file),
			[SEND]: hours,
			'Clean numbers': { 'assignments.assignments.0.value': campaign },
		});
	const send = async (workflow: SavedWorkflow) => {
		const { client, sandbox } = get();
		const before = sandbox.ledger.length;
		const execution = await client.run(workflow, 'Start');
		expect([execution.status, execution.error]).toEqual(['success', undefined]);
		const mobiles = (node: string) => [0, 1].flatMap((run) => execution.json(node, 0, run)).map(({ mobile }) => mobile);
		return {
			sent: sandbox.ledger.slice(before).map(({ mobile }) => mobile),
			leftOut: mobiles('Left out'),
			failed: mobiles('Retry or fix the data'),
		};
	};
	const listed = async () => (await table?.rows())?.map(({ mobile, word }) => [mobile, word]);

	test('only who agreed gets it; opt-outs and numbers refused with 50024 get no further SMS', async () => {
		const { client, sandbox } = get();
		await make();
		const first = await importFor('first');
		expect(await send(first)).toEqual({ sent: ['13800005101', '13800005102', '13800005104'], leftOut: [], failed: [] });
		expect(await listed()).toEqual([['13800000024', '50024']]);
		// A second start of the campaign.
		expect(await send(first)).toMatchObject({ sent: [], leftOut: ['13800000024'] });

		sandbox.reply('13800005101', '好的，谢谢');
		sandbox.reply('13800005102', ' ｔｄ　');
		sandbox.reply('13800005105', 'r');
		sandbox.reply('13800005106', 'Thanks, T');
		const replies = await client.run(first, 'Replies');
		expect(replies.json('Show to support').map(({ phone }) => phone)).toEqual(['13800005101', '13800005106']);
		const opted = [
			['13800000024', '50024'],
			['13800005102', ' ｔｄ　'],
			['13800005105', 'r'],
		];
		expect(await listed()).toEqual(opted);

		expect(await send(await importFor('second'))).toEqual({
			sent: ['13800005101', '13800005104'],
			leftOut: ['13800005102', '13800000024'],
			failed: [],
		});
		// Who says it twice is on the list once.
		sandbox.reply('13800005102', 'TD');
		sandbox.advance(6000);
		await client.run(first, 'Replies');
		expect(await listed()).toHaveLength(3);
	});

	test('outside the allowed hours nothing is sent', async () => {
		const { sandbox } = get();
		await make();
		const closed = { 'options.allowedHours': { hours: { from: china(2), to: china(3) } } };
		const { sent, failed } = await send(await importFor('closed', closed));
		expect(sent).toEqual([]);
		expect(failed).toEqual(['13800005101', '13800005102', '13800005104', '13800000024']);
		expect(sandbox.ledger).toEqual([]);
	});

	test('without the list nothing is sent', async () => {
		const { client, sandbox } = get();
		table = await createDataTable(get(), 'another', ['mobile']);
		const execution = await client.run(await importWorkflow(get(), file, { [SEND]: OPEN }), 'Start');
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
		const tables = new DataTables(client);
		const rows = await tables.rows('suppressed');
		await tables.remove('suppressed');
		expect(rows.map(({ mobile, word }) => [mobile, word])).toEqual([
			['13800005102', 'TD'],
			['13800005104', '退订'],
		]);
	});
};
