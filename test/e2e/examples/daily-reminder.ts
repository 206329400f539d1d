import { createDataTable, type DataTable } from '../support/dataTables';
import { importWorkflow } from '../support/workflows';
import type { Instance } from '../support/instance';

/** A day in China, so many days ahead, e.g. 2026-12-01. */
const day = (ahead: number) =>
	new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai' }).format(Date.now() + ahead * 86_400_000);

export default (get: () => Instance, file: string) => {
	let table: DataTable;
	afterEach(() => table.drop());

	test('each output is noted in its own way, and the second run of the day sends nothing again', async () => {
		const { client, sandbox } = get();
		const date = day(1);
		const person = (order_no: string, mobile: string, more?: object) => ({
			name: '李雷',
			order_no,
			mobile,
			date,
			sms: '',
			msg_id: '',
			...more,
		});
		table = await createDataTable(
			get(),
			'deliveries',
			['name', 'mobile', 'order_no', 'date', 'sms', 'msg_id'],
			[
				person('A-1', '13800005101'),
				person('A-2', '13800005102', { date: day(2) }),
				person('A-3', '13800000006'),
				person('A-4', '13800000009', { sms: null }),
				person('A-5', '13800005105', { sms: 'sent' }),
				person('A-6', '13800005106'),
			],
		);
		// The last row of the answer gets lost.
		sandbox.fault({ kind: 'dropRows', count: 1, path: '/v1/messages/batch' });
		const saved = await importWorkflow(get(), file, table.chosenIn(file));
		const first = await client.run(saved, 'At 9 and at 11');
		expect([first.status, first.error]).toEqual(['success', undefined]);
		expect(first.json('Send the report')).toEqual([{ text: `Reminders for ${date}: 1 sent, 2 not sent, 1 unknown` }]);
		// The one whose answer got lost did go out: nobody but the ledger knows.
		const reminded = () => sandbox.ledger.map(({ mobile, temp_para: { order } }) => [order, mobile]);
		const both = [
			['A-1', '13800005101'],
			['A-6', '13800005106'],
		];
		expect(reminded()).toEqual(both);
		const notes = {
			'A-1': 'sent',
			'A-2': '',
			'A-3': expect.stringMatching(/^not sent: .*11-digit/),
			'A-4': null,
			'A-5': 'sent',
			'A-6': expect.stringMatching(/^unknown since \d{4}-/),
		};
		const noted = async () => Object.fromEntries((await table.rows()).map(({ order_no, sms }) => [order_no, sms]));
		expect(await noted()).toEqual(notes);
		expect((await table.rows())[0].msg_id).toBe(String(sandbox.ledger[0].msg_id));

		const second = await client.run(saved, 'At 9 and at 11');
		expect(second.json('Remind them', 1).map(({ mobile }) => mobile)).toEqual(['13800000009']);
		expect(second.json('Send the report')).toEqual([{ text: `Reminders for ${date}: 0 sent, 1 not sent, 0 unknown` }]);
		expect(reminded()).toEqual(both);
		expect(await noted()).toEqual(notes);
	});
};
