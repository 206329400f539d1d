import { sleep } from 'n8n-workflow';

import { runPool } from '../../../nodes/JSms/batch/pool';

const queueOf = (count: number) => {
	let next = 0;
	return () => (next < count ? next++ : undefined);
};

it('works every task off and never has more under way than the limit', async () => {
	let running = 0;
	let most = 0;
	const done: number[] = [];
	await runPool(queueOf(50), 4, async (task) => {
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
	await runPool(
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
	const work = runPool(queueOf(10), 2, async (task) => {
		if (task === 0) throw new Error('broken');
		await sleep(5);
		finished.push(task);
	});
	await expect(work).rejects.toThrow('broken');
	expect(finished).toEqual([1]);
});

describe('tasks that wait for each other', () => {
	const never = async () => await new Promise<void>(() => {});

	/** How many tasks had ended when each task went on. */
	const endedBefore = async (
		count: number,
		{
			deadline = never,
			comes = () => true,
		}: { deadline?: () => Promise<void>; comes?: (task: number) => boolean } = {},
	) => {
		let ended = 0;
		const found: number[] = [];
		await runPool(queueOf(count), 4, async (task, barrier) => {
			if (!comes(task)) return;
			await barrier.wait(deadline);
			found[task] = ended;
			await sleep(5 + 5 * (task % 4));
			ended += 1;
		});
		return found;
	};

	it('go on as soon as all under way have come', async () => {
		expect(await endedBefore(12)).toEqual([0, 0, 0, 0, 4, 4, 4, 4, 8, 8, 8, 8]);
	});

	it.each([1, 3, 4])('are not kept waiting where they start together, being %s', async (count) => {
		expect(await endedBefore(count)).toEqual(new Array(count).fill(0));
	});

	it('do not wait for successors that will never come', async () => {
		const [fifth, sixth] = (await endedBefore(6)).slice(4);
		expect([fifth, sixth]).toEqual([3, 3]);
	});

	it('do not wait for one that ends without having come', async () => {
		expect(await endedBefore(8, { comes: (task) => task !== 5 })).toEqual([0, 0, 0, 0, 4, undefined, 4, 4]);
	});

	it('go on when their deadline is over', async () => {
		expect(await endedBefore(8, { deadline: async () => {} })).toEqual([0, 0, 0, 0, 1, 2, 3, 4]);
	});

	it('go on when another one has failed', async () => {
		const ended: number[] = [];
		const work = runPool(queueOf(10), 2, async (task, barrier) => {
			await barrier.wait(never);
			if (task === 1) {
				await sleep(10);
				throw new Error('broken');
			}
			ended.push(task);
		});
		await expect(work).rejects.toThrow('broken');
		expect(ended).toEqual([0, 2]);
	});

	it('do not wait for others once one has failed', async () => {
		const order: string[] = [];
		let endOfThird = () => {};
		const third = new Promise<void>((resolve) => (endOfThird = resolve));
		const work = runPool(queueOf(10), 3, async (task, barrier) => {
			await barrier.wait(never);
			if (task === 1) await sleep(20).then(() => Promise.reject(new Error('broken')));
			// Longer than anything that the last one does.
			if (task === 2) await third;
			order.push(`end of ${task}`);
			if (task === 3) endOfThird();
		});
		await expect(work).rejects.toThrow('broken');
		expect(order).toEqual(['end of 0', 'end of 3', 'end of 2']);
	});
});
