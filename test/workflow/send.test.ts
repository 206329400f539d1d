import { errorOf, outputsOf } from '../support/engine';
import { JSMS } from '../support/jsms';
import { jsonOf, pairs, people, useService } from './service';

const service = useService();
const send = {
	resource: 'message',
	operation: 'send',
	mobile: '={{ $json.phone }}',
	templateId: 1250,
	...pairs({ number: '={{ $json.no }}' }),
};
const items = [
	{ phone: '13800000001', no: '741627' },
	{ phone: '13800000002', no: 147721 },
];

it('sends a message to each item and returns its id as text', async () => {
	const run = await service.jsms.runNode(send, items);
	expect(errorOf(run)).toBeUndefined();
	const idOf = (mobile: string) => service.sandbox.ledger.find((entry) => entry.mobile === mobile)?.msg_id;
	expect(outputsOf(run, JSMS)).toEqual([
		items.map(({ phone }, item) => ({
			json: { msg_id: idOf(phone), mobile: phone, temp_id: 1250 },
			pairedItem: { item },
		})),
	]);
	expect(new Set(service.sandbox.ledger.map(({ text }) => text))).toEqual(
		new Set([
			'【示例科技】您的取件码是741627，请凭取件码到服务台领取包裹。',
			'【示例科技】您的取件码是147721，请凭取件码到服务台领取包裹。',
		]),
	);
});

it('keeps an id beyond 2^53 digit by digit', async () => {
	service.sandbox.fault({ kind: 'bigIds' });
	const run = await service.jsms.runNode(send, items.slice(0, 1));
	const [{ msg_id }] = service.sandbox.ledger;
	expect(Number.isSafeInteger(Number(msg_id))).toBe(false);
	expect(jsonOf(run)).toEqual([{ msg_id, mobile: '13800000001', temp_id: 1250 }]);
});

describe('the three ways to give parameters', () => {
	const schema = ['name', 'order', 'date'].map((id) => ({
		id,
		displayName: id,
		type: 'string',
		display: true,
		required: true,
		defaultMatch: false,
	}));
	const person = { phone: '13800000001', name: '王芳', order: 1042, date: '5月4日', other: 'x' };
	const base = { resource: 'message', operation: 'send', mobile: '={{ $json.phone }}', templateId: 2001 };
	const values = { name: '={{ $json.name }}', order: '={{ $json.order }}', date: '={{ $json.date }}' };

	it.each([
		['pairs', pairs(values)],
		[
			'json',
			{
				parameterMode: 'json',
				parametersJson: '={{ JSON.stringify({ name: $json.name, order: $json.order, date: $json.date }) }}',
			},
		],
		[
			'json as an object',
			{ parameterMode: 'json', parametersJson: '={{ { name: $json.name, order: $json.order, date: $json.date } }}' },
		],
		[
			'templateFields',
			{ parameterMode: 'templateFields', templateFields: { mappingMode: 'defineBelow', value: values, schema } },
		],
		[
			'templateFields, automatic',
			{ parameterMode: 'templateFields', templateFields: { mappingMode: 'autoMapInputData', value: null, schema } },
		],
	])('%s gives the same request', async (_, parameters) => {
		const run = await service.jsms.runNode({ ...base, ...parameters } as never, [person]);
		expect(errorOf(run)).toBeUndefined();
		expect(service.bodies).toEqual([
			{ mobile: '13800000001', temp_id: 2001, temp_para: { name: '王芳', order: '1042', date: '5月4日' } },
		]);
		expect(service.calls).toEqual(['POST /messages']);
	});

	it.each([
		['without a stored schema', 2001, []],
		['with the template ID as expression', '={{ 2000 + 1 }}', schema],
	])('automatic mapping %s reads the template once for all items', async (_, templateId, stored) => {
		const parameters = {
			parameterMode: 'templateFields',
			templateFields: { mappingMode: 'autoMapInputData', value: null, schema: stored },
		};
		const others = [person, { ...person, phone: '13800000002' }, { ...person, phone: '13800000003' }];
		const run = await service.jsms.runNode({ ...base, ...parameters, templateId } as never, others);
		expect(errorOf(run)).toBeUndefined();
		expect(service.calls).toEqual(['GET /templates/2001', ...new Array<string>(3).fill('POST /messages')]);
		expect(service.sandbox.ledger[0].temp_para).toEqual({ name: '王芳', order: '1042', date: '5月4日' });
	});

	it('names what is missing before anything is sent', async () => {
		const parameters = {
			parameterMode: 'templateFields',
			templateFields: { mappingMode: 'autoMapInputData', value: null, schema },
		};
		const run = await service.jsms.runNode({ ...base, ...parameters } as never, [
			{ phone: '13800000001', name: '王芳' },
		]);
		expect(errorOf(run)?.message).toBe("Template parameter 'order', 'date' is missing");
		expect(service.calls).toEqual([]);
	});
});

