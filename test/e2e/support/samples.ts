import { closeLoop } from '../../../scripts/demo/loop';
import { CALLBACK_PATH, CALLED_BACK } from '../../../scripts/demo/setup';
import { submit, textOf } from './forms';
import { JSMS, importWorkflow, runJsms } from './workflows';
import type { Instance } from './instance';

/** The form of the second sample of `npm start`, filled in as a browser does. */
export function describeSamples(get: () => Instance) {
	describe('sample workflow: verify a phone number', () => {
		const sample = 'scripts/demo/verification.workflow.json';
		let start: string;
		beforeAll(async () => {
			await get().client.activate(await importWorkflow(get(), sample), ['/form/jsms-demo-verify']);
			start = `${get().client.url}/form/jsms-demo-verify`;
		});
		beforeEach(() => get().sandbox.reset());

		test('the code from the SMS confirms the number', async () => {
			const page = await submit(start, '13800005101');
			const [{ code, mobile }] = get().sandbox.ledger;
			expect(mobile).toBe('13800005101');
			expect(await lastPage(page, code)).toContain('Your number is confirmed');
		});

		test('another code does not, and says why', async () => {
			const page = await submit(start, '13800005101');
			const wrong = get().sandbox.ledger[0].code === '111111' ? '222222' : '111111';
			const text = await lastPage(page, wrong);
			expect(text).toContain('That code is wrong');
			expect(text).toContain('invalid');
		});

		test('a number that is refused gets no second page', async () => {
			const page = await submit(start, '13800000006');
			expect(await textOf(page)).toContain('We could not send you a code');
			expect(get().sandbox.ledger).toEqual([]);
		});
	});
}

/** The third sample of `npm start`. */
export function describeCampaign(get: () => Instance) {
	test('sample workflow: two campaigns are scheduled, one is canceled, the other goes out', async () => {
		const { client, sandbox } = get();
		sandbox.reset();
		const saved = await importWorkflow(get(), 'scripts/demo/campaign.workflow.json');
		const execution = await client.run(saved, 'Start');
		expect(execution.error).toBeUndefined();
		// Their requests leave together, so that either can arrive first.
		const schedules = sandbox.schedules.list().sort((a, b) => a.at - b.at);
		expect(schedules.map(({ status, recipients }) => [status, recipients.length])).toEqual([
			['waiting', 2],
			['deleted', 2],
		]);
		expect(execution.json('Cancel')).toEqual([{ deleted: true, schedule_id: schedules[1].schedule_id }]);
		sandbox.advance(5 * 60_000);
		expect(sandbox.ledger.map(({ mobile }) => mobile)).toEqual(['13800000301', '13800000302']);
	});
}

/** The fourth and the fifth sample of `npm start`: what comes back, by polling and by callbacks. */
export function describeLoop(get: () => Instance) {
	test('sample workflows: reports and replies come back by polling and by callbacks, and a missing one is noticed', async () => {
		const { client, sandbox, credentials } = get();
		sandbox.reset();
		const second = await client.createCredential({
			name: 'JSms sandbox, second application',
			type: 'jSmsApi',
			data: { appKey: CALLED_BACK, masterSecret: 'dummymastersecret0000004', baseUrl: sandbox.baseUrl },
		});
		const receipts = await importWorkflow(get(), 'scripts/demo/receipts.workflow.json');
		const callbacks = await importWorkflow(
			{ ...get(), credentials: { ...credentials, jSmsApi: second } },
			'scripts/demo/callbacks.workflow.json',
		);
		await client.activate(callbacks, [CALLBACK_PATH]);
		await sandbox.callbacks.set(client.url + CALLBACK_PATH, { appKey: CALLED_BACK, kinds: ['report', 'reply'] });
		const sent = await runJsms(get(), {
			...{ resource: 'message', operation: 'sendBatch', recipientsFrom: 'list', templateId: 2002 },
			recipients: '[{"mobile":"13800000001"},{"mobile":"13800004010"}]',
		});
		const rows = sent.json(JSMS);
		const lost = { mobile: '13900000000', msg_id: '0' };
		const cameBack = await closeLoop({ client, sandbox, workflows: { receipts, callbacks } }, [
			...(rows as Array<typeof lost>),
			lost,
		]);
		const shown = ({ event, phone, delivered }: { event?: string; phone?: string; delivered?: boolean }) =>
			[event, phone, delivered].filter((one) => one !== undefined);
		expect(cameBack.polled.map(shown)).toEqual([
			['reply', '13800000001'],
			['deliveryReport', '13800000001', true],
			['deliveryReport', '13800004010', false],
		]);
		expect(cameBack.called.map((items) => items.map(shown)).sort()).toEqual([
			[['deliveryReport', '13800000401', true]],
			[['deliveryReport', '13800004003', false]],
			[['reply', '13800000401']],
		]);
		expect(cameBack.problems).toEqual(['The report about 13900000000 came 0 times by poll.']);
		await client.deactivate(callbacks.id);
	});
}

async function lastPage(page: string, code = '') {
	return textOf(await submit(page, code));
}
