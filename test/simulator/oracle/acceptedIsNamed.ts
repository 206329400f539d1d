import { isResult } from './rows';
import type { TurnView, Verdict, View } from './view';

/** Law 8: what was accepted is named, in every error that stops a run, and in the log of a run that is cancelled. */
export function acceptedIsNamed(view: View, verdict: Verdict): void {
	for (const turn of view.turns) {
		const { run, recipients } = turn;
		if (run.kind !== 'run' || run.end === undefined) continue;
		for (const phone of new Set(recipients.map((one) => one.phone))) {
			const items = recipients.filter((one) => one.phone === phone).map(({ item }) => item);
			// Law 3 judges rows.
			if (turn.rows.some((row) => row.item !== undefined && items.includes(row.item) && isResult(row))) continue;
			const words = wordsOf(turn, view);
			for (const { id } of turn.accepted(phone)) {
				if (words.includes(id) || /unknown|may have gone out|may have arrived|not known/.test(words)) continue;
				const how = run.cancelled !== undefined ? 'cancelled' : (run.result?.error?.message ?? 'no error');
				verdict.say(8, 'accepted, but named nowhere', `${phone}, ${id} in ${run.execution} (${how})`);
			}
		}
	}
}

function wordsOf({ run }: TurnView, { history }: View): string {
	return JSON.stringify([run.result?.error ?? '', run.cancelled === undefined ? '' : history.logs]);
}
