import { sleep } from 'n8n-workflow';

import { inTime } from '../../../nodes/JSms/memory/deadline';
import { useVirtualTime } from '../../support/virtualTime';

useVirtualTime();

it('gives up a call that takes too long, and says how long that is', async () => {
	const started = performance.now();
	await expect(inTime(new Promise(() => {}), 4_000)).rejects.toThrow('no response within 4 seconds');
	expect(Math.round(performance.now() - started)).toBe(4_500);
});

it('takes a response that a busy process came to late', async () => {
	expect(
		await inTime(
			sleep(4_400).then(() => 'response'),
			4_000,
		),
	).toBe('response');
});

it('passes on why a call failed', async () => {
	await expect(inTime(Promise.reject(new Error('refused')), 4_000)).rejects.toThrow('refused');
});

it('leaves nothing behind that keeps the process alive after a call in time', async () => {
	await inTime(sleep(10), 4_000);
	await sleep(4_100);
	expect(jest.getTimerCount()).toBe(0);
});
