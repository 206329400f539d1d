import { sleep } from 'n8n-workflow';

import { classify } from '../../nodes/JSms/api/classify';
import { matchRows } from '../../nodes/JSms/batch/match';
import { runBatch } from '../../nodes/JSms/batch/run';
import type { Admission } from '../../nodes/JSms/batch/admission';
import type { Entry } from '../../nodes/JSms/model/recipient';
import { startSandbox, type Sandbox } from '../../sandbox';
import { errorOf, takeLogs } from '../support/engine';
import { jsmsAt } from '../support/jsms';
import { FakeService } from './support/fakeService';
import { expectConservation } from './support/law';

/** What the property tests once found, kept as examples. */

const MANNERS = { strict: false, echo: true, failedIds: true, bareIds: false, counts: false };
const to = (
	mobile: string,
	number: string,
	item = 0,
): Entry & { mobile: string; tempPara: Record<string, string> } => ({
	item,
	mobile,
	tempPara: { number },
	shared: { tempId: 1250 },
});
const [one, two] = [to('13800000001', '1'), to('13800000001', '2', 1)];
const statuses = (results: ReadonlyArray<{ status: string }>) => results.map(({ status }) => status);
const refused = { error_code: '50034', error_message: 'repeat send' };

describe('lines of an answer for one number', () => {
	it('does not take a refusal said twice for two refusals', () => {
		const rows = [
			{ mobile: one.mobile, msg_id: '1' },
			{ mobile: one.mobile, msg_id: '2', ...refused, temp_para: one.tempPara },
			{ mobile: one.mobile, msg_id: '2', ...refused, temp_para: one.tempPara },
		];
		expect(statuses(matchRows([one, { ...one }], { recipients: rows }).results)).toEqual(['sent', 'failed']);
		const withoutIds = rows.map((row) => ({ ...row, msg_id: undefined }));
		expect(statuses(matchRows([one, { ...one }], { recipients: withoutIds }).results)).toEqual(['unknown', 'unknown']);
	});

	it('does not guess which of two texts was refused when the answer does not say', () => {
		const rows = [
			{ mobile: one.mobile, msg_id: '2', ...refused },
			{ mobile: one.mobile, msg_id: '1' },
		];
		expect(statuses(matchRows([one, two], { recipients: rows }).results)).toEqual(['unknown', 'unknown']);
	});

	it('does not take an accepted line said twice for two messages', () => {
		const rows = [
			{ mobile: one.mobile, msg_id: '1' },
			{ mobile: one.mobile, msg_id: '1' },
		];
		expect(statuses(matchRows([one, two], { recipients: rows }).results)).toEqual(['unknown', 'unknown']);
	});

	it('survives parameters that have no text', () => {
		const rows = [{ mobile: one.mobile, ...refused, temp_para: { number: { toString: 1 } } }];
		expect(statuses(matchRows([one, two], { recipients: rows }).results)).toEqual(['unknown', 'unknown']);
	});

	it('does not take a fault of the service for a refusal', () => {
		const rows = [{ mobile: one.mobile, error_code: '50019', error_message: 'server error' }];
		expect(matchRows([one], { recipients: rows }).results).toMatchObject([{ status: 'unknown', code: 50019 }]);
	});
});

it.each([200, 403, 500])('does not take the envelope of a fault for a refusal (HTTP %d)', (status) => {
	const body = '{"error":{"code":50019,"message":"server error"}}';
	expect(classify({ kind: 'response', status, body })).toMatchObject({ class: 'unknown', code: 50019 });
});

