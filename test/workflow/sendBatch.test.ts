import { isRecord } from '../../nodes/JSms/model/json';
import { errorOf, hintsOf, outputsOf, takeLogs } from '../support/engine';
import { JSMS } from '../support/jsms';
import { jsonOf, numbers, pairs, people, useService } from './service';

const service = useService();
const batch = {
	resource: 'message',
	operation: 'sendBatch',
	mobile: '={{ $json.phone }}',
	templateId: 1250,
	...pairs({ number: '={{ $json.no }}' }),
};
const withNumber = (...phones: string[]) => phones.map((phone, index) => ({ phone, no: String(index + 1) }));
const countsOf = (run: Parameters<typeof jsonOf>[0]) => [0, 1, 2].map((output) => jsonOf(run, output).length);

it('gives every recipient one row, on the output of its result, with the item it came from', async () => {
	const run = await service.jsms.runNode(batch, [
		{ phone: '13800000001', no: '741627' },
		{ phone: '13800000006', no: '147721' },
		{ phone: '+86 138-0000-0002', no: 5 },
	]);
	expect(errorOf(run)).toBeUndefined();
	const [first, second] = service.sandbox.ledger;
	const [sent, failed, unknown] = outputsOf(run, JSMS);
	expect(sent).toEqual([
		{
			json: {
				status: 'sent',
				mobile: '13800000001',
				msg_id: first.msg_id,
				temp_id: 1250,
				temp_para: { number: '741627' },
			},
			pairedItem: { item: 0 },
		},
		{
			json: { status: 'sent', mobile: '13800000002', msg_id: second.msg_id, temp_id: 1250, temp_para: { number: '5' } },
			pairedItem: { item: 2 },
		},
	]);
	expect(failed).toEqual([
		{
			json: {
				status: 'failed',
				mobile: '13800000006',
				error_code: 50006,
				error_message: 'The mobile number is not valid (50006 invalid mobile)',
				error_hint: 'Use an 11-digit mainland China number, one number per item.',
				safe_to_retry: false,
				msg_id: expect.stringMatching(/^\d+$/) as string,
				temp_id: 1250,
				temp_para: { number: '147721' },
			},
			pairedItem: { item: 1 },
		},
	]);
	expect(unknown).toEqual([]);
	expect(Object.keys(sent[0].json)).toEqual(['status', 'mobile', 'msg_id', 'temp_id', 'temp_para']);
	expect(Object.keys(failed[0].json)).toEqual([
		'status',
		'mobile',
		'error_code',
		'error_message',
		'error_hint',
		'safe_to_retry',
		'msg_id',
		'temp_id',
		'temp_para',
	]);
	expect(service.bodies).toEqual([
		{
			temp_id: 1250,
			recipients: [
				{ mobile: '13800000001', temp_para: { number: '741627' } },
				{ mobile: '13800000006', temp_para: { number: '147721' } },
				{ mobile: '13800000002', temp_para: { number: '5' } },
			],
		},
	]);
});

it('sends 2,500 recipients with three requests, each of them once, in the order of the input', async () => {
	const phones = numbers(2500);
	const run = await service.jsms.runNode({ ...batch, ...pairs({ number: '1' }) }, people(...phones));
	expect(jsonOf(run).map(({ mobile }) => mobile)).toEqual(phones);
	expect(countsOf(run)).toEqual([2500, 0, 0]);
	expect(service.calls).toEqual(new Array(3).fill('POST /messages/batch'));
	expect(service.bodies.map(({ recipients }) => (recipients as unknown[]).length).sort()).toEqual([1000, 1000, 500]);
	expect([...service.reached].sort()).toEqual(phones);
	expect(hintsOf(run, JSMS)).toEqual([
		{ message: '2500 sent, 0 failed, 0 unknown', type: 'info', location: 'outputPane' },
	]);
});

it('sends no more recipients per request than asked for', async () => {
	const run = await service.jsms.runNode({ ...batch, options: { batchSize: 2 } }, withNumber(...numbers(5)));
	expect(countsOf(run)).toEqual([5, 0, 0]);
	expect(service.bodies.map(({ recipients }) => (recipients as unknown[]).length).sort()).toEqual([1, 2, 2]);
});

it('groups items by template, signature and tag, each given per item', async () => {
	const kinds = [
		{ template: 1250, signature: '', tag: '' },
		{ template: 2002, signature: '', tag: '' },
		{ template: 1250, signature: 37002, tag: '' },
		{ template: 1250, signature: 37002, tag: 'spring' },
	];
	const items = numbers(8).map((phone, index) => ({ phone, no: '1', ...kinds[index % 4] }));
	const run = await service.jsms.runNode(
		{
			...batch,
			templateId: '={{ $json.template }}',
			options: { signatureId: '={{ $json.signature }}', tag: '={{ $json.tag }}', concurrency: 1 },
		},
		items,
	);
	expect(countsOf(run)).toEqual([8, 0, 0]);
	expect(jsonOf(run).map(({ mobile }) => mobile)).toEqual(items.map(({ phone }) => phone));
	expect(service.bodies).toEqual(
		kinds.map(({ template, signature, tag }, kind) => ({
			temp_id: template,
			...(signature !== '' && { sign_id: signature }),
			...(tag !== '' && { tag }),
			recipients: [kind, kind + 4].map((item) => ({ mobile: items[item].phone, temp_para: { number: '1' } })),
		})),
	);
});

