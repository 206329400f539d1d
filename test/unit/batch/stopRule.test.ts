import { classify } from '../../../nodes/JSms/api/classify';
import { type Outcome } from '../../../nodes/JSms/model/outcome';
import { StopRule } from '../../../nodes/JSms/batch/stopRule';

const refused = (code: number): Outcome =>
	classify({ kind: 'response', status: 403, body: JSON.stringify({ error: { code, message: `words of ${code}` } }) });
const ACCEPTED: Outcome = { class: 'accepted', body: {} };
const UNKNOWN = classify({ kind: 'connectionError', code: 'ECONNRESET', message: 'socket hang up' });
const UNREACHABLE = classify({ kind: 'connectionError', code: 'ECONNREFUSED', message: 'connect ECONNREFUSED' });

const ONE = { tempId: 1250 };
const OTHER = { tempId: 2002 };

const words = (code: number) => expect.stringMatching(`\\(${code} words of ${code}\\)$`) as string;

/** What a rule says of two templates after these outcomes of the first. */
function after(outcomes: Outcome[], settings?: ConstructorParameters<typeof StopRule>[0]) {
	const rule = new StopRule(settings);
	for (const outcome of outcomes) rule.record(outcome, ONE);
	return [rule.cause(ONE)?.message, rule.cause(OTHER)?.message];
}

it.each([50001, 50002, 50008, 50014, 50035, 50036])('stops everything after %i, which concerns everybody', (code) => {
	expect(after([refused(code)])).toEqual([words(code), words(code)]);
});

it.each([50013, 50020, 50021, 50025])('stops the messages of a template after %i, and no others', (code) => {
	expect(after([refused(code)])).toEqual([words(code), undefined]);
});

it('takes the same template with another signature for another', () => {
	const rule = new StopRule();
	rule.record(refused(50020), { ...ONE, signId: 1 });
	expect([
		rule.cause({ ...ONE, signId: 1 })?.message,
		rule.cause({ ...ONE, signId: 2 })?.message,
		rule.cause(ONE)?.message,
	]).toEqual([words(50020), undefined, undefined]);
});

it('does not mix up a template and signature whose numbers look alike when joined', () => {
	const rule = new StopRule();
	rule.record(refused(50020), { tempId: 1, signId: 23 });
	expect(rule.cause({ tempId: 12, signId: 3 })).toBeUndefined();
});

it('tells why nothing may be sent at this time of the day', () => {
	const closed = { message: 'it is night', hint: 'Wait.' };
	expect(after([], { whyClosed: () => closed })).toEqual(['it is night', 'it is night']);
});

it.each([50006, 50009, 50022, 50024, 50034, 50037])('goes on after %i, which concerns one recipient', (code) => {
	expect(after([refused(code), refused(code)])).toEqual([undefined, undefined]);
});

it('stops everything when the service cannot be reached', () => {
	const reason = 'n8n could not connect to JSMS (ECONNREFUSED)';
	expect(after([UNREACHABLE])).toEqual([reason, reason]);
});

it('stops everything after five results in a row that nobody knows', () => {
	const reason = 'the results of 5 requests in a row are unknown';
	expect(after(Array<Outcome>(4).fill(UNKNOWN))).toEqual([undefined, undefined]);
	expect(after(Array<Outcome>(5).fill(UNKNOWN))).toEqual([reason, reason]);
});

it.each([
	['an accepted one', ACCEPTED],
	['a refused one', refused(50006)],
])('begins to count anew after %s', (_, known) => {
	const four = Array<Outcome>(4).fill(UNKNOWN);
	expect(after([...four, known, ...four])).toEqual([undefined, undefined]);
});

it('does not count them where nothing is sent', () => {
	expect(after(Array<Outcome>(9).fill(UNKNOWN), { countsUnknown: false })).toEqual([undefined, undefined]);
});

it('names the first cause when more follow from requests that were under way', () => {
	expect(after([refused(50014), refused(50036)])).toEqual([words(50014), words(50014)]);
});

it('stops everything once the execution is cancelled', () => {
	expect(after([], { isCancelled: () => true })).toEqual(['the execution was canceled', 'the execution was canceled']);
});
