import { EXPRESSION } from '../world/expressions';
import { isBatch, takesLists } from '../world/people';
import type { Row, RowKind } from './rows';
import { mayLoseNotes, sends, type TurnView, type Verdict, type View } from './view';

/** Law 3: failed means certainly not sent by this run, sent means it is in the ledger, everything else is unknown. */
export function truth(view: View, verdict: Verdict): void {
	for (const turn of view.turns) {
		if (turn.run.kind !== 'run') continue;
		if (turn.isFinished && turn.error === undefined) {
			for (const phone of new Set(turn.recipients.map((one) => one.phone))) {
				tellsTheLedger(turn, phone, view, verdict);
				isUnknownForAReason(turn, phone, view, verdict);
			}
			onTheRightOutput(turn, verdict);
		}
		if (turn.isFinished) errorTellsTheLedger(turn, view, verdict);
		onTheRightDay(turn, verdict);
	}
}

/** The rows about a number. */
function rowsOf({ rows, recipients, node }: TurnView, phone: string): Row[] {
	const items = new Set(recipients.filter((one) => one.phone === phone).map(({ item }) => item));
	return rows.filter((row) => {
		if (row.item === undefined || !items.has(row.item)) return false;
		return !takesLists(node) || node.list === 'commas' || row.phone === undefined || row.phone === phone;
	});
}

function tellsTheLedger(turn: TurnView, phone: string, view: View, verdict: Verdict): void {
	const rows = rowsOf(turn, phone);
	const count = (kind: Row['kind']) => rows.filter((row) => row.kind === kind).length;
	const got = turn.accepted(phone).length;
	const where = `${phone} in ${turn.run.execution}`;
	// What is not there after a try in doubt counts as deleted, whoever deleted it.
	const isGone = turn.node.operation === 'delete' && view.history.service.ledger.some((one) => one.phone === phone);
	if (count('sent') > got && !isGone)
		verdict.say(3, 'sent but not accepted', `${where}: ${got} accepted, ${count('sent')} rows sent`);
	if (got > count('sent') + count('unknown')) {
		const words = rows.find(({ kind }) => kind === 'failed' || kind === 'already')?.words[0];
		// An update that is repeated changes nothing more; what was told of it is what counts.
		if (!sends(turn.node) && count('sent') + count('unknown') > 0) return;
		// Law 1 names what was sent twice.
		if (got > turn.recipients.filter((one) => one.phone === phone).length) return;
		if (view.wasRepeated(turn.run.execution) && mayLoseNotes(turn.run, view)) return verdict.exempt('noteLost');
		const kind = count('already') > 0 ? 'sent by this run, but called already sent' : 'failed but accepted';
		verdict.say(3, kind, `${where}: "${words ?? 'no row'}"`);
	}
	const inDoubt = turn.attempts.some(({ phones, certainty, accepted }) => {
		return phones.includes(phone) && certainty === 'doubt' && !accepted.includes(phone);
	});
	if (
		count('already') > 0 &&
		got === 0 &&
		inDoubt &&
		turn.recipients.filter((one) => one.phone === phone).length === 1
	) {
		if (view.wasRepeated(turn.run.execution) && mayLoseNotes(turn.run, view)) verdict.exempt('noteLost');
		else verdict.say(3, 'in doubt, but called already sent', where);
	}
}

const OUTPUTS: Partial<Record<RowKind, number>> = { sent: 0, failed: 1, already: 1, unknown: 2 };

/** Rows of a batch stand on Sent, Failed or Unknown; what follows behind an output believes it. */
function onTheRightOutput({ node, rows, run }: TurnView, verdict: Verdict): void {
	if (!isBatch(node.operation) || node.tool || node.options.rowsOn === 'oneOutput') return;
	const stray = rows.find(({ kind, output }) => kind in OUTPUTS && OUTPUTS[kind] !== output);
	if (stray) verdict.say(3, 'on the wrong output', `${run.execution}: ${stray.kind} on output ${stray.output}`);
}

/** Unknown is for what nobody can know: where everything was told, it is a burden for nothing. */
function isUnknownForAReason(turn: TurnView, phone: string, view: View, verdict: Verdict): void {
	if (!rowsOf(turn, phone).some(({ kind }) => kind === 'unknown')) return;
	if (view.wasRepeated(turn.run.execution)) return;
	const mine = turn.attempts.filter(({ phones }) => phones.includes(phone));
	const reason = mine.some(({ certainty, isAborted }) => certainty === 'doubt' || isAborted);
	// A number twice in one request: which of its rows is which may be open.
	const isTwice = turn.recipients.filter((one) => one.phone === phone).length > 1;
	const isLate = mine.some(({ at }) => at + timeoutOf(turn) <= (turn.run.end ?? Infinity));
	if (reason || isTwice || isLate) return;
	// Notes stand in the record of the workflow, which has no node in its name.
	const isNoteRefused = view.history.store.calls.some(
		({ fault, record }) => fault === 'refuseAfter' && !record.includes('/'),
	);
	if (isNoteRefused) return verdict.exempt('noteRefused');
	const words = rowsOf(turn, phone)[0]?.words[0];
	verdict.say(3, 'unknown without a reason', `${phone} in ${turn.run.execution}: ${words}`);
}

const timeoutOf = ({ node }: TurnView) => Number(node.options.timeout) || 30_000;

function errorTellsTheLedger(turn: TurnView, view: View, verdict: Verdict): void {
	const error = turn.run.result?.error;
	if (turn.recipients.length === 0) return;
	if (!error || turn.error === undefined || turn.node.onError !== 'stopWorkflow') return;
	const phones = turn.recipients.map(({ phone }) => phone);
	const everybodyGotOne = phones.every(
		(phone) => turn.accepted(phone).length >= phones.filter((one) => one === phone).length,
	);
	const words = `${error.message} ${error.description ?? ''}`;
	if (!everybodyGotOne || /unknown|may have|not known/i.test(words)) return;
	if (view.wasRepeated(turn.run.execution) && mayLoseNotes(turn.run, view)) return verdict.exempt('noteLost');
	verdict.say(3, 'error says failed, everybody was accepted', `${turn.run.execution}: ${words}`);
}

/** What is scheduled is scheduled for the day that was asked for; all times here are in the service's zone. */
function onTheRightDay(turn: TurnView, verdict: Verdict): void {
	if (turn.node.when !== EXPRESSION.when) return;
	for (const { phone, person } of turn.recipients) {
		if (turn.recipients.some((one) => one.phone === phone && one.person.when !== person.when)) continue;
		for (const { sendTime } of turn.accepted(phone)) {
			if (sendTime === undefined || sendTime.slice(0, 10) === person.when.slice(0, 10)) continue;
			verdict.say(3, 'another day than asked for', `asked for ${person.when}, scheduled for ${sendTime}`);
		}
	}
}
