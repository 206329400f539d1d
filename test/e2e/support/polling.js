'use strict';

const { eventually } = require('../../support/eventually');
const { RECEIPT_TRIGGER, pollingWorkflow } = require('./workflows');

/** Reports through the polling trigger, at the pace of the service. @param {() => import('./instance').Instance} get */
function describePolling(get) {
	describe('polling', () => {
		beforeEach(() => get().sandbox.reset());

		test('gives out every report once, in order, in few executions; activation reads nothing', async () => {
			const { client, sandbox } = get();
			Object.assign(sandbox.settings, { magicEndings: false, frequencyRules: 'off', reportDelayMs: 0 });
			const mobiles = Array.from({ length: 1700 }, (_, index) => String(13810000000 + index));
			for (let at = 0; at < mobiles.length; at += 1000) await send(get(), mobiles.slice(at, at + 1000));

			const saved = await client.createWorkflow(pollingWorkflow(get()));
			await client.activate(saved, []);
			// n8n 2.x activates in the background.
			await eventually(async () =>
				expect(sandbox.requests.at(-1)).toMatchObject({ path: '/v1/accounts/app', status: 200 }),
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
					appKey: 'exampleappkey00000000001',
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
			if (problem !== 'activated') expect(problem).toContain('auth failed');
			const { requests } = get().sandbox;
			await eventually(async () => expect(requests[0]).toMatchObject({ path: '/v1/accounts/app', status: 401 }));
			expect(requests.filter(({ path }) => path !== '/v1/accounts/app')).toEqual([]);
			await client.deactivate(saved.id).catch(() => undefined);
		}, 60_000);
	});
}

/** Sends past the node, as another program would. */
async function send({ sandbox }, mobiles) {
	await fetch(`${sandbox.baseUrl}/messages/batch`, {
		method: 'POST',
		headers: {
			authorization: `Basic ${Buffer.from('exampleappkey00000000001:dummymastersecret0000001').toString('base64')}`,
			'content-type': 'application/json',
		},
		body: JSON.stringify({ temp_id: 2002, recipients: mobiles.map((mobile) => ({ mobile })) }),
	});
}

module.exports = { describePolling };
