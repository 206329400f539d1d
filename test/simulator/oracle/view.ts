import { nodeName, workflowId } from '../carrier/engine';
import type { Entered } from '../carrier/types';
import type { Attempt, LedgerEntry } from '../service/ledger';
import type { History, Run } from '../history';
import type { StoreCall } from '../store/dedupeStore';
import { recipientsOf, SENDING, type Recipient } from '../world/people';
import type { NodePlan } from '../world/types';
import type { Exemption } from './exemptions';
import { rowOf, type Row } from './rows';

export type Law = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;

/** A broken law. */
export interface Violation {
	law: Law;
	/** In which way: violations of one kind are one find. */
	kind: string;
	/** What was seen. */
	text: string;
}

/** Says what was broken, or that something was allowed. */
export interface Verdict {
	violations: Violation[];
	/** How often each exemption was made. */
	exempted: Partial<Record<Exemption, number>>;
	say(law: Law, kind: string, text: string): void;
	exempt(exemption: Exemption): void;
}

/** One run of a node in an execution, with all that is known of it. */
export interface TurnView {
	run: Run;
	node: NodePlan;
	name: string;
	/** n8n's run index. */
	index: number;
	recipients: Recipient[];
	rows: Row[];
	/** What the node threw. */
	error: string | undefined;
	/** It came to an end that n8n shows. */
	isFinished: boolean;
	/** Which messages were accepted in this run of the node, by all its tries and re-runs. */
	accepted: (phone: string) => LedgerEntry[];
	attempts: Attempt[];
}

export interface View {
	history: History;
	turns: TurnView[];
	/** The execution was begun again after a crash. */
	wasRepeated: (execution: string) => boolean;
	/** Everything that people read. */
	words: string[];
}

export const sends = ({ operation }: NodePlan) => SENDING.includes(operation);

export function viewOf(history: History): View {
	const { runs, service, logs, visits } = history;
	const placed = placer(service.ledger);
	const turns = runs.flatMap((run) => turnsOf(run, history, placed));
	return {
		history,
		turns,
		wasRepeated: (execution) => runs.some((run) => run.execution === execution && run.isRerun),
		words: [
			...turns.flatMap(({ rows, error }) => [...rows.flatMap(({ words }) => words), ...(error ? [error] : [])]),
			...runs.flatMap(({ result }) => [
				...(result?.turns.flatMap(({ hints }) => hints) ?? []),
				...(result?.error ? [result.error.message, result.error.description ?? ''] : []),
			]),
			...logs,
			...visits.map(({ visited }) => JSON.stringify(visited?.body ?? '')),
		],
	};
}

const placeOf = (execution: string, node: string, index: number) => `${execution}|${node}|${index}`;

function placer(ledger: readonly LedgerEntry[]): (place: string) => LedgerEntry[] {
	const byPlace = new Map<string, LedgerEntry[]>();
	for (const entry of ledger) {
		const place = placeOf(entry.execution, entry.node, entry.run);
		const list = byPlace.get(place);
		if (list) list.push(entry);
		else byPlace.set(place, [entry]);
	}
	return (place) => byPlace.get(place) ?? [];
}

function turnsOf(run: Run, { service }: History, placed: (place: string) => LedgerEntry[]): TurnView[] {
	const first = new Map(
		run.entered.map((one) => [`${one.node}|${one.run}`, one]).reverse() as Array<[string, Entered]>,
	);
	return [...first.values()].reverse().map(({ node: name, run: index, people }): TurnView => {
		const node = run.plan.nodes[run.plan.nodes.findIndex((_, position) => nodeName(position) === name)];
		const turn = run.result?.turns.find((one) => one.node === name && one.run === index);
		const entries = placed(placeOf(run.execution, name, index));
		return {
			run,
			node,
			name,
			index,
			recipients: recipientsOf(node, people),
			rows: turn?.outputs.flatMap((items, output) => items.map((item) => rowOf(item, output))) ?? [],
			error: turn?.error,
			isFinished: turn !== undefined && run.end !== undefined && run.cancelled === undefined,
			accepted: (phone) => entries.filter((entry) => entry.phone === phone),
			attempts: service.attempts.filter(
				(one) => one.execution === run.execution && one.node === name && one.run === index,
			),
		};
	});
}

/** A world in which the service, the store and the clocks do what they should and nothing is ended early. */
export const isCalm = ({ world }: History) =>
	Object.keys(world.service.faults).length === 0 &&
	Object.keys(world.store.faults).length === 0 &&
	world.steps.every((step) => ['run', 'filler', 'restart'].includes(step.do));

/** Whether the store may have lost what a run noted: it failed, was too slow, or another process wrote the record as well. */
export function mayLoseNotes({ workflow }: Run, { history: { store } }: View): boolean {
	const record = workflowId(workflow);
	const calls = store.calls.filter((call) => call.record === record || call.record.startsWith(`${record}/`));
	return calls.some(({ fault }) => fault !== undefined) || wereAtTheSameMoment(calls);
}

/** Whether two processes wrote one record at once: n8n reads, changes and writes it as a whole, so one may undo the other. */
export function wereAtTheSameMoment(
	calls: readonly StoreCall[],
	is: (call: StoreCall) => boolean = () => true,
): boolean {
	return calls.some(
		(one) =>
			is(one) &&
			calls.some(
				(other) =>
					other.owner !== one.owner &&
					other.record === one.record &&
					one.from <= (other.to ?? Infinity) &&
					other.from <= (one.to ?? Infinity),
			),
	);
}
