import { createDataTable, type DataTable } from '../support/dataTables';
import { importWorkflow } from '../support/workflows';
import type { Instance } from '../support/instance';

/** A moment in China, so many hours ahead, e.g. 2026-12-01T09:30. */
const china = (ahead = 0) => new Date(Date.now() + (8 + ahead) * 3_600_000).toISOString();
const COLUMNS = ['name', 'mobile', 'birthday', 'consent', 'greeted', 'msg_id'];
const TRIGGER = 'At 9, 12 and 15';

export default (get: () => Instance, file: string) => {
	let table: DataTable;
	afterEach(() => table.drop());

	/** Imports it with other hours, as the test runs at any time. */
	const importWithin = (from: string, to: string) => {
		const chosen = table.chosenIn(file);
		const hours = { 'options.allowedHours': { hours: { from, to } } };
		return importWorkflow(get(), file, { ...chosen, 'Send the greeting': hours });
	};
	const makeTable = async (people: Array<Record<string, string | null>>) => {
		const birthday = china().slice(5, 10);
		const rows = people.map((person) => ({
			name: '李雷',
			birthday,
			consent: 'yes',
			greeted: '',
			msg_id: '',
			...person,
		}));
		table = await createDataTable(get(), 'customers', COLUMNS, rows);
	};
	const greeted = async () => (await table.rows()).map((row) => row.greeted);

	test('who has a birthday and agreed is greeted once a year, and each output is written down', async () => {
		const { client, sandbox } = get();
		const year = Number(china().slice(0, 4));
		await makeTable([
			{ mobile: '13800005101' },
			{ mobile: '13800005102', birthday: '00-00' },
			{ mobile: '13800005103', consent: '' },
			{ mobile: '13800000006' },
			{ mobile: '13800000009', greeted: null },
			{ mobile: '13800005104', greeted: `${year} sent` },
			{ mobile: '13800005105', greeted: `${year - 1} sent` },
			{ mobile: '13800005106' },
		]);
		const saved = await importWithin('00:00', '23:59');
		// The last row of the response gets lost.
		sandbox.fault({ kind: 'dropRows', count: 1, path: '/v1/messages/batch' });
		const first = await client.run(saved, TRIGGER);
		expect([first.status, first.error]).toEqual(['success', undefined]);
		const sent = ['13800005101', '13800005105', '13800005106'];
		expect(sandbox.ledger.map(({ mobile }) => mobile)).toEqual(sent);
		const notes = [
			`${year} sent`,
			'',
			'',
			expect.stringMatching(`^${year} failed: .*50006`),
			null,
			`${year} sent`,
			`${year} sent`,
			expect.stringMatching(`^${year} unknown since ${year}-`),
		];
		expect(await greeted()).toEqual(notes);
		expect((await table.rows())[0].msg_id).toBe(String(sandbox.ledger[0].msg_id));

		const second = await client.run(saved, TRIGGER);
		expect(second.json('Leave it for the next run').map(({ mobile }) => mobile)).toEqual(['13800000009']);
		expect(sandbox.ledger.map(({ mobile }) => mobile)).toEqual(sent);
		expect(await greeted()).toEqual(notes);
	});

	test('outside the allowed hours nothing is sent, and the rows wait for the next run', async () => {
		const { client, sandbox } = get();
		await makeTable([{ mobile: '13800005101' }]);
		const saved = await importWithin(china(2).slice(11, 16), china(3).slice(11, 16));
		const execution = await client.run(saved, TRIGGER);
		expect([execution.status, execution.error]).toEqual(['success', undefined]);
		expect(execution.json('Leave it for the next run')).toEqual([
			expect.objectContaining({ mobile: '13800005101', error_message: expect.stringContaining('Allowed Hours') }),
		]);
		expect(sandbox.ledger).toEqual([]);
		expect(await greeted()).toEqual(['']);
	});
};
