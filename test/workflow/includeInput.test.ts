import { JSMS } from '../support/jsms';
import { outputsOf } from '../support/engine';
import { arrivedAt, jsonOf, pairs, useService } from './service';

/** "Include Input": the data of the input item is at hand behind the send. */
const service = useService();
const items = [
	{ phone: '13800000001', customer: { id: 'C-1' } },
	{ phone: '13800000006', customer: { id: 'C-2' } },
];
const parameters = {
	resource: 'message',
	mobile: '={{ $json.phone }}',
	templateId: 1250,
	...pairs({ number: '1' }),
	options: { includeInput: true },
};

it('adds it to the results of single operations, and to error items under "Continue"', async () => {
	const run = await service.jsms.runNode({ ...parameters, operation: 'send' }, items, {
		onError: 'continueRegularOutput',
	});
	expect(jsonOf(run)).toEqual([
		{ msg_id: service.sandbox.ledger[0].msg_id, mobile: '13800000001', temp_id: 1250, input: items[0] },
		{
			error: expect.any(String) as string,
			details: expect.objectContaining({ code: 50006 }) as object,
			input: items[1],
		},
	]);
});

it('leaves the shape of items for the error output alone, where n8n adds the input by itself', async () => {
	const run = await service.jsms.runNode({ ...parameters, operation: 'send' }, items, {
		onError: 'continueErrorOutput',
	});
	expect(arrivedAt(run, 0)).toMatchObject([{ mobile: '13800000001', input: items[0] }]);
	expect(arrivedAt(run, 1)).toEqual([
		{
			...items[1],
			error: expect.any(String) as string,
			details: expect.objectContaining({ code: 50006 }) as object,
		},
	]);
});

it('adds it to every row of a batch, behind all else', async () => {
	service.sandbox.fault({ kind: 'dropRows', indexes: [0] });
	const run = await service.jsms.runNode({ ...parameters, operation: 'sendBatch', recipientsFrom: 'inputItems' }, [
		...items,
		{ phone: '', customer: { id: 'C-3' } },
	]);
	const rows = outputsOf(run, JSMS).flatMap((output) => output ?? []);
	expect(rows).toHaveLength(3);
	const customerOf = ({ json }: (typeof rows)[number]) => (json.input as (typeof items)[number]).customer.id;
	for (const row of rows) {
		expect(Object.keys(row.json).at(-1)).toBe('input');
		expect(customerOf(row)).toBe(`C-${(row.pairedItem as { item: number }).item + 1}`);
	}
});

it('is off unless asked for', async () => {
	const run = await service.jsms.runNode({ ...parameters, operation: 'send', options: {} }, items.slice(0, 1));
	expect(jsonOf(run)).toEqual([{ msg_id: service.sandbox.ledger[0].msg_id, mobile: '13800000001', temp_id: 1250 }]);
});
