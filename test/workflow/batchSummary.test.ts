import { pairs, saidAbove, useService } from './service';

/** The line above the output of a batch counts its failures by cause, in words that people know. */
const service = useService();
const items = [
	{ phone: '13800000001', name: 'Li', key: '1' },
	{ phone: '', name: 'Li', key: '2' },
	{ phone: '13800000003', name: null, key: '3' },
	{ phone: '13800000024', name: 'Li', key: '4' },
];
const batch = {
	resource: 'message',
	operation: 'sendBatch',
	mobile: '={{ $json.phone }}',
	templateId: 1250,
	...pairs({ number: '={{ $json.name }}' }),
};

it('counts invalid numbers, missing data and refusals', async () => {
	const run = await service.jsms.runNode(batch, items);
	expect(saidAbove(run)).toEqual(['1 sent, 3 failed (1 invalid number, 1 missing data, 1 unsubscribed), 0 unknown']);
});

it('counts duplicates', async () => {
	const options = { duplicateRecipients: 'skip' };
	const run = await service.jsms.runNode({ ...batch, options }, [items[0], items[0], items[0]]);
	expect(saidAbove(run)).toEqual(['1 sent, 2 failed (2 duplicates skipped), 0 unknown']);
});

it('counts wrong expressions', async () => {
	const run = await service.jsms.runNode(
		{ ...batch, mobile: "={{ $json.name === 'Li' ? $json.phone : $('Nobody').item.json.phone }}" },
		[items[0], items[2]],
	);
	expect(saidAbove(run)[0]).toBe('1 sent, 1 failed (1 wrong expression), 0 unknown');
});

it('counts messages that were not sent because of what others met', async () => {
	service.sandbox.fault({ kind: 'answer', code: 50014, after: 1, times: 'always' });
	const options = { batchSize: 1, concurrency: 1 };
	const run = await service.jsms.runNode({ ...batch, options }, [
		items[0],
		{ ...items[0], phone: '13800000002' },
		{ ...items[0], phone: '13800000003' },
	]);
	expect(saidAbove(run)[0]).toBe('1 sent, 2 failed (1 balance used up, 1 not sent), 0 unknown');
});

it.each([
	[true, [items[1]], 1],
	[false, [items[1]], 0],
	[true, [items[0], items[1]], 0],
])('with Always Output Data %s warns of an item that stands for nobody', async (alwaysOutputData, input, warnings) => {
	const run = await service.jsms.runNode(batch, input, { alwaysOutputData });
	expect(saidAbove(run).filter((message) => message.startsWith("'Always Output Data' is on"))).toHaveLength(warnings);
});
