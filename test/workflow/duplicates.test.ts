import { outputsOf } from '../support/engine';
import { JSMS } from '../support/jsms';
import { jsonOf, pairs, useService } from './service';

const service = useService();
const batch = {
	resource: 'message',
	operation: 'sendBatch',
	mobile: '={{ $json.phone }}',
	templateId: 1250,
	...pairs({ number: '={{ $json.no }}' }),
};
const items = [
	{ phone: '13800000001', no: '1' },
	{ phone: '13800000002', no: '1' },
	{ phone: '+86 138 0000 0001', no: '1' },
	{ phone: '13800000001', no: '2' },
	{ phone: '13800000001', no: 1 },
];

it('sends each item where asked to and leaves repeats to the service', async () => {
	const run = await service.jsms.runNode({ ...batch, options: { duplicateRecipients: 'send' } }, items);
	expect((service.bodies[0].recipients as unknown[]).length).toBe(5);
	expect(jsonOf(run).map(({ mobile }) => mobile)).toEqual(['13800000001', '13800000002', '13800000001']);
	expect(jsonOf(run, 1)).toMatchObject(
		new Array(2).fill({ mobile: '13800000001', error_code: 50034, temp_para: { number: '1' } }),
	);
});

it.each([[{}], [{ duplicateRecipients: 'skip' }]])(
	'sends the same message to the same number once with %j, each further row pointing at the first',
	async (options) => {
		const run = await service.jsms.runNode({ ...batch, options }, items);
		expect((service.bodies[0].recipients as unknown[]).length).toBe(3);
		expect(outputsOf(run, JSMS)[1]).toEqual(
			[2, 4].map((item) => ({
				json: {
					status: 'failed',
					mobile: '13800000001',
					error_message: `Duplicate of item 0: the same message to 138****0001 is sent once`,
					error_hint:
						"The result of the first one says whether it was sent. To send both, set the option 'Duplicate Recipients' to 'Send Each'.",
					safe_to_retry: false,
					temp_id: 1250,
					temp_para: { number: '1' },
				},
				pairedItem: { item },
			})),
		);
	},
);

it('looks across requests, templates apart', async () => {
	const mixed = [items[0], items[1], { ...items[0], template: 2002 }, items[0]].map((item) => ({
		template: 1250,
		...item,
	}));
	const run = await service.jsms.runNode(
		{
			...batch,
			templateId: '={{ $json.template }}',
			options: { duplicateRecipients: 'skip', batchSize: 1, concurrency: 1 },
		},
		mixed,
	);
	expect(service.calls).toHaveLength(3);
	expect(jsonOf(run, 1)).toMatchObject([{ error_message: expect.stringContaining('Duplicate of item 0') as string }]);
});

it('looks at lists too', async () => {
	const recipients = JSON.stringify([{ mobile: '13800000001' }, { mobile: 13800000001 }]);
	const run = await service.jsms.runNode({
		resource: 'message',
		operation: 'sendBatch',
		recipientsFrom: 'list',
		recipients,
		templateId: 2002,
		options: { duplicateRecipients: 'skip' },
	});
	expect([0, 1, 2].map((output) => jsonOf(run, output).length)).toEqual([1, 1, 0]);
	expect(jsonOf(run, 1)[0].error_message).toMatch(/^Duplicate of recipient 1 in the list of item 0: /);
	expect(service.reached).toEqual(['13800000001']);
});
