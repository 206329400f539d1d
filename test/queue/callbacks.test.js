'use strict';

const { callbackForm, postCallback, reports } = require('../support/callbacks');
const { eventually } = require('../support/eventually');
const { describeCallbacks } = require('../e2e/support/callbacks');
const { KEYS } = require('../e2e/support/instance');
const { triggerWorkflow } = require('../e2e/support/workflows');
const { Cluster } = require('./support/cluster');

describe.each([
	['n8n 2.x', 'main'],
	['n8n 1.x', 'compat'],
])('%s in queue mode takes callbacks in its webhook process', (_version, leg) => {
	/** @type {Cluster} */
	let cluster;
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
