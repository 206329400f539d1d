import type { Choice } from '../random';
import type { InboxPlan, Step } from './types';

export function makeInbox({ chance, whole, one }: Choice, pageSize: number): InboxPlan {
	const reports = whole(0, 8);
	const replies = whole(0, 3);
	const odd: InboxPlan['odd'] = {};
	for (let number = 0; number < reports + replies; number += 1) {
		if (chance(0.05)) odd[number] = one('withoutId', 'error');
	}
	return { reports, replies, odd, pageSize };
}

/** Lets triggers run beside the world's workflows: polls, and callbacks that come again, late, elsewhere, or from strangers. */
export function withReceipts(choice: Choice, steps: Step[]): Step[] {
	const { chance, whole, one } = choice;
	if (!chance(0.15)) return steps;
	const processes = [...new Set(steps.map((step) => ('process' in step ? step.process : 0)))];
	const gap = () => one(0, 1, 40, 500, 5000, 60_000);
	const moment = () => ({ process: one(...processes), after: 'start' as const, gap: gap() });
	const result = [...steps];
	const insert = (step: Step) => result.splice(whole(0, result.length), 0, step);
	for (let left = whole(0, 3); left > 0; left -= 1) {
		insert({ do: 'poll', activation: one('update', 'update', 'init', 'activate', 'leadershipChange'), ...moment() });
	}
	for (let left = whole(0, 4); left > 0; left -= 1) {
		const forged = chance(0.25) ? one('signature' as const, 'data' as const) : undefined;
		insert({ do: 'callback', number: whole(0, 1), ...(forged && { forged }), ...moment() });
	}
	if (chance(0.2))
		insert({ do: 'jump', ms: one(-7_200_000, -3_600_000, 3_600_000), after: 'start', gap: one(0, 5, 500) });
	return result;
}
