import { createDataTable, type DataTable } from '../support/dataTables';
import { submit, textOf } from '../support/forms';
import { importWorkflow } from '../support/workflows';
import type { Instance } from '../support/instance';

export default (get: () => Instance, file: string) => {
	let table: DataTable;
	afterEach(() => table.drop());

	test('of two campaigns the one that is canceled does not go out', async () => {
		const { client, sandbox } = get();
		table = await createDataTable(get(), 'campaigns', ['campaign', 'schedule_id', 'send_time', 'state']);
		const saved = await importWorkflow(get(), file, table.chosenIn(file));
		await client.activate(saved, ['/form/plan-campaign', '/form/cancel-campaign']);
		const plan = async (...values: string[]) => textOf(await submit(`${client.url}/form/plan-campaign`, ...values));
		const cancel = async (name: string) => textOf(await submit(`${client.url}/form/cancel-campaign`, name));

		const page = await plan('Maintenance', '2090-12-01 20:00:00');
		expect(page).toContain('2 people get it at 2090-12-01 20:00:00. Not in it: 1. Not known: 0.');
		expect(await plan('Too late', '2020-12-01 20:00:00')).toContain('The campaign is not planned');
		await plan('Holidays', '2090-12-02 20:00:00');
		const schedules = () => sandbox.schedules.list().map(({ schedule_id, status }) => [schedule_id, status]);
		const [[first], [second]] = schedules();
		expect(await cancel('Maintenance')).toContain('The campaign is canceled');
		expect(schedules()).toEqual([
			[first, 'deleted'],
			[second, 'waiting'],
		]);
		expect(await table.rows()).toEqual([
			{ campaign: 'Maintenance', schedule_id: first, send_time: '2090-12-01 20:00:00', state: 'canceled' },
			{ campaign: 'Holidays', schedule_id: second, send_time: '2090-12-02 20:00:00', state: 'planned' },
		]);
		expect(await cancel('Maintenance')).toContain('There is no such campaign');

		expect(sandbox.ledger).toEqual([]);
		sandbox.advance(new Date('2090-12-03T00:00:00Z').getTime() - sandbox.now());
		expect(sandbox.ledger.map(({ mobile }) => mobile)).toEqual(['13800005101', '13800005102']);
		expect(await cancel('Holidays')).toContain('The campaign was not canceled');
		expect(sandbox.ledger).toHaveLength(2);
	});
};
