/** The day in one process: sends, polls and callbacks through n8n's engine. */
import type { ICredentialType, INodeType } from 'n8n-workflow';
import { createDedupeStore, outputsOf, createNodeRunner } from '../support/engine';
import { callbackForm, postCallback, reports } from '../support/callbacks';
import { KEYS } from '../support/keys';
import { takeLogs } from '../support/n8n';
import { createPoller } from '../support/poller';
import { hostTrigger } from '../support/webhooks';

/** @param baseUrl Of the sandbox */
export async function openDay(
	built: {
		JSms: new () => INodeType;
		JSmsTrigger: new () => INodeType;
		JSmsReceiptTrigger: new () => INodeType;
		JSmsApi: new () => ICredentialType;
	},
	baseUrl: string,
) {
	const common = { credentialTypes: [new built.JSmsApi()], credentials: { jSmsApi: { ...KEYS, baseUrl } } };
	const { runNode } = createNodeRunner({
		...common,
		name: 'JSms',
		type: 'n8n-nodes-jsms.jSms',
		nodeType: new built.JSms(),
	});
	const poll = createPoller({
		...common,
		name: 'JSms Receipt Trigger',
		type: 'n8n-nodes-jsms.jSmsReceiptTrigger',
		nodeType: new built.JSmsReceiptTrigger(),
		parameters: { events: ['deliveryReport'] },
		// No time to wait for the service's five seconds: a poll that comes too soon gives up at once.
		budgetMs: 100,
	});
	const trigger = await hostTrigger({
		...common,
		name: 'JSms Trigger',
		type: 'n8n-nodes-jsms.jSmsTrigger',
		nodeType: new built.JSmsTrigger(),
	});
	// n8n keeps this in its database.
	const dataDeduplication = createDedupeStore();
	const counts = { sent: 0, polls: 0, polled: 0, callbacks: 0, started: 0 };
	return {
		counts,
		/** One execution with single sends. */
		execute: async (number: number, sends: number) => {
			const items = Array.from({ length: sends }, (_, index) => ({
				mobile: String(13900000000 + ((number * sends + index) % 90_000_000)),
			}));
			const run = await runNode(
				{
					resource: 'message',
					operation: 'send',
					mobile: '={{ $json.mobile }}',
					templateId: 2002,
					options: {},
				},
				items,
				{ run: { executionId: String(number + 1), dataDeduplication, mode: 'trigger' } },
			);
			const [sent] = outputsOf(run, 'JSms');
			counts.sent += (sent ?? []).filter(({ json }) => json.msg_id).length;
		},
		poll: async () => {
			counts.polls++;
			counts.polled += (await poll())?.length ?? 0;
		},
		/** Callbacks at the same moment, each twice, as the service repeats them. */
		call: async (round: number, count: number) => {
			const forms = reports(count).map((report, index) =>
				callbackForm(KEYS, 'SMS_REPORT', { ...report, msgId: String(800_000_000 + round * count + index) }),
			);
			for (const form of [...forms, ...forms]) await postCallback(trigger.url, form);
			counts.callbacks += 2 * count;
			counts.started += trigger.executions.length;
			trigger.executions.length = 0;
		},
		/** The tests' own records must not count as growth. */
		forget: () => void takeLogs(),
		close: () => trigger.close(),
	};
}
