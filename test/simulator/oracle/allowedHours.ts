import type { TurnView, Verdict, View } from './view';

/** Milliseconds that a request may be under way, with its retries, before it reaches the service. */
const ON_THE_WAY_MS = 3 * 60_000;

/** An option rather than a law: no message leaves outside 'Allowed Hours'. It is counted with law 4, who may be sent to. */
export function allowedHours(view: View, verdict: Verdict): void {
	// Between the look at the clock and the sending, the clock may be set or the process may stand still.
	if (view.history.world.steps.some((step) => step.do === 'jump' || step.do === 'stall')) return;
	for (const turn of view.turns) {
		const isOpen = hoursOf(turn);
		if (!isOpen) continue;
		const late = turn.attempts.find(({ wallAt }) => !isOpen(wallAt) && !isOpen(wallAt - ON_THE_WAY_MS));
		if (late) {
			const time = new Date(late.wallAt).toISOString();
			verdict.say(4, 'outside allowed hours', `${turn.run.execution}, ${turn.name}: a request left at ${time}`);
		}
	}
}

/** Whether a moment lies within the hours of a node, told with the means of dates rather than with those of the package. */
function hoursOf({ node }: TurnView): ((wallAt: number) => boolean) | undefined {
	// The others do not have the option, and n8n leaves it out.
	if (node.operation !== 'send' && node.operation !== 'sendBatch') return undefined;
	const { hours } = (node.options.allowedHours ?? {}) as { hours?: { from: string; to: string } };
	if (!hours) return undefined;
	return (wallAt) => {
		const time = new Date(wallAt).toLocaleTimeString('en-GB', { timeZone: 'Asia/Shanghai' }).slice(0, 5);
		return hours.from <= time && time < hours.to;
	};
}
