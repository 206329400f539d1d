import type { LedgerEntry } from '../service/ledger';
import { isResult } from './rows';
import { mayLoseNotes, sends, type TurnView, type Verdict, type View } from './view';

/** Law 8: what was accepted is named, in every error that stops a run, and in the log of a run that is cancelled. */
export function acceptedIsNamed(view: View, verdict: Verdict): void {
	for (const turn of view.turns) {
		const { run, recipients } = turn;
		if (run.kind !== 'run' || run.end === undefined) continue;
		if (run.cancelled !== undefined && !sends(turn.node)) {
			verdict.exempt('crashWithoutRows');
			continue;
		}
		for (const phone of new Set(recipients.map((one) => one.phone))) {
			const items = recipients.filter((one) => one.phone === phone).map(({ item }) => item);
			// Law 3 judges rows; those of the node at work when a run is cancelled n8n drops.
			const wasAtWork = view.turns.filter((one) => one.run === run).at(-1) === turn;
			const hasRows = run.cancelled === undefined || !wasAtWork;
			if (hasRows && turn.rows.some((row) => row.item !== undefined && items.includes(row.item) && isResult(row)))
				continue;
			const words = wordsOf(turn, view);
			for (const entry of turn.accepted(phone)) {
				const { id } = entry;
				if (words.includes(id) || (!wasTold(entry, turn) && DOUBT.test(words))) continue;
				if (view.wasRepeated(run.execution) && mayLoseNotes(run, view)) {
					verdict.exempt('noteLost');
					continue;
				}
				const how = run.cancelled !== undefined ? 'cancelled' : (run.result?.error?.message ?? 'no error');
				verdict.say(8, 'accepted, but named nowhere', `${phone}, ${id} in ${run.execution} (${how})`);
			}
		}
	}
}

/** How it is said that nobody knows. */
const DOUBT = /unknown|may have (?:been sent|arrived)|not known/;

/** The run heard that this was accepted: it knows the ID. */
function wasTold({ request, owner }: LedgerEntry, { attempts, run }: TurnView): boolean {
	const attempt = attempts.find((one) => one.request === request);
	return attempt?.certainty === 'told' && !attempt.isAborted && owner === `p${run.process}`;
}

function wordsOf({ run }: TurnView, { history }: View): string {
	return JSON.stringify([run.result?.error ?? '', run.cancelled === undefined ? '' : history.logs]);
}
