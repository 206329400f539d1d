import { eventually } from '../../support/eventually';
import { enterCode, enterNumber } from '../../support/visitor';
import { createDataTable, type DataTable } from '../support/dataTables';
import { lastCodeFor } from '../support/ledger';
import { importWorkflow } from '../support/workflows';
import type { Instance } from '../support/instance';

export default (get: () => Instance, file: string) => {
	let table: DataTable;
	afterEach(() => table.drop());

	test('whoever verifies a number has an account, and one only', async () => {
		const { client, sandbox } = get();
		table = await createDataTable(get(), 'accounts', ['mobile', 'name', 'email', 'verified_at']);
		const saved = await importWorkflow(get(), file, table.chosenIn(file));
		const address = '/webhook/sign-up/verify';
		await client.activate(saved, [address]);
		const url = client.url + address;
		await eventually(async () => expect(await (await fetch(url, { method: 'PATCH' })).text()).toMatch(/GET or POST/));
		const signUp = async (mobile: string, f_name: string, f_email = '') => {
			const page = await enterNumber(url, mobile, { f_name, f_email });
			const { code } = lastCodeFor(sandbox, mobile);
			return await enterCode(url, page, code);
		};
		expect((await enterNumber(url, '13800005101')).alert).toBe('Fill in "Name".');
		expect((await signUp('13800005101', 'Li', 'li@example.com')).heading).toBe('Your number is verified');
		expect((await signUp('13800005102', 'Han')).heading).toBe('Your number is verified');
		await eventually(async () => expect(await table.rows()).toHaveLength(2));
		expect(await table.rows()).toEqual([
			{ mobile: '13800005101', name: 'Li', email: 'li@example.com', verified_at: expect.stringMatching(/^\d{4}-/) },
			{ mobile: '13800005102', name: 'Han', email: '', verified_at: expect.stringMatching(/^\d{4}-/) },
		]);
		await client.deactivate(saved.id);
	});
};
