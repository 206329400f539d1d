import { errorOf } from '../support/engine';
import { jsonOf, numbers, useService } from './service';

/** Template parameters of a batch taken from the template's own fields. */
const service = useService();
const schema = ['name', 'order', 'date'].map((id) => ({
	id,
	displayName: id,
	type: 'string',
	display: true,
	required: true,
	defaultMatch: false,
}));
const base = {
	resource: 'message',
	operation: 'sendBatch',
	mobile: '={{ $json.phone }}',
	templateId: 2001,
	parameterMode: 'templateFields',
};
const automatic = (stored: unknown[]) => ({
	templateFields: { mappingMode: 'autoMapInputData', value: null, schema: stored },
});
const people = numbers(3).map((phone, index) => ({
	phone,
	name: `N${index}`,
	order: index,
	date: '5月4日',
	other: 'x',
}));
const paramsOf = (index: number) => ({ name: `N${index}`, order: String(index), date: '5月4日' });

it('maps each parameter as chosen', async () => {
	const value = { name: '={{ $json.name }}', order: '=No. {{ $json.order }}', date: 'today' };
	const run = await service.jsms.runNode(
		{ ...base, templateFields: { mappingMode: 'defineBelow', value, schema } } as never,
		people,
	);
	expect(jsonOf(run).map(({ temp_para }) => temp_para)).toEqual(
		[0, 1, 2].map((index) => ({ name: `N${index}`, order: `No. ${index}`, date: 'today' })),
	);
	expect(service.calls).toEqual(['POST /messages/batch']);
});

it.each([
	['with a stored schema, without asking for the template', schema, 2001, []],
	['without a stored schema, the template read once', [], 2001, ['GET /templates/2001']],
	[
		'with the template ID as expression, whose stored schema may be another one',
		schema,
		'={{ 2000 + 1 }}',
		['GET /templates/2001'],
	],
])('maps automatically %s', async (_, stored, templateId, reads) => {
	const run = await service.jsms.runNode({ ...base, templateId, ...automatic(stored) } as never, people);
	expect(errorOf(run)).toBeUndefined();
	expect(jsonOf(run).map(({ temp_para }) => temp_para)).toEqual([0, 1, 2].map(paramsOf));
	expect(service.calls).toEqual([...reads, 'POST /messages/batch']);
});

it.each([
	['with a stored schema', schema],
	['without a stored schema', []],
])('fails locally the items that lack a field (%s)', async (_, stored) => {
	const [first, second, third] = people;
	const lacking = { phone: second.phone, name: 'N1' };
	const run = await service.jsms.runNode({ ...base, ...automatic(stored) } as never, [first, lacking, third]);
	expect(jsonOf(run, 1)).toMatchObject([
		{ mobile: second.phone, error_message: "Template parameter 'order', 'date' is missing" },
	]);
	expect(service.reached).toEqual([first.phone, third.phone]);
});

it('reads each template once when the ID differs per item', async () => {
	const items = [
		{ ...people[0], template: 2001 },
		{ ...people[1], template: 3001 },
		{ ...people[2], template: 2001 },
	];
	const run = await service.jsms.runNode(
		{ ...base, templateId: '={{ $json.template }}', ...automatic([]) } as never,
		items,
	);
	expect(service.calls.filter((call) => call.startsWith('GET')).sort()).toEqual([
		'GET /templates/2001',
		'GET /templates/3001',
	]);
	expect(jsonOf(run).map(({ temp_para }) => temp_para)).toEqual([paramsOf(0), { name: 'N1' }, paramsOf(2)]);
});

it('stops the workflow with one sentence when the template cannot be read', async () => {
	const run = await service.jsms.runNode({ ...base, templateId: 9999, ...automatic([]) } as never, people);
	expect(errorOf(run)?.message).toBe(
		'Template 9999 could not be read: there is no template with this ID in the application (50013 invalid temp_id)',
	);
	expect(service.calls).toEqual(['GET /templates/9999']);
});

it('checks parameters first where asked to: nothing is sent for items that lack one', async () => {
	const parameters = {
		...base,
		parameterMode: 'json',
		parametersJson: '={{ JSON.stringify($json.params) }}',
		options: { checkFirst: true },
	};
	const items = [
		{ phone: people[0].phone, params: paramsOf(0) },
		{ phone: people[1].phone, params: { name: 'N1' } },
	];
	const run = await service.jsms.runNode(parameters, items);
	expect(jsonOf(run, 1)).toMatchObject([
		{
			mobile: people[1].phone,
			error_message: "Template parameter 'order', 'date' is missing",
			temp_para: { name: 'N1' },
		},
	]);
	expect(service.calls).toEqual(['GET /templates/2001', 'POST /messages/batch']);
	expect(service.reached).toEqual([people[0].phone]);
});

it('reads the template again after a fault of the service: reading does no harm', async () => {
	service.sandbox.fault({ kind: 'answer', status: 502, body: '<html>', method: 'GET' });
	const run = await service.jsms.runNode({ ...base, ...automatic([]) } as never, people);
	expect(jsonOf(run)).toHaveLength(3);
	expect(service.calls.filter((call) => call.startsWith('GET'))).toHaveLength(2);
});
