import * as fc from 'fast-check';

import { errorOf, outputsOf } from '../support/engine';
import { JSMS } from '../support/jsms';
import { jsonOf, NOBODY, numbers, pairs, useService } from './service';

/** What each item would say and cost, before anything is sent. */
const service = useService({ magicEndings: false, frequencyRules: 'off' });
const preview = {
	resource: 'template',
	operation: 'preview',
	templateId: 2001,
	...pairs({ name: '={{ $json.name }}', order: '={{ $json.order }}', date: '5月4日' }),
	options: { mobile: '={{ $json.phone }}', signatureText: '示例科技' },
};
const items = [
	{ phone: '138 0000 5101', name: '李雷', order: 'A-1' },
	{ name: '韩梅梅', order: 2 },
];

it('shows the whole text of each item with its length and units, and sends nothing', async () => {
	const run = await service.jsms.runNode(preview, items);
	expect(errorOf(run)).toBeUndefined();
	expect(outputsOf(run, JSMS)).toEqual([
		[
			{
				json: {
					mobile: '13800005101',
					temp_id: 2001,
					text: '【示例科技】尊敬的李雷，您的订单A-1预计于5月4日送达，请保持电话畅通。',
					characters: 37,
					segments: 1,
					missing: [],
					unused: [],
				},
				pairedItem: { item: 0 },
			},
			{
				json: {
					temp_id: 2001,
					text: '【示例科技】尊敬的韩梅梅，您的订单2预计于5月4日送达，请保持电话畅通。',
					characters: 36,
					segments: 1,
					missing: [],
					unused: [],
				},
				pairedItem: { item: 1 },
			},
		],
	]);
	expect(service.calls).toEqual(['GET /templates/2001']);
	expect(service.sandbox.ledger).toEqual([]);
});

it('shows what is missing in its place, and names what the template has no place for', async () => {
	const parametersJson = JSON.stringify({ name: '李雷', date: null, city: '上海' });
	const run = await service.jsms.runNode({
		resource: 'template',
		operation: 'preview',
		templateId: 2001,
		parameterMode: 'json',
		parametersJson,
	});
	expect(jsonOf(run)).toEqual([
		{
			temp_id: 2001,
			text: '尊敬的李雷，您的订单{{order}}预计于{{date}}送达，请保持电话畅通。',
			characters: 41,
			segments: 1,
			missing: ['order', 'date'],
			unused: ['city'],
		},
	]);
});

it('reads each template once, whatever the number of items', async () => {
	const many = Array.from({ length: 300 }, (_, index) => ({
		template: [2001, 3001, 2002][index % 3],
		name: `N${index}`,
	}));
	const run = await service.jsms.runNode(
		{ ...preview, templateId: '={{ $json.template }}', ...pairs({ name: '={{ $json.name }}' }) },
		many,
	);
	expect(jsonOf(run)).toHaveLength(300);
	expect(jsonOf(run)[299]).toMatchObject({ temp_id: 2002, missing: [], unused: ['name'] });
	expect([...service.calls].sort()).toEqual(['GET /templates/2001', 'GET /templates/2002', 'GET /templates/3001']);
});

describe('automatic mapping reads as a send does', () => {
	const field = (id: string) => ({
		id,
		displayName: id,
		type: 'string',
		display: true,
		required: true,
		defaultMatch: false,
	});
	const mapped = (stored: unknown[]) => ({
		resource: 'template',
		operation: 'preview',
		templateId: 2001,
		parameterMode: 'templateFields',
		templateFields: { mappingMode: 'autoMapInputData', value: null, schema: stored },
	});
	const person = { name: '李雷', order: 7, date: '今天', city: '上海' };

	it('by the names of the template where none are stored', async () => {
		const run = await service.jsms.runNode(mapped([]) as never, [person]);
		expect(jsonOf(run)).toMatchObject([
			{ text: '尊敬的李雷，您的订单7预计于今天送达，请保持电话畅通。', missing: [], unused: [] },
		]);
		expect(service.calls).toEqual(['GET /templates/2001']);
	});

	it('by the stored names, so that an outdated mapping shows', async () => {
		const run = await service.jsms.runNode(mapped(['name', 'order', 'city'].map(field)) as never, [person]);
		expect(jsonOf(run)).toMatchObject([{ missing: ['date'], unused: ['city'] }]);
	});
});

