import { sleep } from 'n8n-workflow';

import { numbers, pairs, people, useService } from './service';

const service = useService();
const PHONES = numbers(6);

it.each(['send', 'sendBatch'])('starts no further request after the execution was canceled (%s)', async (operation) => {
	service.sandbox.settings.latencyMs = 150;
	const stop = new AbortController();
	const parameters = {
		resource: 'message',
		operation,
		mobile: '={{ $json.phone }}',
		templateId: 1250,
		...pairs({ number: '1' }),
		options: { concurrency: 1, ...(operation === 'sendBatch' && { batchSize: 1 }) },
	};
	const running = service.jsms.runNode(parameters, people(...PHONES), { run: { signal: stop.signal } });
	while (service.calls.length < 2) await sleep(5);
	stop.abort();
	await running;
	const started = service.calls.length;
	await sleep(400);
	expect(started).toBe(2);
	expect(service.calls).toHaveLength(2);
});
