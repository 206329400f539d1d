import { recordNumber } from '../service/inbox';
import type { CallbackRun, History } from '../history';
import type { Verdict, View } from './view';

/** Laws 2, 5 and 7 for what comes back: each record comes out once, and only what JSMS said starts a workflow. */
export function receipts({ history }: View, verdict: Verdict): void {
	everyRecordOnce(history, verdict);
	pollingGoesOn(history, verdict);
	callbacksStartOnce(history, verdict);
}

function everyRecordOnce({ service, runs, polls }: History, verdict: Verdict): void {
	const got = new Map<string, Map<number, number>>();
	const count = (execution: string, rows: Array<Record<string, unknown>>) => {
		const counts = got.get(execution) ?? new Map<number, number>();
		got.set(execution, counts);
		for (const row of rows) {
			const number = recordNumber(row);
			if (number !== undefined) counts.set(number, (counts.get(number) ?? 0) + 1);
		}
	};
	for (const { execution, result } of runs) {
		count(execution, result?.turns.flatMap(({ outputs }) => outputs.flat().map(({ json }) => json)) ?? []);
	}
	for (const { name, items } of polls) count(name, items ?? []);
	for (const { execution, records, hasArrived, owner } of service.inbox.pages) {
		const consumer =
			runs.findLast((run) => run.execution === execution) ?? polls.find(({ name }) => name === execution);
		const isCut =
			!consumer || consumer.end === undefined || ('cancelled' in consumer && consumer.cancelled !== undefined);
		if (isCut || !hasArrived) continue;
		if (runs.some((run) => run.execution === execution && run.killed !== undefined)) continue;
		for (const number of records) {
			const times = got.get(execution)?.get(number) ?? 0;
			if (times === 1) continue;
			verdict.say(
				2,
				times === 0 ? 'record lost' : 'record twice',
				`record ${number} of ${execution} in ${owner}: ${times} times`,
			);
		}
	}
}

function pollingGoesOn({ polls }: History, verdict: Verdict): void {
	for (const { name, activation, isProbe, error, items, end, wanted } of polls) {
		if (isProbe && end === undefined) verdict.say(5, 'the next poll does not end', name);
		else if (isProbe && wanted !== undefined && !items?.some((item) => recordNumber(item) === wanted)) {
			verdict.say(5, 'the next poll reads nothing', `${name}: ${error ?? 'no records'}`);
		}
		// Only a person who publishes can read why it was refused.
		if (error !== undefined && (activation === 'init' || activation === 'leadershipChange')) {
			verdict.say(5, 'a trigger does not start with n8n', `${name}: ${error}`);
		}
	}
}

function callbacksStartOnce({ callbacks }: History, verdict: Verdict): void {
	const started = callbacks.filter(({ taken }) => taken?.items !== undefined);
	for (const one of started) {
		if (one.forged === 'signature') verdict.say(7, 'a forged callback starts a workflow', `callback ${one.number}`);
	}
	for (const one of started) {
		const others = started.filter(
			(other) => other !== one && other.number === one.number && other.process === one.process,
		);
		const again = others.find((other) => other.from >= (one.end ?? Infinity));
		if (!again || one.forged === 'signature') continue;
		const kind =
			again.forged === one.forged ? 'a callback starts twice' : 'other data with a seen signature starts a workflow';
		verdict.say(again.forged === one.forged ? 1 : 7, kind, `callback ${one.number} in p${one.process}`);
	}
	for (const one of callbacks) if (wasDropped(one, started)) verdict.say(2, 'callback lost', `callback ${one.number}`);
}

/** JSMS was told that all is well, and nothing was started by it or by one like it. */
function wasDropped({ number, process, forged, taken }: CallbackRun, started: readonly CallbackRun[]): boolean {
	if (forged !== undefined || taken === undefined || taken.status >= 300) return false;
	return !started.some((one) => one.number === number && one.process === process);
}
