import { pageSizeOf } from '../process/patches';
import { choosing, streamOf } from '../random';
import { makeNode } from './makeNode';
import { makePeople } from './makePeople';
import { makeServiceFaults, makeStoreFaults } from './makeFaults';
import { makeSteps, withCredential } from './makeSteps';
import { makeInbox, withReceipts } from './makeReceipts';
import { withVisits } from './makeVisits';
import type { Knobs, World, WorkflowPlan } from './types';

/** The world of a seed: each part of it is drawn from a stream of its own. */
export function generate(seed: number): World {
	const part = (name: string) => choosing(streamOf(seed, name));
	const { chance, one, weighted } = part('world');
	const knobs = weighted<Knobs>([6, 'small'], [4, 'real']);
	const people = makePeople(part('people'));
	const workflows = Array.from({ length: weighted([12, 1], [1, 2]) }, (_, workflow): WorkflowPlan => {
		const nodes = Array.from({ length: weighted([12, 1], [1, 2]) }, (_node, node) =>
			makeNode(part(`node ${workflow} ${node}`)),
		);
		return chance(0.06) ? { nodes, loop: one(1, 2, 3) } : { nodes };
	});
	return {
		seed,
		knobs,
		people,
		workflows,
		steps: withCredential(
			part('credential'),
			withVisits(
				part('visits'),
				withReceipts(part('receipts'), makeSteps(part('steps'), people.length, workflows.length)),
			),
		),
		inbox: makeInbox(part('inbox'), pageSizeOf(knobs)),
		store: { ms: one(1, 4, 4, 30, 300), faults: makeStoreFaults(part('store faults')) },
		service: { ms: one(2, 10, 60, 200), faults: makeServiceFaults(part('service faults')) },
	};
}
