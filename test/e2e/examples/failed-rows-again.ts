import { importWorkflow } from '../support/workflows';
import type { Instance } from '../support/instance';

const BATCH = '/v1/messages/batch';
const PEOPLE = ['5101', '0006', '5102', '0009', '5103'].map((ending, index) => ({
	name: `Person ${index}`,
	mobile: `1380000${ending}`,
	order: `A-${index}`,
	date: '1 December',
}));

export default (get: () => Instance, file: string) => {
	const run = async () => {
		const saved = await importWorkflow(get(), file, {
			'Your list': { jsonOutput: JSON.stringify({ people: PEOPLE }) },
			'Wait before the next try': { amount: 1, unit: 'seconds' },
		});
		const execution = await get().client.run(saved, 'Start', 100_000);
		const mobiles = (name: string) =>
			((execution.runData[name] ?? []) as unknown[]).flatMap((_, round) =>
				execution.json(name, 0, round).map(({ mobile }) => mobile),
			);
		return { status: execution.status, mobiles };
	};
	const requested = () =>
		get()
			.sandbox.requests.filter(({ path }) => path === BATCH)
			.map(({ body }) =>
				(JSON.parse(body) as { recipients: Array<{ mobile: string }> }).recipients.map(({ mobile }) =>
					mobile.slice(-4),
				),
			);

	test('while there is no balance all rows come back, later only those that may; after three more tries it ends', async () => {
		const { sandbox } = get();
		sandbox.fault({ kind: 'answer', code: 50014, path: BATCH, times: 2 });
		const { status, mobiles } = await run();
		expect(status).toBe('success');
		const everybody = PEOPLE.map(({ mobile }) => mobile.slice(-4));
		expect(requested()).toEqual([everybody, everybody, everybody, ['0009']]);
		expect(mobiles('Mark as sent')).toEqual(['13800005101', '13800005102', '13800005103']);
		expect(mobiles('Fix the data')).toEqual(['13800000006']);
		expect(mobiles('Gave up: still not sent')).toEqual(['13800000009']);
		expect(sandbox.ledger.map(({ mobile }) => mobile)).toEqual(mobiles('Mark as sent'));
	});

	test('rows that may have been sent are not sent again', async () => {
		const { sandbox } = get();
		sandbox.fault({ kind: 'resetAfter', path: BATCH });
		const { status, mobiles } = await run();
		expect(status).toBe('success');
		expect(requested()).toHaveLength(1);
		expect(mobiles('Check before resending')).toEqual(PEOPLE.map(({ mobile }) => mobile));
		expect(sandbox.ledger).toHaveLength(3);
	});
};
/** The nodes are those of n8n 1.x, too; the workflow was run in 2.x only. */