describe('checking parameters first', () => {
	const checked = { ...send, templateId: 2001, ...pairs({ name: '王芳' }), options: { checkFirst: true } };

	it('sends nothing when one is missing', async () => {
		const run = await service.jsms.runNode(checked, items);
		expect(errorOf(run)?.message).toBe("Template parameter 'order', 'date' is missing");
		expect(service.calls).toEqual(['GET /templates/2001']);
	});

	it('says that the template cannot be read', async () => {
		const run = await service.jsms.runNode({ ...checked, templateId: 9999 }, items);
		expect(errorOf(run)?.message).toBe(
			'Template 9999 could not be read: there is no template with this ID in the application (50013 invalid temp_id)',
		);
		expect(service.calls).toEqual(['GET /templates/9999']);
	});
});

it.each([
	[{ parameterMode: 'json', parametersJson: '{"number":' }, /^'Parameters \(JSON\)' is not valid JSON \(.+\)$/],
	[{ parameterMode: 'json', parametersJson: '[1]' }, /^'Parameters \(JSON\)' holds a list instead of an object$/],
	[pairs({ number: '={{ null }}' }), /^Template parameter 'number' is empty$/],
	[pairs({ number: '={{ { a: 1 } }}' }), /^Template parameter 'number' holds an object instead of a text$/],
	[pairs({ '': 'x' }), /^Template parameter 1 has no name$/],
])('asks nothing of the service for the parameters %j', async (parameters, sentence) => {
	const run = await service.jsms.runNode({ ...send, ...parameters }, items.slice(0, 1));
	expect(errorOf(run)).toMatchObject({ name: 'NodeOperationError', context: { itemIndex: 0 } });
	expect(errorOf(run)?.message).toMatch(sentence);
	expect(service.calls).toEqual([]);
});

it('passes the refusal of the service on, with what it means and what to do', async () => {
	const run = await service.jsms.runNode(send, people('13800000024'));
	expect(errorOf(run)).toMatchObject({
		name: 'NodeOperationError',
		message: "Template parameter 'number' is empty",
	});
	const refused = await service.jsms.runNode({ ...send, ...pairs({ number: '1' }) }, people('13800000024'));
	expect(errorOf(refused)).toMatchObject({
		name: 'NodeApiError',
		message: '138****0024: this number has unsubscribed (50024 unsubscribed mobile)',
		description: 'Take the number off your list.',
		httpCode: '403',
		context: { itemIndex: 0 },
	});
});

it('keeps the order of the items although several requests are under way', async () => {
	service.sandbox.fault({ kind: 'delay', ms: 100 });
	const phones = ['13800000001', '13800000002', '13800000003', '13800000004', '13800000005'];
	const run = await service.jsms.runNode(
		{ ...send, ...pairs({ number: '1' }), options: { concurrency: 3 } },
		people(...phones),
	);
	expect(jsonOf(run).map(({ mobile }) => mobile)).toEqual(phones);
});

it('stops at the first failing item and names what was accepted before it', async () => {
	const phones = ['13800000001', '13800000002', '13800000024', '13800000004', '13800000005'];
	const run = await service.jsms.runNode(
		{ ...send, ...pairs({ number: '1' }), options: { concurrency: 1 } },
		people(...phones),
	);
	expect(service.reached).toEqual(phones.slice(0, 2));
	const ids = service.sandbox.ledger.map(({ msg_id }) => msg_id);
	expect(errorOf(run)).toMatchObject({
		description: `Take the number off your list. 2 other items were already accepted (msg_id ${ids.join(', ')}). If you run the workflow again, they are sent again.`,
		context: { itemIndex: 2, accepted: ids.map((msg_id, item) => ({ item, msg_id })) },
	});
});
