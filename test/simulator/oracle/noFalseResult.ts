import type { Verdict, View } from './view';

/** Law 7: the input is never passed off as a result, and nothing is thrown in the continue modes. */
export function noFalseResult(view: View, verdict: Verdict): void {
	for (const { run, node, rows, error, isFinished, name } of view.turns) {
		if (!isFinished || run.kind !== 'run') continue;
		const where = `${run.execution}, ${name}`;
		if (node.onError !== 'stopWorkflow' && error !== undefined)
			verdict.say(7, 'thrown in a continue mode', `${where}: ${error}`);
		const input = rows.find(({ kind }) => kind === 'input');
		if (input) verdict.say(7, 'input passed off as a result', `${where}: ${JSON.stringify(input.json)}`);
		const odd = rows.find(({ kind }) => kind === 'other' || kind === 'engineError');
		if (odd) verdict.say(7, 'a row that says nothing', `${where}: ${JSON.stringify(odd.json)}`);
	}
	for (const error of view.history.uncaught) {
		verdict.say(
			7,
			'thrown where nobody catches it',
			String(error instanceof Error ? error.stack : error).slice(0, 300),
		);
	}
}
