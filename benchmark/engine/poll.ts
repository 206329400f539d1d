import path from 'node:path';
import { KEYS } from '../../test/support/keys';
import { createPoller } from '../../test/support/poller';
import type { ICredentialType, INodeType } from 'n8n-workflow';
import type { Run } from '../measure';

type Package = { JSmsApi: new () => ICredentialType; JSmsReceiptTrigger: new () => INodeType };

/**
 * One poll of the JSms Receipt Trigger in n8n's engine.
 * @param job `n`: records that the service has
 * @throws when not every record became an item
 */
export async function measurePoll({ n, baseUrl }: { n: number; baseUrl: string }): Promise<Run> {
	const { JSmsApi, JSmsReceiptTrigger } = require(path.resolve(__dirname, '../..')) as Package;
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
	return { ms, cpuMs: (user + system) / 1000, count: items.length };
}
