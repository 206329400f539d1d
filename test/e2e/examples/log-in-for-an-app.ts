import { eventually } from '../../support/eventually';
import { call } from '../../support/visitor';
import { lastCodeFor } from '../support/ledger';
import { importWorkflow } from '../support/workflows';
import type { Instance } from '../support/instance';

export default (get: () => Instance, file: string) => {
	test('an app gets a session for a verified number, another one each time', async () => {
		const { client, sandbox } = get();
		const saved = await importWorkflow(get(), file);
		const address = '/webhook/log-in/verify';
		await client.activate(saved, [address]);
		const url = client.url + address;
		await eventually(async () => expect(await (await fetch(url, { method: 'PATCH' })).text()).toMatch(/GET or POST/));
		const logIn = async (mobile: string) => {
			const { body } = await call(url, { mobile });
			const { code } = lastCodeFor(sandbox, mobile);
			return await call(url, { token: body.token, code });
		};
		const one = await logIn('13800005101');
		expect([one.status, one.body]).toEqual([
			200,
			{ session: expect.stringMatching(/^[\da-f]{64}$/), mobile: '13800005101' },
		]);
		const other = await logIn('13800005102');
		expect(other.body.session).not.toBe(one.body.session);
		await client.deactivate(saved.id);
	});
};
