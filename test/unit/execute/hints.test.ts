import { describeBatch, RETRY_HINT } from '../../../nodes/JSms/execute/hints';
import type { Result } from '../../../nodes/JSms/model/recipient';

const sent: Result = { status: 'sent', msgId: '1' };
const failed = (code?: number) => ({
	status: 'failed' as const,
	...(code !== undefined && { code }),
	message: 'to 13812345678',
	hint: '',
	safeToRetry: false,
});
const unknown: Result = { status: 'unknown', message: '', hint: '', safeToRetry: false };
const messagesOf = (results: Result[]) => describeBatch({ results }).map(({ message }) => message);

it('sums a good batch up in one calm line', () => {
	expect(describeBatch({ results: [sent, sent] })).toEqual([
		{ message: '2 sent, 0 failed, 0 unknown', type: 'info', location: 'outputPane' },
	]);
});

it('names the reasons for failures, most frequent first', () => {
	expect(messagesOf([sent, failed(50006), failed(50024), failed(50006), failed(50999)])).toEqual([
		'1 sent, 4 failed (2 invalid number, 1 unsubscribed, 1 refused with code 50999), 0 unknown',
	]);
});

it('tells items that lack something from items that were not sent because of an earlier problem', () => {
	const lacking: Result = { ...failed(), message: "Template parameter 'name' is missing", scope: 'recipient' };
	const notSent: Result = { ...failed(), scope: 'request' };
	expect(messagesOf([lacking, notSent, lacking])).toEqual(['0 sent, 3 failed (2 missing data, 1 not sent), 0 unknown']);
});

it('warns that unknown ones must be looked up before they are sent again', () => {
	const hints = describeBatch({ results: [sent, unknown] });
	expect(hints[0].type).toBe('warning');
	expect(hints.slice(1)).toEqual([
		{
			message:
				'1 of the SMS may or may not have been sent. Open 发送记录 (send records) in the Jiguang console and look for these numbers before you send to them again.',
			type: 'warning',
			location: 'outputPane',
		},
	]);
});

it('says where to look up what is unknown about something else than an SMS', () => {
	const hints = describeBatch({ results: [unknown, unknown] }, { done: 'done', ifUnknown: 'Look there.' });
	expect(hints.map(({ message }) => message)).toEqual([
		'0 done, 0 failed, 2 unknown',
		'The result for 2 recipients is unknown. Look there.',
	]);
});

it('says calmly what "Retry On Fail" does', () => {
	expect(RETRY_HINT).toEqual({
		message:
			"'Retry On Fail' is on: messages that were accepted, or may have been, are not sent again; only the others are retried.",
		type: 'info',
		location: 'outputPane',
	});
});

it('puts the most frequent reason first, wherever it stood', () => {
	expect(messagesOf([50024, 50006, 50006].map(failed))).toEqual([
		'0 sent, 3 failed (2 invalid number, 1 unsubscribed), 0 unknown',
	]);
});

it('names four reasons at most', () => {
	const codes = [50006, 50006, 50024, 50999, 50998, 50997];
	expect(messagesOf(codes.map(failed))).toEqual([
		'0 sent, 6 failed (2 invalid number, 1 unsubscribed, 1 refused with code 50999, 1 refused with code 50998), 0 unknown',
	]);
});

it('says when the balance is used up', () => {
	expect(describeBatch({ results: [failed(50014)] }).slice(1)).toEqual([
		{
			message:
				'The SMS balance is used up. Top it up in the Jiguang console (费用中心 > 资源管理 > 短信), then send the rows of the Failed output again.',
			type: 'warning',
			location: 'outputPane',
		},
	]);
	expect(messagesOf([failed(50006), sent])).toHaveLength(1);
});

it('says so too when others failed for other reasons', () => {
	expect(messagesOf([failed(50014), failed(50006)]).at(-1)).toMatch(/^The SMS balance is used up/);
});

it('calls a known refusal by its words, where there are no shorter ones', () => {
	expect(messagesOf([failed(50013)])).toEqual(['0 sent, 1 failed (1 refused: invalid temp_id), 0 unknown']);
});

it.each([
	['Duplicate of item 0: the same message to 138****0001 is sent once', '', 'duplicates skipped'],
	['The number repeats recipient 1', '', 'duplicates skipped'],
	['no such field', 'Nothing was sent to this recipient. Check the expressions of this node.', 'wrong expression'],
	["'Mobile Number' is empty", '', 'invalid number'],
	["The mobile of recipient 3 in 'Recipients' is empty", '', 'invalid number'],
	["Template parameter 'a' holds what 'Mobile Number' needs", '', 'missing data'],
	["'a' holds the mobile of recipient 3", '', 'missing data'],
])('counts %j with the hint %j as "%s"', (message, hint, reason) => {
	expect(messagesOf([{ ...failed(), message, hint, scope: 'recipient' }])).toEqual([
		`0 sent, 1 failed (1 ${reason}), 0 unknown`,
	]);
});

it('names no phone number', () => {
	expect(JSON.stringify(describeBatch({ results: [failed(50006), failed(), unknown] }))).not.toContain('13812345678');
});

it('counts used keys, and keys that nobody can look up as not sent', () => {
	const keyed = (message: string, scope?: 'recipient'): Result => ({ ...failed(), message, ...(scope && { scope }) });
	const used = keyed("Already sent: this 'Send Once Key' was used before");
	const twice = keyed("This 'Send Once Key' is also the key of item 0; only that message is sent", 'recipient');
	const doubtful = keyed(
		"n8n's dedupe store had an error, so the node cannot tell whether this 'Send Once Key' was used before",
	);
	expect(messagesOf([used, twice, doubtful])).toEqual(['0 sent, 3 failed (2 used key, 1 not sent), 0 unknown']);
});
