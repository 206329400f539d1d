'use strict';

const path = require('node:path');
const { createPoller } = require('../../test/support/poller');
const { KEYS } = require('../workload');

/**
 * One poll of the JSms Receipt Trigger in n8n's engine.
 *
 * @param {{n: number, baseUrl: string}} job `n`: records that the service has
 * @returns {Promise<import('./workflow').Measured>}
 * @throws when not every record became an item
 */
async function measurePoll({ n, baseUrl }) {
	const { JSmsApi, JSmsReceiptTrigger } = require(path.resolve(__dirname, '../..'));
	const poll = createPoller({
		name: 'Poll',
		type: 'bench.poll',
		nodeType: new JSmsReceiptTrigger(),
		credentialTypes: [new JSmsApi()],
		credentials: { jSmsApi: { ...KEYS, baseUrl } },
		parameters: { events: ['deliveryReport'], options: { maxRecords: Math.max(1, n) } },
	});
	const cpu = process.cpuUsage();
	const started = performance.now();
	const items = (await poll()) ?? [];
	const ms = performance.now() - started;
	const { user, system } = process.cpuUsage(cpu);
	if (items.length !== n) throw new Error(`A poll gave ${items.length} items for ${n} records`);
	return { ms, cpuMs: (user + system) / 1000, count: items.length, first: items[0], last: items.at(-1) };
}

module.exports = { measurePoll };
