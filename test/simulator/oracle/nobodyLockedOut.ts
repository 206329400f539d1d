import { isGoodPhone, takesLists } from '../world/people';
import type { Person } from '../world/types';
import { EXPRESSION } from '../world/expressions';
import type { StoreCall } from '../store/dedupeStore';
import { isCalm, sends, wereAtTheSameMoment, type TurnView, type Verdict, type View } from './view';

/** After so long the package gives a call of n8n's dedupe store up. */
const GIVEN_UP_MS = 4_000;

/** Law 4: a key whose message certainly was not sent can be used again, in any process. And who can be sent to, is. */
export function nobodyLockedOut(view: View, verdict: Verdict): void {
	const { runs } = view.history;
	for (const run of runs.filter(({ kind }) => kind === 'heal')) {
		if (run.end === undefined) {
			verdict.say(5, 'the next run does not end', `a run in a fresh process does not end`);
			continue;
		}
		for (const turn of view.turns.filter((one) => one.run === run)) freeKeysAreUsable(turn, view, verdict);
	}
	if (isCalm(view.history)) for (const turn of view.turns) whoCanBeSentToIs(turn, view, verdict);
}

function freeKeysAreUsable(turn: TurnView, view: View, verdict: Verdict): void {
	const { service, store } = view.history;
	for (const { key, phone, item, person } of turn.recipients) {
		if (key === undefined || !isGoodPhone(phone) || isShared(turn, key)) continue;
		// A send time that does not exist keeps somebody from being scheduled for.
		if (!person.when.startsWith('2030-06-01')) continue;
		const mine = service.attempts.filter(
			(one) =>
				one.phones.includes(phone) &&
				one.execution !== turn.run.execution &&
				one.workflow === turn.run.workflow &&
				one.node === turn.name,
		);
		const wasSent = mine.some(({ accepted, certainty }) => accepted.includes(phone) && certainty !== 'clear');
		if (wasSent) continue;
		const rows = turn.rows.filter((row) => row.item === item && (row.phone === undefined || row.phone === phone));
		if (rows.some(({ kind }) => kind === 'sent')) continue;
		// Here all people come in one run, and two of them may have the same list.
		if (rows.some(({ words }) => words[0]?.startsWith('Several items contain the same list'))) continue;
		const inDoubt = mine.some(({ certainty, isAborted, refused }) => {
			return isAborted || certainty === 'doubt' || (certainty === 'told' && !refused.includes(phone));
		});
		if (inDoubt) verdict.exempt('unknownKeepsKey');
		else if (diedWith(view, person)) verdict.exempt('crashKeepsKey');
		else if (
			store.calls.some((call) => (call.fault && call.fault !== 'slow') || hadNoResponseInTime(call)) ||
			wereAtTheSameMoment(store.calls, (call) => call.what === 'remove')
		) {
			verdict.exempt('storeKeepsKey');
		} else {
			const words = rows[0]?.words[0] ?? 'no row';
			verdict.say(4, 'locked out', `${phone} (key ${key}) was never sent to, and now: ${words}`);
		}
	}
}

/** A process gives such a call up and makes the next one, so that the two may undo each other as those of two processes do. */
const hadNoResponseInTime = ({ what, from, to = Infinity }: StoreCall) => what === 'remove' && to - from > GIVEN_UP_MS;

/** Of several people with one key only one is sent to. */
const isShared = ({ recipients }: TurnView, key: string) => recipients.filter((one) => one.key === key).length > 1;

const diedWith = ({ history: { runs } }: View, person: Person) =>
	runs.some(({ killed, people }) => killed !== undefined && people.some(({ phone }) => phone === person.phone));

/** Without any fault, a plain node sends to everybody. */
function whoCanBeSentToIs(turn: TurnView, view: View, verdict: Verdict): void {
	if (turn.run.kind !== 'run' || !turn.isFinished || !sends(turn.node) || !isPlain(turn)) return;
	const others = view.turns.filter((one) => one.name === turn.name && one.run.workflow === turn.run.workflow);
	for (const { phone, key, lacksKey } of turn.recipients) {
		if (!isGoodPhone(phone) || lacksKey || turn.accepted(phone).length > 0) continue;
		if (turn.recipients.some((one) => one.phone !== phone && (!isGoodPhone(one.phone) || one.lacksKey))) continue;
		const wasUsed =
			key !== undefined &&
			others.some((one) => one.run !== turn.run && one.recipients.some((other) => other.key === key));
		if (wasUsed || (key !== undefined && isShared(turn, key))) continue;
		const words = turn.error ?? turn.rows.find(({ words: all }) => all.length > 0)?.words[0];
		if (takesLists(turn.node) && words?.startsWith('Several items contain the same list')) continue;
		verdict.say(4, 'not sent without a reason', `${phone} in ${turn.run.execution}: ${words ?? 'no row'}`);
	}
}

/** A node whose every expression gives something sensible for everybody. */
function isPlain({ node, recipients }: TurnView): boolean {
	const odd: unknown[] = [EXPRESSION.missing, EXPRESSION.throws, EXPRESSION.phoneInList];
	const values = [node.mobile, node.text, node.templateId, ...Object.values(node.options)];
	return (
		!values.some((value) => odd.includes(value)) &&
		// Read at the same moment, it is the same key for two people, and in two runs.
		node.options.sendOnceKey !== EXPRESSION.now &&
		![node.when, node.templateId, ...Object.values(node.options)].includes(EXPRESSION.phone) &&
		!('allowedHours' in node.options) &&
		node.list !== 'commas' &&
		!node.tool &&
		recipients.every(({ person }) => person.when.startsWith('2030-06-01'))
	);
}