describe('what cannot be shown', () => {
	const broken = [{ order: { id: 7 } }, { name: '李雷', order: 1 }];

	it('stops the workflow with one sentence', async () => {
		const run = await service.jsms.runNode(preview, broken);
		expect(errorOf(run)).toMatchObject({
			message: "Template parameter 'order' holds an object instead of a text",
			context: { itemIndex: 0 },
		});
	});

	it('is an error item under the continue modes; the others are shown', async () => {
		const run = await service.jsms.runNode(preview, broken, { onError: 'continueRegularOutput' });
		expect(jsonOf(run)).toMatchObject([
			{
				error: "Template parameter 'order' holds an object instead of a text",
				details: { outcome: 'invalidInput', safe_to_retry: false },
			},
			{ temp_id: 2001 },
		]);
	});

	it('is a template that does not exist, asked for once', async () => {
		const run = await service.jsms.runNode({ ...preview, templateId: 9999 }, items, {
			onError: 'continueRegularOutput',
		});
		expect(jsonOf(run)).toMatchObject([
			{
				error:
					'Template 9999 could not be read: there is no template with this ID in the application (50013 invalid temp_id)',
			},
			{
				error:
					'Template 9999 could not be read: there is no template with this ID in the application (50013 invalid temp_id)',
			},
		]);
		expect(service.calls).toEqual(['GET /templates/9999']);
	});

	it('is everything where the service cannot be reached', async () => {
		const run = await service.jsms.runNode(
			preview,
			items,
			{},
			{
				jSmsApi: { ...service.keys.jSmsApi, baseUrl: NOBODY },
			},
		);
		expect(errorOf(run)?.message).toBe('Template 2001 could not be read: n8n could not connect to JSMS (ECONNREFUSED)');
	});

	it('is everything where the base URL would show the keys', async () => {
		const keys = { jSmsApi: { ...service.keys.jSmsApi, baseUrl: 'http://jsms.example.com/v1' } };
		const run = await service.jsms.runNode(preview, items, { onError: 'continueRegularOutput' }, keys);
		expect(jsonOf(run).map(({ error }) => error)).toEqual(new Array(2).fill(expect.stringMatching(/starts with http/)));
	});
});

it('passes the input on where asked to', async () => {
	const run = await service.jsms.runNode({ ...preview, options: { includeInput: true } }, [items[0]]);
	expect(jsonOf(run)).toMatchObject([{ temp_id: 2001, input: items[0] }]);
});

it('is what the phone shows and the bill says after sending the same items, for random templates and values', async () => {
	const piece = fc.string({
		unit: fc.constantFrom('您', '好', '，', 'a', ' ', '\n', '\r\n', '😀', '{', '}', '$&'),
		maxLength: 30,
	});
	const value = fc.string({
		unit: fc.constantFrom('李', '雷', '7', '-', '\n', '😀', '{{', '}}', '$1', '"'),
		minLength: 1,
		maxLength: 40,
	});
	const NAMES = ['name', 'order', 'date'];
	const templateText = fc
		.array(fc.tuple(piece, fc.constantFrom(...NAMES)), { maxLength: 4 })
		.map((parts) => parts.map(([text, name]) => `${text.replace(/[{}]/g, '')}{{${name}}}`).join('') + '。');
	const person = fc.record({ name: value, order: value, date: value });
	await fc.assert(
		fc.asyncProperty(
			templateText,
			fc.constantFrom(2 as const, 3 as const),
			fc.array(person, { minLength: 1, maxLength: 5 }),
			async (template, type, people) => {
				service.sandbox.reset();
				service.sandbox.templates.put({ temp_id: 5001, template, type, status: 1, remark: '' });
				const given = numbers(people.length).map((phone, index) => ({ phone, ...people[index] }));
				const parameters = pairs(Object.fromEntries(NAMES.map((name) => [name, `={{ $json.${name} }}`])));
				// Braces and all: what the values say is not looked at here.
				const allowUnusualValues = true;
				const options = { ...preview.options, allowUnusualValues };
				const shown = jsonOf(
					await service.jsms.runNode({ ...preview, templateId: 5001, ...parameters, options }, given as never),
				);
				await service.jsms.runNode(
					{
						resource: 'message',
						operation: 'sendBatch',
						recipientsFrom: 'inputItems',
						mobile: '={{ $json.phone }}',
						templateId: 5001,
						...parameters,
						options: { allowUnusualValues },
					},
					given as never,
					{ run: { workflowId: '' } },
				);
				expect(service.sandbox.ledger).toHaveLength(people.length);
				expect(shown.map(({ mobile, text, segments }) => ({ mobile, text, segments }))).toEqual(
					service.sandbox.ledger.map(({ mobile, text, segments }) => ({ mobile, text, segments })),
				);
			},
		),
		{ numRuns: 60 },
	);
});
