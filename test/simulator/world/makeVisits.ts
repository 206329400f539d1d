import type { Choice } from '../random';
import type { Step, Wish } from './types';

/** Lets people verify their number beside the world's workflows: hurried, late, in two windows, by way of other processes. */
export function withVisits({ chance, whole, one, weighted }: Choice, steps: Step[]): Step[] {
	if (!chance(0.15)) return steps;
	const processes = [...new Set(steps.map((step) => ('process' in step ? step.process : 0)))];
	const result = [...steps];
	const visitors = weighted([3, 1], [1, 2]);
	let position = 0;
	const add = (visitor: number, wants: Wish) => {
		position = whole(position, result.length);
		const step: Step = {
			do: 'visit',
			process: one(...processes),
			visitor,
			wants,
			...(wants === 'check' && chance(0.1) && { startFails: true }),
			after: chance(0.2) ? 'end' : 'start',
			gap: one(0, 1, 40, 500, 5000, 60_000, 61_000, 61_000, 61_000, 3_700_000),
		};
		result.splice(position, 0, step);
		position += 1;
		if (chance(0.25)) result.splice(position, 0, { ...step, after: 'start', gap: one(0, 0, 1, 40, 5000) });
	};
	for (let visitor = 0; visitor < visitors; visitor += 1) {
		position = 0;
		add(visitor, 'code');
		for (let left = whole(1, 4); left > 0; left -= 1) {
			add(visitor, weighted<Wish>([4, 'check'], [2, 'wrongCheck'], [3, 'another'], [1, 'code'], [2, 'reload']));
		}
	}
	return result;
}
