import { READING } from '../world/people';
import type { RowKind } from './rows';
import type { TurnView, Verdict, View } from './view';

/** Law 2: one result per recipient and run. */
export function oneResult(view: View, verdict: Verdict): void {
	for (const turn of view.turns) {
		if (turn.run.killed !== undefined || turn.run.cancelled !== undefined) verdict.exempt('crashWithoutRows');
		if (!turn.isFinished || turn.error !== undefined || turn.run.kind !== 'run') continue;
		if (READING.includes(turn.node.operation)) continue;
		for (const [item, wanted] of countByItem(turn)) {
			const rows = turn.rows.filter((row) => row.item === item);
			// A list that cannot be evaluated has nobody to name.
			if (wanted > 1 && rows.length === 1 && NOT_SENT.includes(rows[0].kind) && !rows[0].phone) continue;
			const got = rows.length;
			if (got === wanted) continue;
			verdict.say(2, 'rows', `${turn.run.execution}, ${turn.name}: item ${item} has ${got} rows instead of ${wanted}`);
		}
		const strays = turn.rows.filter(({ item }) => !turn.recipients.some((one) => one.item === item)).length;
		if (strays > 0)
			verdict.say(2, 'rows of nobody', `${turn.run.execution}, ${turn.name}: ${strays} rows belong to no item`);
	}
}

/** Unknown after a crash. */
const NOT_SENT: readonly RowKind[] = ['failed', 'unknown'];

function countByItem({ recipients }: TurnView): Map<number, number> {
	const counts = new Map<number, number>();
	for (const { item } of recipients) counts.set(item, (counts.get(item) ?? 0) + 1);
	return counts;
}
