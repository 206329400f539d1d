import { sleep } from 'n8n-workflow';

import { workOff } from '../../nodes/JSms/pool';

const queueOf = (count: number) => {
	let next = 0;
	return () => (next < count ? next++ : undefined);
};

it('works every task off and never has more under way than the limit', async () => {
	let running = 0;
	let most = 0;
	const done: number[] = [];
	await workOff(queueOf(50), 4, async (task) => {
		running += 1;
		most = Math.max(most, running);
		await sleep(task % 3);
		running -= 1;
		done.push(task);
	});
	expect(most).toBe(4);
	expect(done.sort((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, task) => task));
});

it('asks again after each finished task, so that work may bring new tasks', async () => {
	const tasks = ['whole'];
	const done: string[] = [];
	await workOff(
		() => tasks.shift(),
		3,
		async (task) => {
			await sleep(1);
			done.push(task);
			if (task === 'whole') tasks.push('left', 'right');
		},
	);
	expect(done).toEqual(['whole', 'left', 'right']);
});

it('starts nothing more after a failure, waits for what is under way, then passes the failure on', async () => {
	const finished: number[] = [];
	const work = workOff(queueOf(10), 2, async (task) => {
		if (task === 0) throw new Error('broken');
		await sleep(5);
		finished.push(task);
	});
	await expect(work).rejects.toThrow('broken');
	expect(finished).toEqual([1]);
});
