import type { Page } from 'playwright-core';
import path from 'node:path';
import type { Instance } from '../e2e/support/instance';
import { DataTables } from '../e2e/support/logTables';
import { importWorkflow } from '../e2e/support/workflows';
import { eventually } from '../support/eventually';
import { LOG_ARTIFACTS, emptyFolder } from './support/browser';
import { photographTable, readTable } from './support/dataTable';
import { useStage } from './support/stage';

const BATCH = '/v1/messages/batch';
const TABLE = 'JSms messages';
/** What a person wants to see first, in this order. */
const COLUMNS = ['log_id', 'mobile', 'status', 'reason', 'delivery', 'delivery_reason'];
const THREE_DAYS = 3 * 24 * 3_600_000;

/** Two in a request: the answer to the third request is lost, the fourth does not reach JSMS. */
const PEOPLE = ['5101', '5102', '0006', '5103', '5104', '5105', '5107', '5108', '0009', '4003'].map(
	(ending, index) => ({
		name: `Person ${index + 1}`,
		mobile: `1380000${ending}`,
		order: `A-${1001 + index}`,
		date: '1 December',
	}),
);

/** The table of examples/message-log.md, as a person looks at it after a run and its reports. */
describe('the message log', () => {
	let instance: Instance;
	let page: Page;

	useStage(async (stage) => {
		({ instance, page } = stage);
		emptyFolder(LOG_ARTIFACTS);
		await stage.editor.logIn();
	});
	test('shows in n8n what became of each SMS', async () => {
		const { client, sandbox } = instance;
		const tables = new DataTables(client);
		Object.assign(sandbox.settings, { reportDelayMs: 0 });
		const reports = await importWorkflow(instance, 'examples/message-log-reports.json');
		await client.run(reports, 'Set up once');
		sandbox.fault([
			{ kind: 'resetAfter', path: BATCH, after: 2 },
			{ kind: 'resetBefore', path: BATCH, after: 2 },
		]);
		const send = await importWorkflow(instance, 'examples/message-log-send.json', {
			'Your list': { jsonOutput: JSON.stringify({ people: PEOPLE }) },
			'Send the batch': { 'options.batchSize': 2, 'options.concurrency': 1 },
		});
		await client.run(send, 'Start');
		await client.run(reports, 'JSms Receipt Trigger');
		// Three days later, for one of the two who got nothing.
		const [lost] = (await tables.rows(TABLE)).filter(({ status }) => status === 'unknown');
		const longAgo = new Date(Date.now() - THREE_DAYS - 60_000).toISOString();
		await tables.change(TABLE, lost.id, { attempted_at: longAgo });
		await client.run(reports, 'Every morning');

		await tables.order(TABLE, COLUMNS);
		await page.setViewportSize({ width: 1650, height: 760 });
		await page.goto(await tables.page(TABLE));
		await eventually(async () =>
			expect((await readTable(page)).map(({ log_id, status, delivery }) => [log_id, status, delivery])).toEqual([
				['delivery of A-1001', 'sent', 'delivered'],
				['delivery of A-1002', 'sent', 'delivered'],
				['delivery of A-1003', 'failed', 'Null'],
				['delivery of A-1004', 'sent', 'delivered'],
				['delivery of A-1005', 'sent', 'delivered'],
				['delivery of A-1006', 'sent', 'delivered'],
				['delivery of A-1007', 'probably not sent', 'Null'],
				['delivery of A-1008', 'unknown', 'Null'],
				['delivery of A-1009', 'failed', 'Null'],
				['delivery of A-1010', 'sent', 'not delivered'],
			]),
		);
		await photographTable(page, path.join(LOG_ARTIFACTS, 'message-log-table.png'));
	}, 180_000);
});
