import { shrink } from './shrink/shrink';
import { generate } from './world/generate';
import type { World } from './world/types';

const hasCrash = (world: World) => world.steps.some((step) => step.do === 'crash');

it('leaves what a find needs, and little else', async () => {
	const seed = Array.from({ length: 500 }, (_, index) => index).find((one) => {
		const world = generate(one);
		return hasCrash(world) && world.people.length > 4 && Object.keys(world.service.faults).length > 1;
	});
	const { world } = await shrink(generate(seed ?? 0), async (one) => hasCrash(one), 2000);
	expect(world.steps).toHaveLength(1);
	expect(world.people).toHaveLength(1);
	expect(world.service.faults).toEqual({});
	expect(world.store.faults).toEqual({});
	expect(world.workflows).toHaveLength(1);
	expect(world.workflows[0].nodes).toHaveLength(1);
	expect(world.workflows[0].nodes[0].options).toEqual({});
});

it('never tries more worlds than it may', async () => {
	let tried = 0;
	const { tries } = await shrink(
		generate(3),
		async () => {
			tried += 1;
			return true;
		},
		7,
	);
	expect([tried, tries]).toEqual([7, 7]);
});
