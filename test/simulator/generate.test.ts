import { Gauges, ingredientsOf } from './gauges';
import { generate } from './world/generate';

it('makes the same world of the same seed, as plain JSON', () => {
	const world = generate(42);
	expect(generate(42)).toEqual(world);
	expect(JSON.parse(JSON.stringify(world))).toEqual(world);
	expect(generate(43)).not.toEqual(world);
});

it('names only people, workflows and executions that there are', () => {
	for (let seed = 0; seed < 300; seed += 1) {
		const { people, workflows, steps } = generate(seed);
		const runs = steps.filter((step) => step.do === 'run').map(({ execution }) => execution);
		for (const step of steps) {
			if (step.do === 'run') expect(Math.max(...step.people)).toBeLessThan(people.length);
			if ('workflow' in step) expect(step.workflow).toBeLessThan(workflows.length);
			if (step.do === 'cancel') expect(runs).toContain(step.execution);
		}
	}
});

it('puts every ingredient into some of two thousand worlds', () => {
	const gauges = new Gauges();
	for (let seed = 0; seed < 2000; seed += 1) gauges.count(ingredientsOf(generate(seed)));
	expect([...gauges.counts].filter(([, times]) => times < 10)).toEqual([]);
	expect([...gauges.counts.keys()].sort()).toMatchSnapshot();
});
