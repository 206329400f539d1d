import { callbackForm, postCallback, reports } from '../support/callbacks';
import { eventually } from '../support/eventually';
import { describeCallbacks } from '../e2e/support/callbacks';
import { KEYS } from '../support/keys';
import { triggerWorkflow } from '../e2e/support/workflows';
import { Cluster } from './support/cluster';

describe.each([
	['n8n 2.x', 'main'],
	['n8n 1.x', 'compat'],
] as const)('%s in queue mode takes callbacks in its webhook process', (_version, leg) => {
	let cluster: Cluster;
	beforeAll(async () => {
		cluster = await Cluster.start(leg);
	}, 900_000);
	afterAll(() => cluster?.stop(), 120_000);

	const receiver = () => ({
		client: cluster.client,
		credentials: { jSmsApi: cluster.credential },
		takesCallbacks: cluster.webhooks.url,
		log: cluster.process('webhook').log,
	});

	describeCallbacks(receiver);

	test('a repeat that reaches another process starts a second execution: what was seen is each process’s own', async () => {
		const { workflow, path } = triggerWorkflow(receiver(), 'two-processes');
		const saved = await cluster.client.createWorkflow(workflow);
		await cluster.client.activate(saved, [path]);
		const form = callbackForm(KEYS, 'SMS_REPORT', reports(1)[0]);
		for (const url of [cluster.client.url, cluster.webhooks.url]) {
			await eventually(async () => expect((await postCallback(url + path, form)).status).toBe(200));
			expect((await postCallback(url + path, form)).status).toBe(200);
		}
		await eventually(async () => expect(await cluster.client.countSuccesses(saved.id)).toBe(2));
	});
});
