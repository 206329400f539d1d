import { jsonOf, people, saidAbove, useService } from './service';

/** A reference to a node that does not exist fails every row: the editor says so once, above the output. */
const service = useService();
const batch = { resource: 'message', operation: 'sendBatch', mobile: '={{ $json.phone }}', templateId: 1250 };
const withNumber = (value: string) => ({
	...batch,
	parameterMode: 'pairs',
	parameters: { parameter: [{ name: 'number', value }] },
});
const SAID = "refers to the node 'Contacts' that does not exist in this workflow";

it.each([
	["={{ $('Contacts').item.json.no }}"],
	["=No {{ $('Contacts').item.json.no }}"],
	["={{ $('Contacts').first().json.no.trim() }}"],
	["={{ $node['Contacts'].json.no }}"],
	["={{ $items('Contacts')[0].json.no }}"],
])('says it once for a parameter that is %s', async (value) => {
	const run = await service.jsms.runNode(
		withNumber(value) as never,
		people('13800000001', '13800000002', '13800000003'),
	);
	expect(jsonOf(run, 1)).toHaveLength(3);
	expect(saidAbove(run).filter((hint) => hint.includes(SAID))).toEqual([
		expect.stringMatching(/^'Parameters, row 1' /),
	]);
	expect(service.calls).toEqual([]);
});

it('says it for the number, and for single sends that go on', async () => {
	const mobile = "={{ $('Contacts').item.json.phone }}";
	const lost = await service.jsms.runNode({ ...withNumber('1'), mobile } as never, people('1', '2'));
	expect(saidAbove(lost)).toContain(
		`'Mobile Number' ${SAID}, so it cannot be read for any item. Open the field and choose a node that exists.`,
	);
	const single = { ...withNumber('1'), operation: 'send', mobile };
	const run = await service.jsms.runNode(single as never, people('1', '2'), { onError: 'continueRegularOutput' });
	expect(saidAbove(run).filter((hint) => hint.includes(SAID))).toHaveLength(1);
});

it('says nothing about an expression that fails for another reason', async () => {
	const run = await service.jsms.runNode(withNumber('={{ $json.no.trim() }}') as never, people('13800000001'));
	expect(jsonOf(run, 1)).toHaveLength(1);
	expect(saidAbove(run).some((hint) => hint.includes('does not exist'))).toBe(false);
});