it('keeps one bad row among many from blocking the others', async () => {
	const phones = [...numbers(40), '13800000024', ...numbers(80).slice(40)];
	const run = await service.jsms.runNode({ ...batch, ...pairs({ number: '1' }) }, people(...phones));
	expect(countsOf(run)).toEqual([80, 1, 0]);
	expect(jsonOf(run, 1)).toMatchObject([{ mobile: '13800000024', error_code: 50024, safe_to_retry: false }]);
	expect(service.calls).toHaveLength(1);
});

describe('recipients that cannot be right', () => {
	const items = [
		{ phone: '13800000001', no: '1' },
		{ phone: '', no: '2' },
		{ phone: ['13800000002', '13800000003'], no: '3' },
		{ phone: '13800000004', no: null },
		{ phone: '13800000005,13800000007', no: '5' },
		{ phone: '13800000008', no: { a: 1 } },
		{ phone: '13800000010', no: '7' },
	] as never;

	it('fail with a sentence naming item and field; they are left out of the request, the others are sent', async () => {
		const run = await service.jsms.runNode(batch, items);
		expect(errorOf(run)).toBeUndefined();
		expect(service.reached).toEqual(['13800000001', '13800000010']);
		const [, failed] = outputsOf(run, JSMS);
		expect(failed.map(({ json, pairedItem }) => [json.mobile, json.error_message, pairedItem])).toEqual([
			['', "'Mobile Number' is empty", { item: 1 }],
			['', "'Mobile Number' holds a list instead of one number", { item: 2 }],
			['13800000004', expect.stringMatching(/^Template parameter 'number' .+$/), { item: 3 }],
			['13800000005,13800000007', "'Mobile Number' holds 2 numbers", { item: 4 }],
			['13800000008', "Template parameter 'number' holds an object instead of a text", { item: 5 }],
		]);
		for (const { json } of failed) expect(json).not.toHaveProperty('error');
	});

	it('keep the parameters that were given, so that the row can be mended and fed back', async () => {
		const run = await service.jsms.runNode(batch, [
			{ phone: '', no: '2' },
			{ phone: '13800000001', no: '1' },
		]);
		expect(jsonOf(run, 1)).toMatchObject([{ mobile: '', temp_id: 1250, temp_para: { number: '2' } }]);
	});

	it('stand alone in a run without throwing: nothing is wrong with the workflow', async () => {
		const run = await service.jsms.runNode(batch, [{ phone: '', no: '1' }]);
		expect(errorOf(run)).toBeUndefined();
		expect(countsOf(run)).toEqual([0, 1, 0]);
		expect(service.calls).toEqual([]);
	});
});

it('fails the items whose template ID cannot be right, and sends the others', async () => {
	const items = [1250, 'abc', 0, 1.5, 1250].map((template, index) => ({ phone: numbers(5)[index], no: '1', template }));
	const run = await service.jsms.runNode({ ...batch, templateId: '={{ $json.template }}' }, items);
	expect(errorOf(run)).toBeUndefined();
	expect(countsOf(run)).toEqual([2, 3, 0]);
	expect(jsonOf(run, 1)[0].error_message).toBe("'Template ID' must be a whole number of 1 or more, not the text 'abc'");
});

it('fails the item whose tag is too long', async () => {
	const run = await service.jsms.runNode({ ...batch, options: { tag: '={{ $json.tag }}' } }, [
		{ phone: '13800000001', no: '1', tag: 'elevenchars' },
		{ phone: '13800000002', no: '1', tag: 'spring' },
	]);
	expect(jsonOf(run, 1)).toMatchObject([{ mobile: '13800000001', error_message: "'Tag' has 11 characters" }]);
	expect(service.sandbox.ledger.map(({ mobile, tag }) => [mobile, tag])).toEqual([['13800000002', 'spring']]);
});

it('feeds failed rows back as they are', async () => {
	service.sandbox.settings.optedOut = ['13800000002'];
	service.sandbox.settings.optOutApplies = 'all';
	const first = await service.jsms.runNode(
		{ ...batch, ...pairs({ number: '={{ $json.no }}' }) },
		withNumber('13800000001', '13800000002'),
	);
	const rows = jsonOf(first, 1);
	expect(rows).toMatchObject([{ mobile: '13800000002', error_code: 50024 }]);
	service.sandbox.settings.optedOut = [];
	const second = await service.jsms.runNode(
		{
			resource: 'message',
			operation: 'sendBatch',
			mobile: '={{ $json.mobile }}',
			templateId: '={{ $json.temp_id }}',
			parameterMode: 'json',
			parametersJson: '={{ $json.temp_para }}',
		},
		rows,
	);
	expect(jsonOf(second)).toMatchObject([
		{ status: 'sent', mobile: '13800000002', temp_id: 1250, temp_para: { number: '2' } },
	]);
});

