import { keysOf } from '../support/jsms';
import { numbers, pairs, useService } from './service';

/** The node as a tool of an AI agent. Only the first output reaches the agent. */
const service = useService();
const batch = {
	resource: 'message',
	operation: 'sendBatch',
	recipientsFrom: 'list',
	recipients: "={{ $fromAI('recipients', '', 'json') }}",
	templateId: 1250,
};
const listOf = (phones: string[]) => phones.map((mobile) => ({ mobile, temp_para: { number: '1' } }));
const read = (text: string | undefined) => JSON.parse(text ?? '[]') as Array<Record<string, unknown>>;

describe.each(['engine', 'supplyData'] as const)('called by an agent (%s)', (via) => {
	it('returns sent, failed and unknown rows of a batch together, in the order of the recipients', async () => {
		const recipients = listOf(['13800000001', '13800000024', '13800000002', '']);
		service.sandbox.fault({ kind: 'dropRows', indexes: [2] });
		const { text, error } = await service.jsms.runAsTool(batch, { recipients }, { via });
		expect(error).toBeUndefined();
		expect(read(text).map(({ status, mobile, error_code }) => [status, mobile, error_code])).toEqual([
			['sent', '13800000001', undefined],
			['failed', '13800000024', 50024],
			['unknown', '13800000002', undefined],
			['failed', '', undefined],
		]);
	});

	it('sends to ten people at most per call unless a person allows more', async () => {
		const { text, error } = await service.jsms.runAsTool(batch, { recipients: listOf(numbers(11)) }, { via });
		expect(`${text} ${error?.message}`).toContain('This call names 11 recipients; at most 10 are allowed per call');
		expect(service.calls).toEqual([]);
		const allowed = await service.jsms.runAsTool(
			{ ...batch, options: { maxRecipients: 11 } },
			{ recipients: listOf(numbers(11)) },
			{ via },
		);
		expect(read(allowed.text)).toHaveLength(11);
		expect(service.reached).toEqual(numbers(11));
	});

	it('returns the result of a single send', async () => {
		const send = {
			resource: 'message',
			operation: 'send',
			mobile: "={{ $fromAI('phone', '', 'string') }}",
			templateId: 1250,
			...pairs({ number: '1' }),
		};
		const { text } = await service.jsms.runAsTool(send, { phone: '13800000001' }, { via });
		expect(read(text)).toEqual([{ msg_id: service.sandbox.ledger[0].msg_id, mobile: '13800000001', temp_id: 1250 }]);
	});

	it('runs an operation that its menus do not offer, as a workflow may have been saved with it', async () => {
		const deletion = {
			resource: 'schedule',
			operation: 'delete',
			scheduleId: "={{ $fromAI('schedule', '', 'string') }}",
		};
		await service.jsms.runNode({
			resource: 'schedule',
			operation: 'create',
			sendTime: new Date(Date.now() + 7200_000).toISOString(),
			mobile: '13800000001',
			templateId: 1250,
			...pairs({ number: '1' }),
		});
		const [{ schedule_id: schedule }] = service.sandbox.schedules.list();
		const { text } = await service.jsms.runAsTool(deletion, { schedule: String(schedule) }, { via });
		expect(read(text)).toEqual([{ deleted: true, schedule_id: schedule }]);
	});

	it('says in words what was refused', async () => {
		const { text, error } = await service.jsms.runAsTool(
			{
				resource: 'verificationCode',
				operation: 'sendText',
				mobile: "={{ $fromAI('phone', '', 'string') }}",
				templateId: 1,
			},
			{ phone: '13800000024' },
			{ via },
		);
		expect(`${text} ${error?.message}`).toContain(
			'138****0024: this number has unsubscribed (50024 unsubscribed mobile)',
		);
	});

	it('never shows the keys to the agent', async () => {
		const { text, run } = await service.jsms.runAsTool(batch, { recipients: listOf(['13800000024']) }, { via });
		const { masterSecret } = keysOf('').jSmsApi;
		expect(text).not.toContain(masterSecret);
		expect(JSON.stringify(run.data.resultData)).not.toContain(masterSecret);
	});
});

it('has no such limit in a workflow', async () => {
	const run = await service.jsms.runNode({ ...batch, recipients: JSON.stringify(listOf(numbers(12))) });
	expect(run.status).toBe('success');
	expect(service.reached).toHaveLength(12);
});
