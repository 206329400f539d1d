import { performance } from 'node:perf_hooks';

import { KEYS } from '../support/keys';
import { JSMS_TRIGGER, triggerWorkflow } from '../e2e/support/workflows';
import { callbackForm, postCallback, reports } from '../support/callbacks';
import { eventually } from '../support/eventually';
import { Cluster } from './support/cluster';

const CALLBACKS = 1_000;
const AT_ONCE = 50;

/** How long JSMS waits for a response is not documented. This is less than any HTTP client's usual limit. */
const LIMIT_MS = 10_000;

/** JSMS sends the reports of a campaign in bursts, to the address of a load balancer in front of several webhook processes. */
test('two webhook processes with LAZY_ACQUIRE start one execution for each of 1,000 callbacks, 50 at a time', async () => {
	const cluster = await Cluster.start('main', { env: { N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE: 'true' } });
	try {
		const second = await cluster.startProcess('webhook-2', 'webhook');
		const { workflow, path } = triggerWorkflow({ credentials: { jSmsApi: cluster.credential } }, 'bursts');
		const saved = await cluster.client.createWorkflow(workflow);
		await cluster.client.activate(saved, [path]);
		const urls = [cluster.webhooks.url + path, second.url + path];
		for (const url of urls) {
			await eventually(async () => expect(await (await fetch(url, { method: 'PATCH' })).text()).toMatch(/GET or POST/));
		}

		const sent = reports(CALLBACKS);
		const waiting = sent.map((report) => callbackForm(KEYS, 'SMS_REPORT', report));
		const statuses = new Set<number>();
		const responseMs: number[] = [];
		await Promise.all(
			Array.from({ length: AT_ONCE }, async (_, index) => {
				for (let form = waiting.pop(); form; form = waiting.pop()) {
					const began = performance.now();
					statuses.add((await postCallback(urls[index % urls.length], form)).status);
					responseMs.push(performance.now() - began);
				}
			}),
		);
		responseMs.sort((a, b) => a - b);
		const [median, slow] = [0.5, 0.99].map((share) => Math.round(responseMs[Math.floor(share * CALLBACKS)]));
		console.log(`Response times: median ${median} ms, 99th percentile ${slow} ms`);

		expect([...statuses]).toEqual([200]);
		expect(slow).toBeLessThan(LIMIT_MS);
		await eventually(
			async () => expect(await cluster.client.countSuccesses(saved.id)).toBeGreaterThanOrEqual(CALLBACKS),
			180_000,
			500,
		);
		const executions = await cluster.client.readExecutions(saved.id);
		const started = executions.flatMap((execution) => execution.json(JSMS_TRIGGER)).map(({ msgId }) => String(msgId));
		expect(started.sort()).toEqual(sent.map(({ msgId }) => msgId));
	} finally {
		await cluster.stop();
	}
}, 600_000);