describe('answers that are not as one expects', () => {
	const phones = numbers(6);
	const send = () => service.jsms.runNode({ ...batch, ...pairs({ number: '1' }) }, people(...phones));

	it('are matched although rows are reordered', async () => {
		service.sandbox.fault({ kind: 'reorderRows', order: 'shuffle' });
		const run = await send();
		const idOf = Object.fromEntries(service.sandbox.ledger.map(({ mobile, msg_id }) => [mobile, msg_id]));
		expect(jsonOf(run).map(({ mobile, msg_id }) => [mobile, msg_id])).toEqual(
			phones.map((mobile) => [mobile, idOf[mobile]]),
		);
	});

	it('make unknown the rows that are left out', async () => {
		service.sandbox.fault({ kind: 'dropRows', indexes: [1, 4] });
		const run = await send();
		expect(countsOf(run)).toEqual([4, 0, 2]);
		expect(jsonOf(run, 2)).toMatchObject(
			[phones[1], phones[4]].map((mobile) => ({ status: 'unknown', mobile, safe_to_retry: false })),
		);
	});

	it('have invented rows ignored and logged without a number', async () => {
		takeLogs();
		service.sandbox.fault({ kind: 'inventRows', count: 3, at: 'start' });
		const run = await send();
		expect(countsOf(run)).toEqual([6, 0, 0]);
		const warnings = takeLogs().filter(({ level }) => level === 'warn');
		expect(warnings.map(({ message }) => message)).toEqual([
			'The response of JSMS held 3 row(s) for numbers that were not in the request; they were ignored',
		]);
	});

	it('have their ids kept beyond 2^53', async () => {
		service.sandbox.fault({ kind: 'bigIds' });
		const run = await send();
		expect(jsonOf(run).map(({ msg_id }) => msg_id)).toEqual(service.sandbox.ledger.map(({ msg_id }) => msg_id));
	});

	it.each(['resetAfter', 'hangUpAfter', 'truncate', 'notJson', 'emptyBody', 'brokenJson', 'answerAfterAccepting'])(
		'make every row of that request unknown (%s), and nothing is sent twice',
		async (kind) => {
			service.sandbox.fault({ kind });
			const before = new Date().toISOString();
			const run = await send();
			const after = new Date().toISOString();
			expect(countsOf(run)).toEqual([0, 0, 6]);
			for (const { attempted_at: left } of jsonOf(run, 2)) {
				expect([before, left, after].map(String)).toEqual([before, left, after].map(String).sort());
			}
			expect(service.calls).toHaveLength(1);
			expect(service.reached).toEqual(phones);
			expect(jsonOf(run, 2)).toMatchObject(
				phones.map((mobile) => ({ status: 'unknown', mobile, safe_to_retry: false })),
			);
		},
	);

	it('that are too late make the rows unknown', async () => {
		service.sandbox.fault({ kind: 'neverAnswerAfter' });
		const run = await service.jsms.runNode(
			{ ...batch, ...pairs({ number: '1' }), options: { timeout: 300 } },
			people(...phones),
		);
		expect(countsOf(run)).toEqual([0, 0, 6]);
		expect(hintsOf(run, JSMS).map(({ type, message }) => [type, message])).toEqual([
			['warning', '0 sent, 0 failed, 6 unknown'],
			[
				'warning',
				'6 of the SMS may or may not have been sent. Open 发送记录 (send records) in the Jiguang console and look for these numbers before you send to them again.',
			],
		]);
	});

	it('for the same number with other parameters are told apart', async () => {
		const run = await service.jsms.runNode(batch, [
			{ phone: '13800000001', no: '1' },
			{ phone: '13800000001', no: '2' },
			{ phone: '13800000001', no: '【x】' },
		]);
		expect(countsOf(run)).toEqual([2, 1, 0]);
		expect(jsonOf(run, 1)).toMatchObject([{ error_code: 50054, temp_para: { number: '【x】' } }]);
		expect(jsonOf(run).map(({ msg_id, temp_para }) => [msg_id, temp_para])).toEqual(
			service.sandbox.ledger.map(({ msg_id, temp_para }) => [msg_id, temp_para]),
		);
	});
});

it('puts each request into words once, with Send Once Keys and without', async () => {
	const stringify = jest.spyOn(JSON, 'stringify');
	for (const options of [{}, { sendOnceKey: '={{ $json.no }}' }]) {
		stringify.mockClear();
		await service.jsms.runNode({ ...batch, options: { ...options, batchSize: 2 } }, withNumber(...numbers(4)));
		const bodies = stringify.mock.calls.filter(
			([value]) => isRecord(value) && 'temp_id' in value && 'recipients' in value,
		);
		expect(bodies).toHaveLength(2);
	}
	stringify.mockRestore();
});
