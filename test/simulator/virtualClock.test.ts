import { randomFrom } from './random';
import { tiesFrom, VirtualClock } from './clock/virtualClock';

const clockOf = (seed = 1) =>
	new VirtualClock(
		tiesFrom((owner) => randomFrom(seed + owner.length)),
		async () => {},
	);
const never = () => false;

it('fires timers in order of time, whatever the order they were set in', async () => {
	const clock = clockOf();
	const order: number[] = [];
	for (const ms of [30, 5, 500, 1, 40, 7]) clock.schedule(() => order.push(ms), ms);
	expect(await clock.run(never)).toBe('idle');
	expect(order).toEqual([1, 5, 7, 30, 40, 500]);
	expect(clock.now).toBe(500);
});

it('lets the seed choose who is first in the same millisecond', async () => {
	const orderOf = async (seed: number) => {
		const clock = clockOf(seed);
		let order = '';
		for (const name of 'abcdefgh') clock.schedule(() => (order += name), 5);
		await clock.run(never);
		return order;
	};
	expect(await orderOf(3)).toBe(await orderOf(3));
	expect(await orderOf(3)).not.toBe(await orderOf(4));
});

it('gives a timer to the owner whose timer set it', async () => {
	const clock = clockOf();
	const owners: string[] = [];
	clock.schedule(() => clock.schedule(() => owners.push(clock.owner), 5), 1, 'p1');
	clock.schedule(() => owners.push(clock.owner), 3, 'p2');
	await clock.run(never);
	expect(owners).toEqual(['p2', 'p1']);
});

it('drops all that a killed owner waits for, and what it sets later', async () => {
	const clock = clockOf();
	const fired: string[] = [];
	clock.schedule(() => fired.push('p1'), 5, 'p1');
	clock.schedule(() => fired.push('p2'), 5, 'p2');
	clock.schedule(() => clock.kill('p1'), 1, 'world');
	clock.schedule(() => clock.schedule(() => fired.push('later'), 1, 'p1'), 2, 'world');
	await clock.run(never);
	expect(fired).toEqual(['p2']);
});

it('holds up what is due while an owner stands still', async () => {
	const clock = clockOf();
	const at: Record<string, number> = {};
	clock.schedule(() => (at.during = clock.now), 5, 'p1');
	clock.schedule(() => (at.after = clock.now), 500, 'p1');
	clock.schedule(() => (at.other = clock.now), 5, 'p2');
	clock.schedule(() => clock.stall('p1', 100), 1, 'world');
	await clock.run(never);
	expect(at).toEqual({ during: 101, after: 500, other: 5 });
});

it('keeps what a timer throws', async () => {
	const clock = clockOf();
	const error = new Error('thrown');
	clock.schedule(() => {
		throw error;
	}, 1);
	await clock.run(never);
	expect(clock.uncaught).toEqual([error]);
});

it('stops when it is done, or goes round in circles', async () => {
	const clock = clockOf();
	const again = () => void clock.schedule(again, 1);
	again();
	expect(await clock.run(() => clock.now === 3)).toBe('done');
	expect(await clock.run(never, 10)).toBe('late');
	expect(clock.fired).toBe(10);
});

it('waits as Node.js does: whole milliseconds, and not at all for what is too far away', async () => {
	const clock = clockOf();
	const at: number[] = [];
	for (const ms of [2.9, 3e9, Number.NaN]) clock.schedule(() => at.push(clock.now), ms);
	await clock.run(never);
	expect(at).toEqual([0, 1, 2]);
});
