import { eventually } from '../../support/eventually';
import { submitWith, textOf } from '../support/forms';
import { importWorkflow } from '../support/workflows';
import { xlsxOf } from '../support/xlsx';
import type { Instance } from '../support/instance';

const USER = { user: 'office', password: 'dummy-password' };
const AUTHORIZATION = `Basic ${Buffer.from(`${USER.user}:${USER.password}`).toString('base64')}`;

export default (get: () => Instance, file: string) =>
	test('a CSV and an XLSX are sent, the page names the rows with problems, and nobody uploads without the password', async () => {
		const { client, sandbox } = get();
		const httpBasicAuth = await client.createCredential({ name: 'Office', type: 'httpBasicAuth', data: USER });
		const credentials = { ...get().credentials, httpBasicAuth };
		const saved = await importWorkflow({ ...get(), credentials }, file);
		await client.activate(saved);
		const url = `${client.url}/form/upload-list`;
		await eventually(async () => expect((await fetch(url)).status).toBe(401), 30_000);
		const upload = async (name: string, list: File) =>
			textOf(await submitWith({ authorization: AUTHORIZATION }, url, name, list));
		const sent = () => sandbox.ledger.map(({ mobile, temp_para: { order } }) => [order, mobile]);

		const lines = [
			'name,mobile,order,date',
			'李雷,13800005101,A-1,12-01',
			'韩梅梅,13800000006,A-2,12-01',
			'王芳,,A-3,12-01',
			'张伟,+86 138-0000-5104,A-4,12-02',
		];
		const csv = new File([`\uFEFF${lines.join('\r\n')}\r\n`], 'People.CSV', { type: 'text/csv' });
		await expect(submitWith({}, url, 'December', csv)).rejects.toThrow(/401/);
		const first = await upload('December', csv);
		expect(first).toContain('2 sent');
		expect(first).toContain('Failed / 失败: 2. Unknown / 未知: 0.');
		expect(first).toMatch(/Row 3: .*50006.*; Row 4: /);
		const both = [
			['A-1', '13800005101'],
			['A-4', '13800005104'],
		];
		expect(sent()).toEqual(both);

		// The same list once more, under its name, sends nothing.
		const again = await upload('December', csv);
		expect(again).toContain('0 sent');
		expect(again).toContain('Row 2: Already sent');
		expect(sent()).toEqual(both);

		const cells = [
			['name', 'mobile', 'order', 'date'],
			['刘洋', 13800005105, 'A-5', '12-03'],
		];
		const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
		expect(await upload('January', new File([new Uint8Array(xlsxOf(cells))], 'people.xlsx', { type }))).toContain(
			'1 sent',
		);
		expect(sent()).toEqual([...both, ['A-5', '13800005105']]);
		expect(await upload('Empty', new File(['name,mobile\r\n'], 'empty.csv', { type: 'text/csv' }))).toContain('0 sent');
	});
