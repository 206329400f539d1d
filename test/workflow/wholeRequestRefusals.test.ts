import { notSentBecause } from '../../nodes/JSms/model/cause';
import { errorOf, hintsOf } from '../support/engine';
import { JSMS } from '../support/jsms';
import { jsonOf, numbers, pairs, people, useService } from './service';

/** Refusals of a whole batch request: those that concern everybody, a template, or a row in it. */
const service = useService();
const batch = {
	resource: 'message',
	operation: 'sendBatch',
	mobile: '={{ $json.phone }}',
	templateId: 1250,
	...pairs({ number: '1' }),
};
const small = { batchSize: 2, concurrency: 1 };
const countsOf = (run: Parameters<typeof jsonOf>[0]) => [0, 1, 2].map((output) => jsonOf(run, output).length);

describe('that concern everybody', () => {
	it.each([
		[50002, 'auth failed', 'JSMS did not accept the keys'],
		[50008, 'no sms code auth', 'The SMS service is not activated for this application'],
		[50014, 'no money', 'The SMS balance is used up'],
		[50035, 'illegal IP', 'The IP address of this n8n is not on the allow-list of the application'],
		[50036, 'app in black', 'Jiguang has blocked the application'],
	])('%d stop the rest and say that it was not attempted', async (code, message, meaning) => {
		service.sandbox.fault({ kind: 'answer', code, after: 1, times: 'always' });
		const run = await service.jsms.runNode({ ...batch, options: small }, people(...numbers(6)));
		expect(service.calls).toHaveLength(2);
		expect(countsOf(run)).toEqual([2, 4, 0]);
		expect(jsonOf(run, 1)).toMatchObject([
			...new Array(2).fill({ error_code: code, error_message: `${meaning} (${code} ${message})`, safe_to_retry: true }),
			...new Array(2).fill({
				error_message: notSentBecause({ message: `${meaning} (${code} ${message})`, hint: '' }),
				safe_to_retry: true,
			}),
		]);
	});

	it('stop the workflow when nothing was sent to anybody', async () => {
		const keys = {
			jSmsApi: {
				...service.keys.jSmsApi,
				appKey: 'exampleappkey00000000006',
				masterSecret: 'dummymastersecret0000006',
			},
		};
		const run = await service.jsms.runNode({ ...batch, options: small }, people(...numbers(6)), {}, keys);
		expect(errorOf(run)).toMatchObject({
			name: 'NodeApiError',
			message: 'The SMS balance is used up (50014 no money)',
			description:
				'Top up the balance in the Jiguang console (费用中心 > 资源管理 > 短信). Nothing was sent to anybody.',
		});
		expect(service.calls).toHaveLength(1);
	});

	it('show a hint when the balance is used up', async () => {
		service.sandbox.fault({ kind: 'answer', code: 50014, after: 1, times: 'always' });
		const run = await service.jsms.runNode({ ...batch, options: small }, people(...numbers(4)));
		expect(hintsOf(run, JSMS).map(({ message }) => message)).toEqual([
			'2 sent, 2 failed (2 balance used up), 0 unknown',
			'The SMS balance is used up. Top it up in the Jiguang console (费用中心 > 资源管理 > 短信), then send the rows of the Failed output again.',
		]);
	});
});

describe('that concern a template', () => {
	const items = numbers(6).map((phone, index) => ({ phone, template: index % 2 === 0 ? 9999 : 1250 }));

	it('stop that template only', async () => {
		const run = await service.jsms.runNode(
			{ ...batch, templateId: '={{ $json.template }}', options: { batchSize: 1, concurrency: 1 } },
			items,
		);
		expect(countsOf(run)).toEqual([3, 3, 0]);
		expect(service.calls).toHaveLength(4);
		expect(jsonOf(run, 1)).toMatchObject([
			{ mobile: items[0].phone, error_code: 50013, temp_id: 9999 },
			{
				mobile: items[2].phone,
				error_message: 'Not sent: there is no template with this ID in the application (50013 invalid temp_id)',
				temp_id: 9999,
			},
			{
				mobile: items[4].phone,
				error_message: 'Not sent: there is no template with this ID in the application (50013 invalid temp_id)',
				temp_id: 9999,
			},
		]);
	});

	it.each([
		[9999, 'There is no template with this ID in the application (50013 invalid temp_id)'],
		[4001, 'The template is still under review (50020 template auditing)'],
		[4002, 'The template was rejected in review (50021 template not pass)'],
	])('stop the workflow when it is the only one (%d)', async (templateId, message) => {
		const run = await service.jsms.runNode({ ...batch, templateId }, people(...numbers(3)));
		expect(errorOf(run)?.message).toBe(message);
		expect(service.calls).toHaveLength(1);
	});

	it('include a signature that does not exist', async () => {
		const run = await service.jsms.runNode({ ...batch, options: { signatureId: 99 } }, people(...numbers(3)));
		expect(errorOf(run)?.message).toBe('There is no signature with this ID in the application (50102 invalid sign id)');
	});
});

describe('for one bad row', () => {
	it.each([50006, 50022, 50023, 50024, 50037, 50054])('%d are split until the bad rows stand alone', async (code) => {
		service.sandbox.settings.wholeRequestCodes = [code];
		service.sandbox.settings.optOutApplies = 'all';
		const phones = numbers(64);
		service.sandbox.settings.optedOut = [phones[20]];
		const bad: Record<number, { phone?: string; no?: unknown; template?: number }> = {
			50006: { phone: '12345' },
			50022: { no: undefined },
			50023: { no: '' },
			50024: {},
			50037: { no: 'exampleblackword' },
			50054: { no: '【x】' },
		};
		const items = phones.map((phone, index) => ({ phone, no: '1', ...(index === 20 && bad[code]) }));
		const parametersJson = '={{ JSON.stringify({ number: $json.no }) }}';
		const run = await service.jsms.runNode({ ...batch, parameterMode: 'json', parametersJson }, items as never);
		expect(errorOf(run)).toBeUndefined();
		expect(countsOf(run)).toEqual([63, 1, 0]);
		expect(jsonOf(run, 1)).toMatchObject([{ mobile: items[20].phone, error_code: code, safe_to_retry: false }]);
		expect([...service.reached].sort()).toEqual(phones.filter((_, index) => index !== 20));
		expect(service.calls.length).toBeGreaterThan(1);
		expect(service.calls.length).toBeLessThanOrEqual(1 + 2 * 6);
	});

	it('are split where all are bad without asking for ever', async () => {
		service.sandbox.settings.wholeRequestCodes = [50037];
		const run = await service.jsms.runNode(
			{ ...batch, ...pairs({ number: 'exampleblackword' }) },
			people(...numbers(300)),
			// Never saved, so without n8n's store of what was started: noting each of many requests there takes its time.
			{ run: { workflowId: '' } },
		);
		expect(countsOf(run)).toEqual([0, 300, 0]);
		expect(service.reached).toEqual([]);
		expect(service.calls.length).toBeLessThanOrEqual(1 + 20 * 9);
	});
});
