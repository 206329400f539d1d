import { planRequests } from '../batch/plan';
import { schedulesWrittenTwice } from '../fields/schedule';
import { asInputProblem, InputProblem } from '../model/inputProblem';
import type { Entry, RejectedEntry } from '../model/recipient';

/** An entry as rejected; what is known of its recipient is kept for the row. */
export function reject(entry: Entry, problem: RejectedEntry['problem']): RejectedEntry {
	const { item, mobile, tempPara } = entry;
	return { item, mobile, tempPara, tempId: 'problem' in entry ? entry.tempId : entry.shared.tempId, problem };
}

/** Turns every entry into a rejected one, all for the same reason. */
export function rejectAll(entries: readonly Entry[], problem: InputProblem): RejectedEntry[] {
	const described = describeProblem(problem);
	return entries.map((entry) => reject(entry, described));
}

/** Rejects, in place, the recipients of schedules that several requests would write to: only the last would count. */
export function rejectWrittenTwice(entries: Entry[], batchSize: number): void {
	const twice = schedulesWrittenTwice(planRequests(entries, batchSize));
	entries.forEach((entry, position) => {
		if ('problem' in entry || !twice.has(entry.shared.scheduleId as string)) return;
		const problem = new InputProblem(
			`Schedule ${entry.shared.scheduleId} cannot be replaced in one request: it would have more than ${batchSize} recipients, or recipients that differ in time, template, signature or tag`,
			'Nothing was changed. One schedule can hold at most 1,000 recipients, all with the same settings; create more schedules for more recipients.',
		);
		entries[position] = reject(entry, describeProblem(problem));
	});
}

/** Which item it is about is told by n8n's own link between items, which stays right where items are filtered and merged. */
export function describeProblem(error: unknown): RejectedEntry['problem'] {
	const { message, hint, concerns } = asInputProblem(
		error,
		'Nothing was sent to this recipient. Check the expressions of this node.',
	);
	return { message, hint, concerns };
}