it('keeps what the service says short, and numbers in it masked', () => {
	const message = `invalid mobile 13812345678 or 8613812345678 ${'x'.repeat(10_000)}`;
	const outcome = classify({
		kind: 'response',
		status: 403,
		body: JSON.stringify({ error: { code: 50006, message } }),
	});
	if (outcome.class !== 'refused') throw new Error('not refused');
	expect(outcome.message).toMatch(/^The mobile number is not valid \(50006 invalid mobile 138\*{4}5678 or /);
	expect(outcome.message).not.toContain('13812345678');
	expect(outcome.message.length).toBeLessThan(400);
});

it('does not lose rows when the log or the store of the memories fails', async () => {
	const service = new FakeService(MANNERS, [{ kind: 'rows', change: [{ change: 'stranger', at: 0 }] }]);
	const list = [one, to('139', '1', 1)];
	const admission: Admission = {
		admit: async () => [],
		release: async () => {
			throw new Error('no store');
		},
	};
	const onUnmatchedRows = () => {
		throw new Error('no log');
	};
	const report = await runBatch(
		list,
		{ match: matchRows, batchSize: 1, concurrency: 1, admission, onUnmatchedRows },
		async (request, recipients) => await service.send(request, recipients),
	);
	expect(statuses(report.results)).toEqual(['sent', 'failed']);
	expectConservation(list, report, service.ledger);
});

it('sends no request for which permission came only after the execution was canceled', async () => {
	const service = new FakeService(MANNERS, []);
	let cancelled = false;
	const admit = async () => {
		cancelled = true;
		return [];
	};
	const report = await runBatch(
		[one],
		{
			match: matchRows,
			batchSize: 1,
			concurrency: 1,
			admission: { admit, release: async () => {} },
			isCancelled: () => cancelled,
		},
		async (request, recipients) => await service.send(request, recipients),
	);
	expect(report.results).toMatchObject([{ status: 'failed', message: 'Not sent: the execution was canceled' }]);
	expect(service.ledger).toEqual([]);
});

describe('Retry On Fail on single sends under "Stop Workflow"', () => {
	let sandbox: Sandbox;
	beforeAll(async () => {
		sandbox = await startSandbox({ settings: { frequencyRules: 'off' } });
	});
	afterAll(async () => await sandbox.close());

	it('names what an earlier try sent, also where the last try stops before it', async () => {
		// The second request is accepted and its answer lost; the third is sent meanwhile.
		sandbox.fault({ kind: 'delayAfterAccepting', ms: 1000, after: 1, times: 1 });
		const send = { resource: 'message', operation: 'send', mobile: '={{ $json.mobile }}', templateId: 2002 };
		const parameters = {
			...send,
			parameterMode: 'json',
			parametersJson: '{}',
			options: { concurrency: 2, timeout: 500 },
		};
		const people = ['13800100001', '13800100002', '13800100003'].map((mobile) => ({ mobile }));
		const run = await jsmsAt(sandbox.baseUrl).runNode(parameters, people, { retryOnFail: true, maxTries: 2 });
		const error = errorOf(run) as unknown as { message: string; context: { accepted: Array<{ msg_id: string }> } };
		const lost = people.find(({ mobile }) => error.message.includes(`138****${mobile.slice(-4)} is unknown`));
		expect(lost).toBeDefined();
		const sent = sandbox.ledger.filter(({ mobile }) => mobile !== lost?.mobile);
		expect(sent.length).toBeGreaterThan(0);
		expect(error.context.accepted.map(({ msg_id }) => msg_id).sort()).toEqual(sent.map(({ msg_id }) => msg_id).sort());
	});
});

it.each(['send', 'sendBatch'])('leaves on record what a cancelled execution has sent (%s)', async (operation) => {
	const sandbox = await startSandbox({ settings: { frequencyRules: 'off' } });
	try {
		sandbox.fault({ kind: 'neverAnswer', after: 1, times: 'always' });
		const parameters = {
			...{ resource: 'message', operation, mobile: '={{ $json.mobile }}', templateId: 2002 },
			...{ parameterMode: 'json', parametersJson: '{}' },
			options: { concurrency: 1, ...(operation === 'sendBatch' && { batchSize: 1 }) },
		};
		const people = ['13800100001', '13800100002', '13800100003'].map((mobile) => ({ mobile }));
		const cancelling = new AbortController();
		takeLogs();
		const running = jsmsAt(sandbox.baseUrl).runNode(parameters, people, { run: { signal: cancelling.signal } });
		while (sandbox.requests.length < 2) await sleep(5);
		cancelling.abort();
		await running;
		const logs: string[] = [];
		while (!logs.some((line) => line.includes('canceled'))) {
			await sleep(5);
			logs.push(...takeLogs().map(({ message }) => message));
		}
		expect(logs.find((line) => line.includes('canceled'))).toBe(
			`The execution was canceled while 'JSms' was sending: 1 SMS were accepted, 1 may have been sent. msg_id of those accepted: ${sandbox.ledger[0].msg_id}`,
		);
		expect(sandbox.ledger).toHaveLength(1);
	} finally {
		await sandbox.close();
	}
});
