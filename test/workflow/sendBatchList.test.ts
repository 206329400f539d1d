import { errorOf, outputsOf } from '../support/engine';
import { JSMS } from '../support/jsms';
import { jsonOf, useService } from './service';

/** Recipients from a list: each item carries a whole list. */
const service = useService();
const batch = { resource: 'message', operation: 'sendBatch', recipientsFrom: 'list', templateId: 1250 };
const ANNA = { mobile: '13800000001', temp_para: { number: '1' } };
const BEN = { mobile: '+86 138 0000 0002', temp_para: { number: 2 } };

it.each([
	['JSON text', JSON.stringify([ANNA, BEN])],
	['a real list of an expression', '={{ $json.list }}'],
	['JSON text of an expression', '={{ JSON.stringify($json.list) }}'],
])('sends to everyone in %s', async (_, recipients) => {
	const run = await service.jsms.runNode({ ...batch, recipients }, [{ list: [ANNA, BEN] }]);
	expect(errorOf(run)).toBeUndefined();
	expect(service.bodies).toEqual([
		{
			temp_id: 1250,
			recipients: [
				{ mobile: '13800000001', temp_para: { number: '1' } },
				{ mobile: '13800000002', temp_para: { number: '2' } },
			],
		},
	]);
	expect(outputsOf(run, JSMS)[0].map(({ json, pairedItem }) => [json.mobile, pairedItem])).toEqual([
		['13800000001', { item: 0 }],
		['13800000002', { item: 0 }],
	]);
});

it('joins the lists of several items into one request and keeps the item of each recipient', async () => {
	const items = [
		{ list: [ANNA] },
		{
			list: [
				{ ...ANNA, mobile: '13800000003' },
				{ ...ANNA, mobile: '13800000004' },
			],
		},
	];
	const run = await service.jsms.runNode({ ...batch, recipients: '={{ $json.list }}' }, items);
	expect(service.calls).toHaveLength(1);
	expect(outputsOf(run, JSMS)[0].map(({ json, pairedItem }) => [json.mobile, pairedItem])).toEqual([
		['13800000001', { item: 0 }],
		['13800000003', { item: 1 }],
		['13800000004', { item: 1 }],
	]);
});

it('fails bad entries alone, naming them', async () => {
	const list = [
		ANNA,
		{ mobile: '' },
		{ temp_para: {} },
		'text',
		null,
		{ mobile: ['13800000005'] },
		{ mobile: '13800000005', temp_para: { number: null } },
		{ ...ANNA, mobile: '13800000007' },
	];
	const run = await service.jsms.runNode({ ...batch, recipients: '={{ $json.list }}' }, [{ list }] as never);
	expect(service.reached).toEqual(['13800000001', '13800000007']);
	expect(jsonOf(run, 1).map(({ mobile, error_message, temp_id }) => [mobile, error_message, temp_id])).toEqual([
		['', "The mobile of recipient 2 in 'Recipients' is empty", 1250],
		['', "The mobile of recipient 3 in 'Recipients' is empty", 1250],
		['text', "Recipient 4 of 'Recipients' contains no phone number", 1250],
		['', "Recipient 5 of 'Recipients' is nothing instead of an object or a number", 1250],
		['', "The mobile of recipient 6 in 'Recipients' holds a list instead of one number", 1250],
		['13800000005', expect.stringMatching(/^Template parameter 'number' .+$/), 1250],
	]);
});

it.each([
	['[]', "'Recipients' is an empty list"],
	['={{ [] }}', "'Recipients' is an empty list"],
	['[{"mobile":', expect.stringMatching(/^'Recipients' is not a valid list \(.+\)$/)],
	['{"mobile":"13800000001"}', "'Recipients' holds an object instead of a list"],
	['={{ 5 }}', "'Recipients' holds the number 5 instead of a list"],
	['={{ null }}', "'Recipients' holds nothing instead of a list"],
])('gives one failed row for a list that is %s, and nothing is sent', async (recipients, sentence) => {
	const run = await service.jsms.runNode({ ...batch, recipients });
	expect(errorOf(run)).toBeUndefined();
	expect(outputsOf(run, JSMS)).toMatchObject([
		[],
		[{ json: { status: 'failed', mobile: '', error_message: sentence }, pairedItem: { item: 0 } }],
		[],
	]);
	expect(service.calls).toEqual([]);
});

it('sends the list of one item although that of another is broken', async () => {
	const run = await service.jsms.runNode({ ...batch, recipients: '={{ $json.list }}' }, [
		{ list: 'broken' },
		{ list: [ANNA] },
	] as never);
	expect([0, 1, 2].map((output) => jsonOf(run, output).length)).toEqual([1, 1, 0]);
	expect(service.reached).toEqual(['13800000001']);
});

it('takes recipients without parameters where the template has none', async () => {
	const run = await service.jsms.runNode({
		...batch,
		templateId: 2002,
		recipients: '[{"mobile":"13800000001"},{"mobile":13800000002}]',
	});
	expect(jsonOf(run).map(({ mobile, temp_para }) => [mobile, temp_para])).toEqual([
		['13800000001', {}],
		['13800000002', {}],
	]);
});

it('checks parameters first where asked to, one read of the template for all', async () => {
	const list = [ANNA, { mobile: '13800000002', temp_para: { other: '2' } }, { mobile: '13800000003' }];
	const run = await service.jsms.runNode({ ...batch, recipients: JSON.stringify(list), options: { checkFirst: true } });
	expect(service.calls).toEqual(['GET /templates/1250', 'POST /messages/batch']);
	expect((service.bodies[0].recipients as unknown[]).length).toBe(1);
	expect(jsonOf(run, 1).map(({ mobile, error_message, error_code }) => [mobile, error_message, error_code])).toEqual([
		['13800000002', expect.stringContaining("'number' is missing"), undefined],
		['13800000003', expect.stringContaining("'number' is missing"), undefined],
	]);
});
