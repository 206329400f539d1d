import { isRecord } from '../../nodes/JSms/model/json';
import { errorOf } from '../support/engine';
import { DEVELOPER_KEYS, KEYS } from '../support/keys';
import { jsonOf, numbers, pairs, people, useService } from './service';

/** Fifty single sends under "Continue": what stops a batch stops them, too. */
const service = useService({ magicEndings: true });
const COUNT = 50;
const items = people(...numbers(COUNT));
const send = {
	resource: 'message',
	operation: 'send',
	mobile: '={{ $json.phone }}',
	templateId: 1250,
	...pairs({ number: '1' }),
	options: { concurrency: 4 },
};

const runUnderContinue = async (parameters: Parameters<typeof service.jsms.runNode>[0], keys?: object) => {
	const run = await service.jsms.runNode(
		parameters,
		items,
		{ onError: 'continueRegularOutput' },
		...(keys ? [keys as never] : []),
	);
	expect(errorOf(run)).toBeUndefined();
	return jsonOf(run);
};
const COPY_KEYS = 'Copy App Key and Master Secret again from the application settings of the Jiguang console.';
/** How many of the items were not sent, after checking that each of them says it whole. */
const heldBack = (rows: ReturnType<typeof jsonOf>, reason: string, cure: string) => {
	const held = rows.filter(({ error }) => String(error).startsWith('Not sent'));
	for (const row of held) {
		expect(row).toEqual({
			error: `Not sent: ${reason}`,
			details: {
				hint: `The run stopped before this item. ${cure} Then send this item again.`,
				outcome: 'notAttempted',
				safe_to_retry: true,
				mobile: expect.stringMatching(/^138001\d{5}$/) as string,
			},
		});
	}
	return held.length;
};

it('stops after wrong keys', async () => {
	const rows = await runUnderContinue(send, { jSmsApi: { ...service.keys.jSmsApi, masterSecret: 'dummy-wrong' } });
	expect(rows).toHaveLength(COUNT);
	expect(service.calls.length).toBeLessThanOrEqual(4);
	expect(heldBack(rows, 'JSMS did not accept the keys (50002 auth failed)', COPY_KEYS)).toBe(
		COUNT - service.calls.length,
	);
});

it('stops when the account is empty, and keeps what was sent before', async () => {
	service.sandbox.accounts.patch(KEYS.appKey, {
		quota: { balance: 10, voice: 0, industry: null, market: null },
	});
	service.sandbox.accounts.patch(DEVELOPER_KEYS.devKey, {
		quota: { balance: 0, voice: 0, industry: null, market: null },
	});
	const rows = await runUnderContinue(send);
	const sent = rows.filter(({ msg_id }) => msg_id !== undefined);
	expect(sent.map(({ mobile }) => mobile).sort()).toEqual([...service.reached].sort());
	expect(sent).toHaveLength(10);
	expect(service.calls.length).toBeLessThanOrEqual(14);
	expect(
		heldBack(
			rows,
			'the SMS balance is used up (50014 no money)',
			'Top up the balance in the Jiguang console (费用中心 > 资源管理 > 短信).',
		),
	).toBe(COUNT - service.calls.length);
});

it('stops after five results in a row that nobody knows', async () => {
	service.sandbox.fault({ kind: 'resetAfter', times: 1000 });
	const rows = await runUnderContinue(send);
	const unknown = rows.filter(({ details }) => isRecord(details) && details.outcome === 'unknown');
	// Those under way when the fifth came back keep their own results.
	expect(unknown.length).toBeGreaterThanOrEqual(5);
	expect(unknown.length).toBeLessThanOrEqual(8);
	expect(service.reached).toHaveLength(unknown.length);
	expect(
		heldBack(
			rows,
			'the results of 5 requests in a row are unknown',
			'Check 发送记录 (send records) in the Jiguang console for the messages with an unknown result.',
		),
	).toBe(COUNT - unknown.length);
});

it('stops the messages of a rejected template only', async () => {
	const rows = await runUnderContinue({
		...send,
		templateId: '={{ Number($json.phone.slice(-2)) % 20 < 10 ? 1250 : 4002 }}',
		...pairs({ number: '1', name: '王芳' }),
		options: { concurrency: 1 },
	});
	const ofTemplate = (tempId: number) => service.bodies.filter(({ temp_id }) => temp_id === tempId);
	expect(ofTemplate(4002)).toHaveLength(1);
	expect(
		heldBack(
			rows,
			'the template was rejected in review (50021 template not pass)',
			'Correct the template in the Jiguang console or choose another one.',
		),
	).toBe(COUNT / 2 - 1);
	expect(service.reached).toHaveLength(COUNT / 2);
});

it('goes on after what concerns one recipient', async () => {
	const rows = await service.jsms.runNode(send, people('13800000006', '13800000024', '13800100001'), {
		onError: 'continueRegularOutput',
	});
	expect(jsonOf(rows).map(({ error }) => error === undefined)).toEqual([false, false, true]);
});

it('gives back the send-once keys of what it did not send', async () => {
	const once = { ...send, options: { concurrency: 4, sendOnceKey: '={{ $json.phone }}' } };
	service.sandbox.fault({ kind: 'answer', code: 50014, times: 1000 });
	await runUnderContinue(once);
	service.sandbox.clearFaults();
	const rows = await runUnderContinue(once);
	expect(rows.filter(({ msg_id }) => msg_id !== undefined)).toHaveLength(COUNT);
});

it('holds back checks of codes after wrong keys, in words of their own', async () => {
	const verify = { resource: 'verificationCode', operation: 'verify', messageId: '1', code: '123456' };
	const rows = await runUnderContinue(verify, {
		jSmsApi: { ...service.keys.jSmsApi, masterSecret: 'dummy-wrong' },
	});
	expect(service.calls).toHaveLength(1);
	expect(rows[1]).toEqual({
		error: 'Not done: JSMS did not accept the keys (50002 auth failed)',
		details: {
			hint: `The run stopped before this item. ${COPY_KEYS} Then run this item again.`,
			outcome: 'notAttempted',
			safe_to_retry: true,
		},
	});
});

it('does not hold back checks of codes after results that nobody knows', async () => {
	service.sandbox.fault({ kind: 'resetAfter', times: 7 });
	const verify = { resource: 'verificationCode', operation: 'verify', messageId: '1', code: '123456' };
	const rows = await runUnderContinue(verify);
	expect(service.calls).toHaveLength(COUNT);
	expect(rows.filter(({ reason }) => reason === 'unknownMessage')).toHaveLength(COUNT - 7);
});
