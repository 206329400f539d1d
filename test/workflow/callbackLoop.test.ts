import { JSmsApi } from '../../credentials/JSmsApi.credentials';
import { JSmsTrigger } from '../../nodes/JSms/JSmsTrigger.node';
import { errorOf, takeLogs } from '../support/engine';
import { eventually } from '../support/eventually';
import { hostTrigger, type HostedTrigger } from '../support/webhooks';
import { jsonOf, pairs, useService } from './service';

/** The whole loop: the node sends, the local JSMS calls back, signed by code of its own, and the trigger takes it. */
const service = useService({ reportDelayMs: 0, magicEndings: true });
const EVENTS = ['deliveryReport', 'reply', 'templateReview', 'signatureReview'];
let trigger: HostedTrigger;
let workflows = 0;

beforeEach(async () => {
	workflows += 1;
	trigger = await hostTrigger(
		{
			name: 'JSms Trigger',
			type: 'n8n-nodes-jsms.jSmsTrigger',
			nodeType: new JSmsTrigger(),
			credentialTypes: [new JSmsApi()],
			credentials: { jSmsApi: service.keys.jSmsApi },
		},
		{ workflowId: `loop-${workflows}`, parameters: { events: EVENTS } },
	);
	// The check of the address is part of setting it, as in the console.
	await service.sandbox.callbacks.set(trigger.url);
});
afterEach(async () => {
	takeLogs();
	await trigger.close();
});

const started = () => trigger.executions.flat().map(({ json }) => json);
const expectStarted = async (items: unknown[]) =>
	await eventually(async () =>
		expect(started()).toEqual(items.map((item) => expect.objectContaining(item as object) as unknown)),
	);
const send = async (mobile: string) =>
	await service.jsms.runNode({
		resource: 'message',
		operation: 'send',
		mobile,
		templateId: 1250,
		...pairs({ number: '741627' }),
	});

it.each([
	['13800000001', 4001, true],
	['13800004003', 4003, false],
])('tells what became of an SMS to %s under the msg_id of its send', async (mobile, status, delivered) => {
	const run = await send(mobile);
	expect(errorOf(run)).toBeUndefined();
	const [{ msg_id }] = jsonOf(run);
	await expectStarted([{ event: 'deliveryReport', msg_id, phone: mobile, status, delivered, type: 'SMS_REPORT' }]);
});

it('tells what people answer, and how reviews end', async () => {
	service.sandbox.reply('13800000001', '退订');
	await expectStarted([{ event: 'reply', phone: '13800000001', content: '退订' }]);
	service.sandbox.review('template', 4001, 2, '内容不符合规范');
	service.sandbox.review('signature', 37003, 1);
	await eventually(async () => expect(started()).toHaveLength(3));
	expect(started()).toEqual(
		expect.arrayContaining([
			expect.objectContaining({ event: 'templateReview', tempId: 4001, status: 2, refuseReason: '内容不符合规范' }),
			expect.objectContaining({ event: 'signatureReview', signId: 37003, status: 1 }),
		]),
	);
});

it('knows the test button of the console', async () => {
	service.sandbox.callbacks.test('report');
	await expectStarted([{ event: 'deliveryReport', msgId: '1857496', test: true }]);
});

it('starts nothing for callbacks with a wrong signature', async () => {
	service.sandbox.settings.callbackSignatures = 'wrong';
	await send('13800000001');
	await eventually(async () => expect(service.sandbox.callbacks.entries).toMatchObject([{ status: 401 }]));
	expect(started()).toEqual([]);
});

it('starts nothing twice for callbacks that come more than once', async () => {
	service.sandbox.settings.callbackCopies = 3;
	await send('13800000001');
	await eventually(async () => expect(service.sandbox.callbacks.entries).toMatchObject([{ state: 'taken' }]));
	// Its copies came at the same moment; one more message shows that nothing else is on its way.
	await send('13800000002');
	await eventually(async () => expect(started().map(({ phone }) => phone)).toEqual(['13800000001', '13800000002']));
});

it('leaves nothing to pull while callbacks are on', async () => {
	await send('13800000001');
	await eventually(async () => expect(started()).toHaveLength(1));
	expect(
		jsonOf(await service.jsms.runNode({ resource: 'receipt', operation: 'pullReports', returnAll: false, limit: 1 })),
	).toEqual([]);
});
