import { choosing, streamOf } from '../random';
import { makeNode } from './makeNode';
import { makePeople } from './makePeople';
import { makeServiceFaults, makeStoreFaults } from './makeFaults';
import { makeSteps } from './makeSteps';
import type { World, WorkflowPlan } from './types';

/** The world of a seed: each part of it is drawn from a stream of its own. */
export function generate(seed: number): World {
	const part = (name: string) => choosing(streamOf(seed, name));
	const { chance, one, weighted } = part('world');
	const people = makePeople(part('people'));
	const workflows = Array.from({ length: weighted([12, 1], [1, 2]) }, (_, workflow): WorkflowPlan => {
		const nodes = Array.from({ length: weighted([12, 1], [1, 2]) }, (_node, node) =>
			makeNode(part(`node ${workflow} ${node}`)),
		);
		return chance(0.06) ? { nodes, loop: one(1, 2, 3) } : { nodes };
	});
	return {
		seed,
		knobs: weighted([6, 'small'], [4, 'real']),
		people,
		workflows,
		steps: makeSteps(part('steps'), people.length, workflows.length),
		store: { ms: one(1, 4, 4, 30, 300), faults: makeStoreFaults(part('store faults')) },
		service: { ms: one(2, 10, 60, 200), faults: makeServiceFaults(part('service faults')) },
	};
}
