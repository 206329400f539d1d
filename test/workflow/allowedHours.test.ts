import { sleep } from 'n8n-workflow';

import { jsonOf, pairs, people, useService } from './service';

/** Messages go out within the hours only, by the clock in China. */
const service = useService();
const PHONES = ['13800000001', '13800000002', '13800000003'];
/** Hours that begin so many from now, and last for two. */
const hours = (fromNow: number) => {
	const time = (ms: number) => new Date(ms + 8 * 3_600_000).toISOString().slice(11, 16);
	const from = Date.now() + fromNow * 3_600_000;
	return { allowedHours: { hours: { from: time(from), to: time(from + 7_200_000) } } };
};
const message = (operation: string, options: object) => ({
	resource: 'message',
	operation,
	mobile: '={{ $json.phone }}',
	templateId: 1250,
	...pairs({ number: '1' }),
	options: { sendOnceKey: '={{ $json.phone }}', ...options },
});

describe.each(['send', 'sendBatch'])('%s', (operation) => {
	const run = async (options: object) =>
		await service.jsms.runNode(message(operation, options), people(...PHONES), { onError: 'continueRegularOutput' });

	it('sends within the hours', async () => {
		await run(hours(-1));
		expect([...service.reached].sort()).toEqual(PHONES);
	});

	it('sends nothing outside of them, uses up no key, and says when', async () => {
		const result = await run(hours(3));
		const told = [0, 1, 2].flatMap((output) => jsonOf(result, output)).map((row) => row.details ?? row);
		expect(told).toHaveLength(3);
		for (const row of told) expect(row).toMatchObject({ safe_to_retry: true });
		expect(JSON.stringify([0, 1, 2].map((output) => jsonOf(result, output)))).toMatch(
			/Not sent: it is \d\d:\d\d in China, and 'Allowed Hours' are from \d\d:\d\d to \d\d:\d\d/,
		);
		await run(hours(-1));
		expect([...service.reached].sort()).toEqual(PHONES);
	});

	it('sends nothing where a time cannot be read', async () => {
		await run({ allowedHours: { hours: { from: 'eight', to: '21:00' } } });
		expect(service.calls).toEqual([]);
	});
});

it('stops a batch that is under way when the hours end', async () => {
	let closed = false;
	const now = Date.now();
	jest.spyOn(Date, 'now').mockImplementation(() => now + (closed ? 3 * 3_600_000 : 0));
	service.sandbox.fault({ kind: 'delayAfterAccepting', ms: 100, times: 1 });
	const options = { ...hours(-1), batchSize: 1, concurrency: 1, sendOnceKey: undefined };
	const running = service.jsms.runNode(message('sendBatch', options), people(...PHONES));
	while (service.reached.length === 0) await sleep(1);
	closed = true;
	const result = await running;
	jest.restoreAllMocks();
	expect([0, 1, 2].map((output) => jsonOf(result, output).length)).toEqual([1, 2, 0]);
	expect(service.reached).toEqual([PHONES[0]]);
});
