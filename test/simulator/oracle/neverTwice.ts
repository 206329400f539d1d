import { workflowId } from '../carrier/engine';
import { rememberedKeys } from '../process/patches';
import type { LedgerEntry } from '../service/ledger';
import type { Run } from '../history';
import type { StoreCall } from '../store/dedupeStore';
import { mayLoseNotes, sends, wereAtTheSameMoment, type TurnView, type Verdict, type View } from './view';

/** Law 1: never twice by itself. */
export function neverTwice(view: View, verdict: Verdict): void {
	const seen = new Set<string>();
	for (const turn of view.turns) {
		if (!sends(turn.node)) continue;
		const place = `${turn.run.execution}|${turn.name}|${turn.index}`;
		// A re-run has a turn of its own, with the same ledger.
		if (seen.has(place)) continue;
		seen.add(place);
		onceInARun(turn, view, verdict);
		notWithoutKey(turn, verdict);
	}
	onceForAKey(view, verdict);
}

function onceInARun(turn: TurnView, view: View, verdict: Verdict): void {
	const { run, recipients, name } = turn;
	for (const phone of new Set(recipients.map((one) => one.phone))) {
		const wanted = recipients.filter((one) => one.phone === phone);
		const got = turn.accepted(phone).length;
		if (got <= wanted.length) continue;
		const isKeyed = wanted.every(({ key }) => key !== undefined);
		if (!isKeyed && view.wasRepeated(run.execution) && mayLoseNotes(run, view)) verdict.exempt('noteLost');
		else verdict.say(1, 'twice in one run', `${phone} got ${got} messages from ${name} in ${run.execution}`);
	}
}

function notWithoutKey(turn: TurnView, verdict: Verdict): void {
	for (const { phone, lacksKey, person } of turn.recipients) {
		if (!lacksKey || turn.recipients.some((one) => one.phone === phone && !one.lacksKey)) continue;
		if (turn.accepted(phone).length === 0) continue;
		const key = JSON.stringify(person.key);
		verdict.say(1, 'sent with an empty key', `${phone} got a message in ${turn.run.execution} with the key ${key}`);
	}
}

interface Use {
	entry: LedgerEntry;
	key: string;
}

function onceForAKey(view: View, verdict: Verdict): void {
	const uses = new Map<string, Use[]>();
	for (const use of usesOf(view)) {
		const name = `${use.entry.workflow}|${use.entry.node}|${use.key}`;
		uses.set(name, [...(uses.get(name) ?? []), use]);
	}
	for (const list of uses.values()) {
		if (list.length < 2) continue;
		const [{ entry, key }] = list;
		const executions = [...new Set(list.map((use) => use.entry.execution))];
		// Judged as twice in one run.
		if (executions.length === 1 && new Set(list.map((use) => use.entry.phone)).size === 1) {
			if (list.length <= wantedIn(view, executions[0], entry)) {
				verdict.say(1, 'key used twice', `key ${key}: ${list.length} messages in ${executions[0]}`);
			}
		} else if (overlap(view.history.runs, executions)) {
			verdict.exempt('sameMoment');
		} else if (keysOf(view, entry) > rememberedKeys(view.history.world.knobs)) {
			verdict.exempt('keysForgotten');
		} else if (stoodStillWhileOthersWrote(view, entry)) {
			verdict.exempt('stoodStill');
		} else {
			verdict.say(1, 'key used twice', `key ${key}: ${entry.phone} got messages from ${executions.join(', ')}`);
		}
	}
}

/** How many messages a run was asked to send to the number of a message. */
function wantedIn({ turns }: View, execution: string, { phone, node, run }: LedgerEntry): number {
	const turn = turns.find((one) => one.run.execution === execution && one.name === node && one.index === run);
	return turn?.recipients.filter((one) => one.phone === phone).length ?? 0;
}

/** Every message with the key that it was sent for; not where a number appears with several keys. */
function usesOf({ turns, history }: View): Use[] {
	return history.service.ledger.flatMap((entry) => {
		const turn = turns.find(
			(one) => one.run.execution === entry.execution && one.name === entry.node && one.index === entry.run,
		);
		if (!turn || !sends(turn.node)) return [];
		const keys = new Set(turn.recipients.filter(({ phone }) => phone === entry.phone).map(({ key }) => key));
		const [key] = keys;
		return keys.size === 1 && key !== undefined ? [{ entry, key }] : [];
	});
}

/** Whether two of these executions ran in different processes at the same time. */
function overlap(runs: readonly Run[], executions: readonly string[]): boolean {
	const spans = runs.filter(({ execution }) => executions.includes(execution));
	return spans.some((one) =>
		spans.some(
			(other) =>
				one.execution !== other.execution &&
				one.process !== other.process &&
				one.from <= endOf(other) &&
				other.from <= endOf(one),
		),
	);
}

const endOf = (run: Run) => run.end ?? run.killed ?? Infinity;

/** Whether a process stood still in a call that writes a node's keys while another process wrote them as well. */
function stoodStillWhileOthersWrote({ history: { store, stalls } }: View, { workflow, node }: LedgerEntry): boolean {
	const record = `${workflowId(workflow)}/node-${node}`;
	const stoodStill = ({ owner, from, to = Infinity }: StoreCall) =>
		stalls.some((stall) => stall.owner === owner && stall.from <= to && from <= stall.to);
	return wereAtTheSameMoment(
		store.calls.filter((call) => call.record === record),
		stoodStill,
	);
}

/** How many different keys a node was given. */
function keysOf({ turns }: View, { workflow, node }: LedgerEntry): number {
	const mine = turns.filter((turn) => turn.run.workflow === workflow && turn.name === node);
	return new Set(mine.flatMap(({ recipients }) => recipients.map(({ key }) => key))).size;
}
