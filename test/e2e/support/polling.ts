import { eventually } from '../../support/eventually';
import { RECEIPT_TRIGGER, pollingWorkflow } from './workflows';
import type { Instance } from './instance';
import { authorizationOf, KEYS, keysOfApplication } from '../../support/keys';
import type { SavedWorkflow } from '../../support/n8nTypes';

/** Reports through the polling trigger, at the pace of the service. */
export function describePolling(get: () => Instance) {
	describe('polling', () => {
		beforeEach(() => get().sandbox.reset());

		test('gives out every report once, in order, in few executions; activation reads nothing', async () => {
			const { client, sandbox } = get();
			Object.assign(sandbox.settings, { magicEndings: false, frequencyRules: 'off', reportDelayMs: 0 });
			const mobiles = Array.from({ length: 1700 }, (_, index) => String(13810000000 + index));
			for (let at = 0; at < mobiles.length; at += 1000) await sendPast(get(), mobiles.slice(at, at + 1000));

			const saved = await client.createWorkflow(pollingWorkflow(get()));
			await client.activate(saved, []);
			// n8n 2.x activates in the background. What it asks for first, after the two requests that sent.
			await eventually(async () =>
				expect(sandbox.requests[2]).toMatchObject({ path: '/v1/accounts/app', status: 200 }),
			);
			const received = async () =>
				(await client.readExecutions(saved.id)).reverse().flatMap((execution) => execution.json(RECEIPT_TRIGGER));
			// A poll a minute; the first brings everything.
			await eventually(async () => expect(await received()).toHaveLength(mobiles.length), 150_000);
			expect((await received()).map(({ event, phone }) => [event, phone])).toEqual(
				mobiles.map((phone) => ['deliveryReport', phone]),
			);
			expect((await received()).map(({ msg_id: id }) => id)).toEqual(sandbox.ledger.map(({ msg_id: id }) => id));
			const pulls = sandbox.requests.filter(({ path }) => path === '/v1/report');
			expect(pulls.map(({ status }) => status)).toEqual(pulls.map(() => 200));
			await client.deactivate(saved.id);
		}, 200_000);

		test('does not activate with wrong keys, and says why', async () => {
			const { client, credentials } = get();
			const wrong = await client.createCredential({
				name: 'Wrong keys',
				type: 'jSmsApi',
				data: {
					...KEYS,
					masterSecret: 'dummywrongsecret00000001',
					baseUrl: get().sandbox.baseUrl,
				},
			});
			const workflow = pollingWorkflow({ ...get(), credentials: { ...credentials, jSmsApi: wrong } });
			const saved = await client.createWorkflow(workflow);
			const problem = await client.activate(saved, []).then(
				() => 'activated',
				(error) => error.message,
			);
			// n8n 2.x activates in the background and answers before.
			if (problem !== 'activated')
				expect(problem).toMatch(/50002 auth failed\)\. Copy App Key and Master Secret again/);
			const { requests } = get().sandbox;
			await eventually(async () => expect(requests[0]).toMatchObject({ path: '/v1/accounts/app', status: 401 }));
			expect(requests.filter(({ path }) => path !== '/v1/accounts/app')).toEqual([]);
			await client.deactivate(saved.id).catch(() => undefined);
		}, 60_000);
	});
}

/** As many reports as campaigns bring, with a restart. */
export function describeManyReports(get: () => Instance) {
	test('polling gives out 20,000 reports once each, in order of the pages, n8n stopped and started in between', async () => {
		const { client, sandbox, restart } = get();
		sandbox.reset();
		const { accounts, settings } = sandbox;
		Object.assign(settings, { magicEndings: false, frequencyRules: 'off', quota: 'unlimited', recordBodies: false });
		settings.reportDelayMs = 0;
		// The pace of the service is one for each application: four of them take a quarter of the time.
		const keys = [1, 2, 3, 4].map(keysOfApplication);
		for (const { appKey } of keys) accounts.patch(appKey, { ip_allowed: true, service_on: true });
		const sendHalf = async (from: number) => {
			for (const [index, own] of keys.entries()) {
				const mobiles = Array.from({ length: 2500 }, (_, at) => String(13810000000 + index * 10_000 + from + at));
				for (let at = 0; at < mobiles.length; at += 1000) await sendPast(get(), mobiles.slice(at, at + 1000), own);
			}
		};
		await sendHalf(0);
		const workflows: SavedWorkflow[] = [];
		for (const [index, own] of keys.entries()) {
			const data = { ...own, baseUrl: sandbox.baseUrl };
			const jSmsApi = await client.createCredential({ name: `Application ${index}`, type: 'jSmsApi', data });
			const saved = await client.createWorkflow(pollingWorkflow({ credentials: { jSmsApi } }, 2500));
			await client.activate(saved, []);
			workflows.push(saved);
		}
		const idsOf = async ({ id }: SavedWorkflow) =>
			(await client.readExecutions(id))
				.reverse()
				.flatMap((execution) => execution.json(RECEIPT_TRIGGER))
				.map(({ msg_id: messageId }) => messageId);
		// A poll a minute, five pages each, twenty seconds.
		const arrived = async (count: number) => {
			for (const workflow of workflows) {
				await eventually(async () => expect((await idsOf(workflow)).length).toBe(count), 150_000, 2000);
			}
		};
		await arrived(2500);
		// The second half comes into being while n8n is away.
		await restart(async () => await sendHalf(5000));
		await arrived(5000);
		expect(sandbox.ledger).toHaveLength(20_000);
		for (const [index, workflow] of workflows.entries()) {
			const own = sandbox.ledger.filter(({ app_key: key }) => key === keys[index].appKey);
			expect(await idsOf(workflow)).toEqual(own.map(({ msg_id: id }) => id));
		}
		const pulls = sandbox.requests.filter(({ path }) => path === '/v1/report');
		expect(new Set(pulls.map(({ status }) => status))).toEqual(new Set([200]));
		for (const { id } of workflows) await client.deactivate(id);
	}, 400_000);
}

/** Sends past the node, as another program would. */
export async function sendPast({ sandbox }: Pick<Instance, 'sandbox'>, mobiles: string[], keys = KEYS) {
	await fetch(`${sandbox.baseUrl}/messages/batch`, {
		method: 'POST',
		headers: {
			authorization: authorizationOf(keys),
			'content-type': 'application/json',
		},
		body: JSON.stringify({ temp_id: 2002, recipients: mobiles.map((mobile) => ({ mobile })) }),
	});
}
