import type { Run } from '../history';
import type { NodePlan, Operation } from '../world/types';
import type { Verdict, View } from './view';

/** Law 5: everything ends, and a cancelled run starts no further request. */
export function everythingEnds(view: View, verdict: Verdict): void {
	const { history } = view;
	for (const run of history.runs) {
		if (run.kind === 'probe') goesOn(run, view, verdict);
		if (run.kind !== 'run' || run.killed !== undefined) continue;
		const took = (run.end ?? history.settledAt) - run.from;
		const allowed = boundOf(run, view);
		if (took > allowed) {
			const [kind, what] = run.end === undefined ? ['never ends', 'still runs after'] : ['ends late', 'took'];
			verdict.say(5, kind, `${run.execution} ${what} ${seconds(took)}, ${seconds(allowed)} would be much`);
		}
		if (run.cancelled !== undefined && run.end === undefined)
			verdict.say(5, 'cancelling does not end it', run.execution);
		startsNothingMore(run, view, verdict);
	}
}

const seconds = (ms: number) => `${Math.round(ms / 1000)} s`;

/** The next run of a node works, in a process that has been through the world. */
function goesOn(run: Run, view: View, verdict: Verdict): void {
	if (run.end === undefined) return verdict.say(5, 'the next run does not end', `in p${run.process}`);
	const rows = view.turns.filter((turn) => turn.run === run).flatMap((turn) => turn.rows);
	if (rows.some(({ kind }) => kind === 'sent')) return;
	const words = rows[0]?.words[0] ?? run.result?.error?.message ?? 'no row';
	verdict.say(5, 'the next run does not work', `in p${run.process}: ${words}`);
}

function startsNothingMore({ execution, process, cancelled }: Run, { history }: View, verdict: Verdict): void {
	if (cancelled === undefined) return;
	const later = history.service.attempts.find((one) => {
		return one.execution === execution && one.owner === `p${process}` && one.at > cancelled && !one.neverLeft;
	});
	if (later)
		verdict.say(5, 'sends after it was cancelled', `${execution}: cancelled at ${cancelled}, request at ${later.at}`);
}

/**
 * How long a run may take: what the service and the store take by themselves, the time limit of requests that are not answered,
 * n8n's own waits between tries, and half a minute.
 */
function boundOf(run: Run, { history: { world, service } }: View): number {
	const { nodes } = run.plan;
	const faults = Object.values(world.service.faults);
	const silent = faults.filter(({ kind }) => ['hang', 'drip', 'slow'].includes(kind)).length;
	const timeout = Math.max(...nodes.map(timeoutOf));
	const storeIsSlow = Object.values(world.store.faults).reduce((sum, fault) => sum + ('ms' in fault ? fault.ms : 0), 0);
	const pauses = nodes.reduce((sum, { tries, wait }) => sum + tries * (wait + 10), 0);
	// JSMS allows an application a pull every five seconds, whichever execution it is for.
	const pace = nodes.some(({ operation }) => PULLING.includes(operation)) ? 5_000 * (service.reads + 3) : 0;
	const turns = nodes.length * Math.ceil(run.people.length / (run.plan.loop ?? Math.max(1, run.people.length)));
	const requests = service.attempts.filter(({ execution }) => execution === run.execution).length + 3 * turns;
	const stalled = world.steps.reduce((sum, step) => sum + (step.do === 'stall' ? step.ms : 0), 0);
	return (
		30_000 +
		3 * silent * (timeout + 3000) +
		2 * storeIsSlow +
		pauses * turns +
		requests * (3 * world.service.ms + 12 * world.store.ms) +
		pace +
		(faults.some(({ kind }) => kind === 'tooMany') ? 30_000 : 0) +
		stalled
	);
}

const PULLING: readonly Operation[] = ['pullReports', 'pullReplies'];

/** Deletes do not have the option. */
const timeoutOf = ({ operation, options }: NodePlan) =>
	operation === 'delete' ? 30_000 : Number(options.timeout) || 30_000;
