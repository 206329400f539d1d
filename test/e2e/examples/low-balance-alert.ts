import type { SavedWorkflow } from '../../support/n8nTypes';
import type { Instance } from '../support/instance';
import { KEYS } from '../../support/keys';
import { importWorkflow } from '../support/workflows';

export default (get: () => Instance, file: string) =>
	test('tells once a day that the balance is low, and that it cannot be read', async () => {
		const { client, sandbox } = get();
		const check = async (workflow: SavedWorkflow) => (await client.run(workflow, 'Every hour')).json('Tell the team');
		const workflow = await importWorkflow(get(), file);
		expect(await check(workflow)).toEqual([]);

		sandbox.accounts.patch(KEYS.appKey, { quota: { balance: 499 } });
		const [alert] = await check(workflow);
		expect(alert).toEqual({ day: expect.stringMatching(/^\d{4}-\d\d-\d\d$/), text: 'JSMS: 499 SMS left' });
		expect(await check(workflow)).toEqual([]);

		const another = await importWorkflow(get(), file);
		sandbox.fault({ kind: 'resetBefore', path: '/v1/accounts/app', times: 'always' });
		const [trouble] = await check(another);
		expect(trouble.text).toMatch(/^JSMS: the balance could not be read\. .+/);

		expect(new Set(sandbox.requests.map(({ method, path }) => `${method} ${path}`))).toEqual(
			new Set(['GET /v1/accounts/app']),
		);
		expect(sandbox.ledger).toEqual([]);
	});
