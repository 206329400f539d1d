import type { Choice } from '../random';
import type { Step } from './types';

/** Which processes of the world take new runs: one, or two beside each other. */
interface Processes {
	main: number;
	other: number | undefined;
	next: number;
}

export function makeSteps(choice: Choice, people: number, workflows: number): Step[] {
	const { chance, whole, one, weighted } = choice;
	const processes: Processes = { main: 0, other: chance(0.45) ? 1 : undefined, next: 2 };
	const gap = () => one(0, 1, 5, 40, 100, 500, 3000, 20_000);
	const someone = () => {
		const count = whole(1, people);
		const first = whole(0, people - count);
		return Array.from({ length: count }, (_, index) => first + index);
	};
	const steps: Step[] = [];
	let group = someone();
	const runs = weighted([3, 1], [4, 2], [3, 3], [1, 5]);
	for (let index = 0; index < runs; index += 1) {
		if (!chance(0.6)) group = someone();
		const process = processes.other !== undefined && chance(0.5) ? processes.other : processes.main;
		const execution = `e${index}`;
		const workflow = whole(0, workflows - 1);
		steps.push({
			do: 'run',
			execution,
			process,
			workflow,
			people: group,
			after: index > 0 && chance(0.5) ? 'end' : 'start',
			gap: index === 0 ? 0 : gap(),
		});
		if (chance(0.08)) {
			steps.push({ do: 'cancel', execution, after: 'start', gap: one(0, 1, 2, 3, 5, 8, 13, 40, 100, 2000) });
		}
		steps.push(...makeEnd(choice, processes, process, { workflow, gap }));
		if (chance(0.07)) {
			steps.push({
				do: 'filler',
				count: whole(3, 40),
				keyed: chance(0.7),
				process: chance(0.7) || processes.other === undefined ? processes.main : processes.other,
				workflow,
				after: 'end',
				gap: 0,
			});
		}
		if (chance(0.04)) {
			const ms = one(-7_200_000, -3_600_000, -5000, 5000, 3_600_000, 28_800_000);
			steps.push({ do: 'jump', ms, after: 'start', gap: one(0, 1, 2, 3, 5, 10, 50) });
		}
		if (chance(0.03)) {
			const ms = one(1000, 10_000, 90_000, 1_800_000);
			steps.push({ do: 'stall', process, ms, after: 'start', gap: one(0, 1, 2, 3, 5, 10, 50) });
		}
	}
	return steps;
}

/** Lets the credential be gone for a while, or from somewhere on. */
export function withCredential({ chance, whole, one }: Choice, steps: Step[]): Step[] {
	if (!chance(0.06)) return steps;
	const gap = () => one(0, 1, 5, 40, 500, 3000);
	const position = whole(0, steps.length);
	const after = one('start', 'end');
	const later = position + whole(0, steps.length - position);
	return [
		...steps.slice(0, position),
		{ do: 'credential', works: false, after, gap: gap() },
		...steps.slice(position, later),
		{ do: 'credential', works: true, after: one('start', 'end'), gap: gap() },
		...steps.slice(later),
	];
}

interface Around {
	workflow: number;
	gap: () => number;
}

/** How a process may end after it was given a run, with other runs meanwhile. */
function makeEnd(
	{ chance, whole, one }: Choice,
	processes: Processes,
	process: number,
	{ workflow, gap }: Around,
): Step[] {
	const steps: Step[] = [];
	const replace = (to: number) => {
		if (processes.other === process) processes.other = to;
		if (processes.main === process) processes.main = to;
	};
	const { main, other } = processes;
	if (chance(0.14)) {
		const sibling = process === main ? other : main;
		const to = sibling !== undefined && other !== undefined && chance(0.5) ? sibling : processes.next++;
		if (chance(0.25)) {
			steps.push({
				do: 'filler',
				count: whole(3, 14),
				keyed: chance(0.5),
				process: process === main && other !== undefined ? other : processes.next++,
				workflow,
				after: 'start',
				gap: gap(),
			});
		}
		steps.push({
			do: 'crash',
			process,
			to,
			delay: one(0, 50, 60_000),
			rerun: chance(0.8),
			after: 'start',
			gap: one(1, 2, 3, 5, 8, 13, 40, 100, 500, 2000),
		});
		replace(to);
	} else if (chance(0.12)) {
		const to = processes.next++;
		steps.push({ do: 'restart', process, to, after: 'end', gap: gap() });
		replace(to);
	}
	return steps;
}
