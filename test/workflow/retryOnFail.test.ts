import { errorOf, hintsOf, runWorkflow, START_TYPE } from '../support/engine';
import { JSMS, JSMS_TYPE } from '../support/jsms';
import { arrivedAt, jsonOf, pairs, people, useService } from './service';

/** "Retry On Fail" runs the whole node again: nothing that was, or may have been, accepted may be sent again. */
const service = useService();
const send = {
	resource: 'message',
	operation: 'send',
	mobile: '={{ $json.phone }}',
	templateId: 1250,
	...pairs({ number: '1' }),
	options: { concurrency: 1 },
};
const retry = { retryOnFail: true, maxTries: 3 };
const PHONES = ['13800000001', '13800000002', '13800000003'];
const refusal = { kind: 'answer', code: 50009 };

it('sends only the failing item again when the workflow would stop', async () => {
	service.sandbox.fault({ ...refusal, after: 1, times: 1 });
	const run = await service.jsms.runNode(send, people(...PHONES), retry);
	expect(errorOf(run)).toBeUndefined();
	expect(service.reached).toEqual(PHONES);
	expect(service.calls).toHaveLength(4);
	expect(jsonOf(run)).toEqual(service.sandbox.ledger.map(({ msg_id, mobile }) => ({ msg_id, mobile, temp_id: 1250 })));
});

it('sends only the first item again when it fails under "Continue"', async () => {
	service.sandbox.fault({ ...refusal, times: 1 });
	const run = await service.jsms.runNode(send, people(...PHONES), { ...retry, onError: 'continueRegularOutput' });
	expect([...service.reached].sort()).toEqual(PHONES);
	expect(jsonOf(run).map(({ mobile }) => mobile)).toEqual(PHONES);
	expect(service.calls).toHaveLength(4);
});

it('sends an item that keeps failing as often as n8n tries, and the others once', async () => {
	service.sandbox.settings.magicEndings = true;
	const run = await service.jsms.runNode(send, people('13800000024', ...PHONES), {
		...retry,
		onError: 'continueRegularOutput',
	});
	expect(service.reached).toEqual(PHONES);
	expect(service.calls).toHaveLength(3 + PHONES.length);
	expect(jsonOf(run)).toMatchObject([{ details: { code: 50024 } }, ...PHONES.map((mobile) => ({ mobile }))]);
});

it.each(['continueRegularOutput', 'continueErrorOutput', 'stopWorkflow'] as const)(
	'never sends again what may have gone out (%s)',
	async (onError) => {
		service.sandbox.fault({ kind: 'resetAfter', times: 'always' });
		const run = await service.jsms.runNode(send, people('13800000001'), { ...retry, onError });
		expect(service.reached).toEqual(['13800000001']);
		expect(service.calls).toHaveLength(1);
		const details = { outcome: 'unknown', safe_to_retry: false };
		if (onError === 'stopWorkflow') expect(errorOf(run)?.message).toContain('is unknown');
		else if (onError === 'continueErrorOutput') expect(arrivedAt(run, 1)).toMatchObject([{ details }]);
		else expect(jsonOf(run)).toMatchObject([{ details }]);
	},
);

it('sends equal items once each', async () => {
	service.sandbox.fault({ ...refusal, after: 2, times: 1 });
	const run = await service.jsms.runNode(send, people('13800000001', '13800000001', '13800000001'), retry);
	expect(errorOf(run)).toBeUndefined();
	expect(service.reached).toEqual(new Array(3).fill('13800000001'));
});

it('verifies a code once although n8n tries again', async () => {
	service.sandbox.fault({ kind: 'resetBefore', times: 'always' });
	const verify = { resource: 'verificationCode', operation: 'verify', messageId: '1', code: '1' };
	await service.jsms.runNode(verify, [{}], { ...retry, onError: 'continueRegularOutput' });
	expect(service.calls).toHaveLength(1);
});

it('does not try again what the service did not get: the next try of n8n does', async () => {
	service.sandbox.fault({ kind: 'tooMany', times: 3 });
	const run = await service.jsms.runNode(send, people('13800000001'), retry);
	expect(errorOf(run)).toBeUndefined();
	expect(service.reached).toEqual(['13800000001']);
});

it('tells what it does in a hint', async () => {
	const run = await service.jsms.runNode(send, people('13800000001'), retry);
	expect(hintsOf(run, JSMS).map(({ message }) => message)).toEqual([
		"'Retry On Fail' is on: messages that were accepted, or may have been, are not sent again; only the others are retried.",
	]);
});

it('sends the same item again in the next round of a loop: that is another message', async () => {
	const { node } = service.jsms;
	const again = { node: JSMS, type: 'main' as const, index: 0 };
	const gate = {
		description: {
			...node.nodeType.description,
			name: 'gate',
			displayName: 'Gate',
			credentials: [],
			properties: [],
			outputs: ['main' as const],
		},
		rounds: 0,
		async execute() {
			gate.rounds += 1;
			return [gate.rounds < 3 ? [{ json: { phone: '13800000001' } }] : []];
		},
	};
	service.sandbox.fault({ ...refusal, after: 1, times: 1 });
	const run = await runWorkflow({
		nodes: [
			{ name: 'Start', type: START_TYPE },
			{ name: JSMS, type: JSMS_TYPE, parameters: send, ...retry, waitBetweenTries: 1 },
			{ name: 'Gate', type: 'test.gate' },
		],
		connections: {
			Start: { main: [[again]] },
			[JSMS]: { main: [[{ node: 'Gate', type: 'main', index: 0 }]] },
			Gate: { main: [[again]] },
		},
		items: people('13800000001'),
		types: { [JSMS_TYPE]: node.nodeType, 'test.gate': gate },
		credentialTypes: node.credentialTypes,
		credentials: node.credentials,
	});
	expect(errorOf(run)).toBeUndefined();
	expect(gate.rounds).toBe(3);
	expect(service.reached).toEqual(new Array(3).fill('13800000001'));
});

describe('a batch', () => {
	const batch = {
		resource: 'message',
		operation: 'sendBatch',
		mobile: '={{ $json.phone }}',
		templateId: 1250,
		...pairs({ number: '1' }),
		options: { batchSize: 1, concurrency: 1 },
	};

	it('is not run again for failed rows, even when the first row fails', async () => {
		const run = await service.jsms.runNode(batch, people('13800000024', ...PHONES), {
			...retry,
			onError: 'continueRegularOutput',
		});
		expect(service.reached).toEqual(PHONES);
		expect(service.calls).toHaveLength(4);
		expect([0, 1, 2].map((output) => jsonOf(run, output).length)).toEqual([3, 1, 0]);
	});

	it('is run again when nothing was sent to anybody', async () => {
		service.sandbox.fault({ kind: 'answer', code: 50014, times: 1 });
		const run = await service.jsms.runNode(batch, people(...PHONES), retry);
		expect(errorOf(run)).toBeUndefined();
		expect(service.reached).toEqual(PHONES);
		expect([0, 1, 2].map((output) => jsonOf(run, output).length)).toEqual([3, 0, 0]);
	});

	it('is not run again when something may have gone out', async () => {
		service.sandbox.fault([{ kind: 'resetAfter' }, { kind: 'answer', code: 50014, times: 'always' }]);
		const run = await service.jsms.runNode(batch, people(...PHONES), retry);
		expect(errorOf(run)).toBeUndefined();
		expect(service.reached).toEqual(['13800000001']);
		expect([0, 1, 2].map((output) => jsonOf(run, output).length)).toEqual([0, 2, 1]);
	});
});
