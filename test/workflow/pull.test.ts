import { errorOf, hintsOf, outputsOf } from '../support/engine';
import { JSMS, jsmsAt } from '../support/jsms';
import { arrivedAt, jsonOf, NOBODY, numbers, useService } from './service';

// Five seconds between calls are the service's rule; the sandbox keeps to the same gap as the node here.
jest.mock('../../nodes/JSms/receipts/pullGap', () => ({ PULL_GAP_MS: 40 }));

/** Receipts: what can be read once must not get lost. */
const service = useService({ pullIntervalSeconds: 0, magicEndings: true, frequencyRules: 'off', reportDelayMs: 0 });
const pullReports = { resource: 'receipt', operation: 'pullReports', returnAll: true };
const pullReplies = { resource: 'receipt', operation: 'pullReplies', returnAll: true };

async function send(...mobiles: string[]) {
	const recipients = mobiles.map((mobile) => ({ mobile, temp_para: {} }));
	const { appKey, masterSecret } = service.keys.jSmsApi as { appKey: string; masterSecret: string };
	for (let at = 0; at < recipients.length; at += 1000) {
		await fetch(`${service.sandbox.baseUrl}/messages/batch`, {
			method: 'POST',
			headers: {
				authorization: `Basic ${Buffer.from(`${appKey}:${masterSecret}`).toString('base64')}`,
				'content-type': 'application/json',
			},
			body: JSON.stringify({ temp_id: 2002, recipients: recipients.slice(at, at + 1000) }),
		});
	}
}

it('tells what became of each message, in words, under the msg_id of its send', async () => {
	await send('13800000001', '13800004004');
	const [first, second] = service.sandbox.ledger;
	const run = await service.jsms.runNode(pullReports);
	expect(errorOf(run)).toBeUndefined();
	const report = (entry: typeof first, status: number, delivered: boolean, statusMessage: unknown) => ({
		json: {
			msg_id: entry.msg_id,
			msgId: entry.msg_id,
			phone: entry.mobile,
			status,
			receiveTime: entry.accepted_at,
			delivered,
			statusMessage,
			receivedAt: new Date(entry.accepted_at).toISOString(),
		},
		pairedItem: { item: 0 },
	});
	expect(outputsOf(run, JSMS)).toEqual([
		[report(first, 4001, true, expect.any(String)), report(second, 4004, false, expect.stringContaining('exist'))],
	]);
	expect(jsonOf(await service.jsms.runNode(pullReports))).toEqual([]);
});

it('tells what people answered', async () => {
	service.sandbox.reply('13800000001', '好的');
	expect(jsonOf(await service.jsms.runNode(pullReplies))).toEqual([
		{
			phone: '13800000001',
			content: '好的',
			replyTime: expect.any(Number) as number,
			repliedAt: expect.stringMatching(/^20.+Z$/) as string,
		},
	]);
});

it('reads all pages where all are wanted, none lost, in their order', async () => {
	const mobiles = numbers(1203);
	await send(...mobiles);
	const run = await service.jsms.runNode(pullReports);
	expect(jsonOf(run).map(({ phone }) => phone)).toEqual(mobiles);
	expect(service.calls.filter((call) => call === 'GET /report')).toHaveLength(3);
});

it('reads no page more than the limit needs, and drops nothing that a page has brought', async () => {
	await send(...numbers(700));
	const limited = { ...pullReports, returnAll: false, limit: 50 };
	expect(jsonOf(await service.jsms.runNode(limited))).toHaveLength(500);
	expect(jsonOf(await service.jsms.runNode(limited))).toHaveLength(200);
});

it('pulls once for all input items', async () => {
	await send('13800000001');
	expect(jsonOf(await service.jsms.runNode(pullReports, [{}, {}, {}]))).toHaveLength(1);
	expect(service.calls.filter((call) => call === 'GET /report')).toHaveLength(1);
});

it('keeps to the pace of the service, also when two executions pull at once', async () => {
	service.sandbox.settings.pullIntervalSeconds = 0;
	await send(...numbers(1100));
	const started = Date.now();
	const [one, other] = await Promise.all([service.jsms.runNode(pullReports), service.jsms.runNode(pullReports)]);
	expect(jsonOf(one).length + jsonOf(other).length).toBe(1100);
	const calls = service.calls.filter((call) => call === 'GET /report').length;
	expect(Date.now() - started).toBeGreaterThanOrEqual((calls - 1) * 40);
});

it.each(['stopWorkflow', 'continueRegularOutput'] as const)(
	'gives out what arrived when a later page fails (%s), says so, and never asks for the lost page again',
	async (onError) => {
		const mobiles = numbers(1200);
		await send(...mobiles);
		service.sandbox.fault({ kind: 'resetAfter', path: '/v1/report', after: 1 });
		const run = await service.jsms.runNode(pullReports, [{}], { onError });
		expect(errorOf(run)).toBeUndefined();
		expect(jsonOf(run).map(({ phone }) => phone)).toEqual(mobiles.slice(0, 500));
		expect(hintsOf(run, JSMS).map(({ message }) => message)).toEqual([
			expect.stringMatching(/^500 records were read, then reading ended early: .+ up to 500 may be lost here/),
		]);
		expect(service.calls.filter((call) => call === 'GET /report')).toHaveLength(2);
	},
);

describe('when nothing arrives', () => {
	it('stops the workflow and says that records may be lost', async () => {
		await send('13800000001');
		service.sandbox.fault({ kind: 'resetAfter' });
		const error = errorOf(await service.jsms.runNode(pullReports));
		expect(error?.message).toMatch(/the result is unknown$/);
		expect(error?.description).toMatch(/^JSMS gives out each record only once, so up to 500 may be lost here/);
		expect(service.calls.filter((call) => call === 'GET /report')).toHaveLength(1);
	});

	it('becomes an error item in the continue modes', async () => {
		service.sandbox.fault({ kind: 'answer', code: 50009 });
		const run = await service.jsms.runNode(pullReports, [{}], { onError: 'continueErrorOutput' });
		expect(arrivedAt(run, 1)).toMatchObject([{ details: { code: 50009, outcome: 'refused', safe_to_retry: true } }]);
	});

	it('tries again where nobody was reached: that consumed nothing', async () => {
		const error = errorOf(await jsmsAt(NOBODY).runNode(pullReports));
		expect(error?.message).toMatch(/could not connect/);
	});

	it.each(['list', 'null'] as const)('is no fault when the service says "%s"', async (noReceipts) => {
		service.sandbox.settings.noReceipts = noReceipts;
		const run = await service.jsms.runNode(pullReports);
		expect([errorOf(run), jsonOf(run)]).toEqual([undefined, []]);
	});
});

it.each([0, -1, 1.5, 'many'])('refuses the limit %j before anything is read', async (limit) => {
	const run = await service.jsms.runNode({
		...pullReports,
		returnAll: false,
		limit: `={{ ${JSON.stringify(limit)} }}`,
	});
	expect(errorOf(run)?.message).toMatch(/^'Limit' must be /);
	expect(service.calls).toEqual([]);
});
